/// The nodes of one band by their keys: buckets of two or more, each ascending.
public struct BandBuckets: Sendable {
  /// The nodes, bucket after bucket.
  public private(set) var members: [UInt32] = []
  /// The places of each bucket in ``members``.
  public private(set) var ranges: [Range<Int>] = []

  /// No buckets.
  init() {}

  /// Adds a bucket of entries that hold a node each in their low bits.
  mutating func append(_ entries: ArraySlice<UInt64>, _ idMask: UInt64) {
    let start = members.count
    for entry in entries { members.append(UInt32(entry & idMask)) }
    ranges.append(start..<members.count)
  }
}

/// Which nodes stand in buckets that are too large for all their pairs to be proposed.
public struct LargeBuckets: Sendable {
  private let bands: Int
  private var marks: [Bool]
  /// For each node whether it stands in such a bucket of some band.
  public private(set) var crowded: [Bool]

  /// Finds them.
  ///
  /// - Parameters:
  ///   - buckets: those of each band.
  ///   - nodeCount: nodes are numbered below this.
  public init(_ buckets: [BandBuckets], nodeCount: Int) {
    bands = buckets.count
    marks = [Bool](repeating: false, count: nodeCount * bands)
    crowded = [Bool](repeating: false, count: nodeCount)
    for (band, list) in buckets.enumerated() {
      for bucket in list.ranges where bucket.count > LSHBanding.fullBucket {
        for place in bucket {
          let node = Int(list.members[place])
          marks[node * bands + band] = true
          crowded[node] = true
        }
      }
    }
  }

  /// Whether a node stands in a large bucket of a band.
  func contains(_ node: Int, band: Int) -> Bool { marks[node * bands + band] }
}
