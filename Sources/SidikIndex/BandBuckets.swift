internal import SidikCore

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

/// Groups nodes by the keys of one band.
///
/// A key and its node are one number, the node in the low bits, so that equal keys stand together
/// after one sort by the top bits, their nodes in order. What nodes take from their keys (24 of 64
/// bits for 10 million) lets a few strangers meet, which costs a comparison of their signatures
/// and no more.
public struct BandGrouping: Sendable {
  private let nodeMask: UInt64

  /// Prepares for nodes that are numbered below a count.
  public init(nodeCount: Int) {
    nodeMask = (UInt64(1) << UInt64(64 - max(0, nodeCount - 1).leadingZeroBitCount)) - 1
  }

  /// A key with its node.
  @inline(__always)
  public func entry(key: UInt64, node: UInt32) -> UInt64 { key & ~nodeMask | UInt64(node) }

  /// The buckets of two or more nodes.
  ///
  /// - Parameter entries: of one band, in any order; sorted in place.
  /// - Returns: buckets, the nodes of each ascending.
  /// - Complexity: O(n) where keys are uniform, in memory for as many entries again.
  public func buckets(_ entries: inout [UInt64]) -> BandBuckets {
    var result = BandBuckets()
    FeatureSorting.sortUnique(&entries)
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, (entries[end] ^ entries[start]) & ~nodeMask == 0 { end += 1 }
      if end - start > 1 { result.append(entries[start..<end], nodeMask) }
      start = end
    }
    return result
  }
}

/// Which nodes stand in buckets that are too large for all their pairs to be proposed.
public struct LargeBuckets: Sendable {
  private let bands: Int
  /// A bit a node and band.
  private var marks: [UInt64]
  /// For each node whether it stands in such a bucket of some band.
  public private(set) var crowded: [Bool]

  /// Knows of none yet.
  ///
  /// - Parameters:
  ///   - bands: number of bands.
  ///   - nodeCount: nodes are numbered below this.
  public init(bands: Int, nodeCount: Int) {
    self.bands = bands
    marks = [UInt64](repeating: 0, count: (nodeCount * bands + 63) / 64)
    crowded = [Bool](repeating: false, count: nodeCount)
  }

  /// Takes the large ones among the buckets of a band.
  public mutating func add(_ buckets: BandBuckets, band: Int) {
    for bucket in buckets.ranges where bucket.count > LSHBanding.fullBucket {
      for place in bucket {
        let node = Int(buckets.members[place])
        let bit = node * bands + band
        marks[bit >> 6] |= 1 << UInt64(bit & 63)
        crowded[node] = true
      }
    }
  }

  /// Whether a node stands in a large bucket of a band.
  func contains(_ node: Int, band: Int) -> Bool {
    let bit = node * bands + band
    return marks[bit >> 6] >> UInt64(bit & 63) & 1 != 0
  }
}
