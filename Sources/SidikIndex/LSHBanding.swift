internal import SidikCore

/// Candidate pairs from signatures: nodes that agree in every row of some band.
///
/// A bucket of m nodes gives all its pairs up to ``fullBucket`` nodes and O(m) above: every
/// node with the first of the bucket and with its few predecessors. Nodes are numbered in an order
/// that depends on their texts alone, so neither input order nor threads change the pairs. A pair
/// whose signatures agree too little to reach the threshold is dropped at once: that costs less
/// than 0.1 % of the pairs at the threshold (3.3 standard errors) and saves comparing texts.
public struct LSHBanding: Sendable {
  /// The largest bucket whose pairs are all proposed.
  public static let fullBucket = 48
  /// In larger buckets, how many predecessors a node is paired with.
  public static let window = 8

  /// The shape of the bands.
  public let shape: BandParameters
  /// Pairs with fewer equal slots are dropped.
  public let leastEqualSlots: Int

  /// What the banding met, for `--stats`.
  public struct Statistics: Sendable, Hashable {
    /// Pairs that met in a bucket, each counted once.
    public var met = 0
    /// Pairs proposed.
    public var proposed = 0
    /// The largest bucket.
    public var largestBucket = 0
    /// Buckets above ``LSHBanding/fullBucket``.
    public var largeBuckets = 0

    /// All zero.
    public init() {}
  }

  /// Prepares banding for pairs at or above a threshold.
  ///
  /// - Parameters:
  ///   - shape: bands and rows.
  ///   - threshold: the Jaccard similarity from which pairs are wanted.
  public init(shape: BandParameters, threshold: Double) {
    self.shape = shape
    let slots = Double(OnePermutationMinHash.slots)
    let deviation = (threshold * (1 - threshold) / slots).squareRoot()
    leastEqualSlots = max(1, Int((slots * (threshold - 3.3 * deviation)).rounded(.down)))
  }

  /// Proposes pairs among nodes.
  ///
  /// - Parameters:
  ///   - signatures: the matrix.
  ///   - rows: for each node its row in the matrix; nodes without features are left out by
  ///     `isEmpty`.
  ///   - isEmpty: whether the node has no features.
  /// - Returns: packed pairs (see ``CandidatePairs``), possibly with repeats; for each node whether
  ///   it stood in a bucket above ``fullBucket``, so that not all its pairs were proposed; and
  ///   statistics.
  /// - Complexity: O(bands * n log n) time, O(n) memory beside the pairs.
  public func pairs(
    signatures: SignatureMatrix,
    rows: [Int],
    isEmpty: (Int) -> Bool
  )
    -> (pairs: [UInt64], crowded: [Bool], statistics: Statistics)
  {
    var crowded = [Bool](repeating: false, count: rows.count)
    let nodes = rows.indices.filter { !isEmpty($0) }
    var pairs: [UInt64] = []
    var statistics = Statistics()
    guard nodes.count > 1 else { return (pairs, crowded, statistics) }
    var large = [Bool](repeating: false, count: rows.count * shape.bands)
    let idBits = UInt64(64 - (rows.count - 1).leadingZeroBitCount)
    let idMask = (UInt64(1) << idBits) - 1
    for band in 0..<shape.bands {
      let entries = sortedEntries(band, signatures, rows, nodes, idMask)
      var start = 0
      while start < entries.count {
        var end = start + 1
        while end < entries.count, (entries[end] ^ entries[start]) & ~idMask == 0 { end += 1 }
        if end - start > 1 {
          let bucket = entries[start..<end].map { Int($0 & idMask) }
          statistics.largestBucket = max(statistics.largestBucket, bucket.count)
          if bucket.count > Self.fullBucket {
            statistics.largeBuckets += 1
            for node in bucket {
              large[node * shape.bands + band] = true
              crowded[node] = true
            }
          }
          propose(
            bucket,
            band,
            signatures,
            rows,
            large,
            into: &pairs,
            statistics: &statistics
          )
        }
        start = end
      }
    }
    statistics.proposed = pairs.count
    return (pairs, crowded, statistics)
  }

  /// The band's keys with the node's number in the low bits, ascending: equal keys stand together
  /// and their nodes in order.
  private func sortedEntries(
    _ band: Int,
    _ signatures: SignatureMatrix,
    _ rows: [Int],
    _ nodes: [Int],
    _ idMask: UInt64
  ) -> [UInt64] {
    var entries = nodes.map { node in
      let slots = unsafe signatures.row(rows[node]) + band * shape.rows
      return unsafe Self.key(slots, shape.rows) & ~idMask | UInt64(node)
    }
    FeatureSorting.sortUnique(&entries)
    return entries
  }

  private static func key(_ slots: UnsafePointer<UInt32>, _ rows: Int) -> UInt64 {
    var key: UInt64 = 0
    unsafe Signatures.bandKeys(slots, bands: 1, rows: rows, into: &key)
    return key
  }

  private func propose(
    _ bucket: [Int],
    _ band: Int,
    _ signatures: SignatureMatrix,
    _ rows: [Int],
    _ large: [Bool],
    into pairs: inout [UInt64],
    statistics: inout Statistics
  ) {
    let isLarge = bucket.count > Self.fullBucket
    for (place, node) in bucket.enumerated().dropFirst() {
      let partners =
        isLarge ? [bucket[0]] + bucket[max(1, place - Self.window)..<place] : bucket[..<place]
      for partner in partners {
        if metBefore(band, partner, node, signatures, rows, large) { continue }
        statistics.met += 1
        if signatures.equalSlots(rows[partner], rows[node]) >= leastEqualSlots {
          pairs.append(CandidatePairs.pack(partner, node))
        }
      }
    }
  }

  /// Whether an earlier band whose bucket gave all its pairs has proposed this pair already.
  private func metBefore(
    _ band: Int,
    _ a: Int,
    _ b: Int,
    _ signatures: SignatureMatrix,
    _ rows: [Int],
    _ large: [Bool]
  ) -> Bool {
    let first = unsafe signatures.row(rows[a])
    let second = unsafe signatures.row(rows[b])
    for earlier in 0..<band where !large[a * shape.bands + earlier] {
      let start = earlier * shape.rows
      var row = 0
      while unsafe row < shape.rows && first[start + row] == second[start + row] { row += 1 }
      if row == shape.rows { return true }
    }
    return false
  }
}
