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

    /// Adds what one band met.
    public mutating func add(_ buckets: BandBuckets, met: Int, proposed: Int) {
      self.met += met
      self.proposed += proposed
      for bucket in buckets.ranges {
        largestBucket = max(largestBucket, bucket.count)
        if bucket.count > LSHBanding.fullBucket { largeBuckets += 1 }
      }
    }
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
    let owners = RowOwners(rows, of: signatures.count, isEmpty: isEmpty)
    var large = LargeBuckets(bands: shape.bands, nodeCount: rows.count)
    var (pairs, statistics): ([UInt64], Statistics) = ([], Statistics())
    for band in 0..<shape.bands {
      let buckets = self.buckets(band: band, signatures: signatures, owners: owners)
      large.add(buckets, band: band)
      let found = propose(band: band, buckets, large, signatures: signatures, rows: rows)
      pairs += found.pairs
      statistics.add(buckets, met: found.met, proposed: found.pairs.count)
    }
    return (pairs, large.crowded, statistics)
  }

  /// The buckets of one band; bands do not depend on each other.
  ///
  /// - Parameters:
  ///   - band: which.
  ///   - signatures: the matrix.
  ///   - owners: the nodes that take part.
  /// - Returns: buckets of two or more nodes.
  /// - Complexity: O(n log n).
  public func buckets(
    band: Int,
    signatures: SignatureMatrix,
    owners: RowOwners
  ) -> BandBuckets {
    let grouping = BandGrouping(nodeCount: owners.nodeCount)
    var entries: [UInt64] = []
    entries.reserveCapacity(owners.count)
    // In the order of the rows, not of the nodes: the matrix is larger than any cache.
    signatures.forEachBandKeys(band, rows: shape.rows) { first, keys in
      for index in keys.indices {
        guard let node = owners.node(first + index) else { continue }
        entries.append(grouping.entry(key: keys[index], node: node))
      }
    }
    return grouping.buckets(&entries)
  }

  /// The pairs of one band's buckets that no earlier band has proposed.
  ///
  /// - Parameters:
  ///   - band: which.
  ///   - buckets: its buckets.
  ///   - large: the large buckets of this and all earlier bands.
  ///   - signatures: the matrix.
  ///   - rows: for each node its row in the matrix.
  /// - Returns: packed pairs, the equal slots of each, and how many pairs met.
  public func propose(
    band: Int,
    _ buckets: BandBuckets,
    _ large: LargeBuckets,
    signatures: SignatureMatrix,
    rows: [Int]
  ) -> (pairs: [UInt64], slots: [UInt8], met: Int) {
    var (pairs, slots, met): ([UInt64], [UInt8], Int) = ([], [], 0)
    let reader = SignatureReader(signatures)
    for bucket in buckets.ranges {
      let isLarge = bucket.count > Self.fullBucket
      for place in bucket.dropFirst() {
        let node = Int(buckets.members[place])
        let nearest = isLarge ? max(bucket.lowerBound + 1, place - Self.window) : bucket.lowerBound
        for other in isLarge ? [bucket.lowerBound] + Array(nearest..<place) : Array(nearest..<place)
        {
          let partner = Int(buckets.members[other])
          if metBefore(band, partner, node, reader, rows, large) { continue }
          met += 1
          let equal = reader.equalSlots(rows[partner], rows[node])
          if equal >= leastEqualSlots {
            pairs.append(CandidatePairs.pack(partner, node))
            slots.append(UInt8(equal))
          }
        }
      }
    }
    return (pairs, slots, met)
  }

  /// Whether an earlier band whose bucket gave all its pairs has proposed this pair already.
  private func metBefore(
    _ band: Int,
    _ a: Int,
    _ b: Int,
    _ signatures: SignatureReader,
    _ rows: [Int],
    _ large: LargeBuckets
  ) -> Bool {
    if band == 0 { return false }
    let first = unsafe signatures.row(rows[a])
    let second = unsafe signatures.row(rows[b])
    for earlier in 0..<band where !large.contains(a, band: earlier) {
      let start = earlier * shape.rows
      var row = 0
      while unsafe row < shape.rows && first[start + row] == second[start + row] { row += 1 }
      if row == shape.rows { return true }
    }
    return false
  }
}
