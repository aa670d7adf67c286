internal import SidikIndex

/// Nodes in batches so that no pair joins two of them: whole components of the pairs, as many as
/// a batch takes.
///
/// A batch is worked on by itself, and answers what the whole would answer: no stage between the
/// pairs and the families looks further than a component.
struct NodeBatches {
  /// No batch: a node without pairs that is one document.
  static let none = UInt16.max

  /// For each node its batch.
  private(set) var ofNodes: [UInt16]
  /// For each node its number inside its batch; numbers keep the order of the nodes.
  private(set) var places: [UInt32]
  /// Nodes of each batch.
  private var sizes: [Int] = []
  /// Pairs of each batch, repeats included.
  private(set) var pairCounts: [Int] = []

  var count: Int { pairCounts.count }

  /// Makes batches.
  ///
  /// - Parameters:
  ///   - nodes: all distinct texts.
  ///   - pairs: all pairs.
  ///   - pairsPerBatch: about so many go into one; a component stays whole.
  /// - Throws: where the pairs cannot be read.
  /// - Complexity: O(n + p) but for finding components, which is hardly more.
  init(_ nodes: Nodes, _ pairs: RecordSpool<UInt64>, pairsPerBatch: Int) throws {
    var sets = UnionFind(nodes.count)
    try pairs.forEachPart { part in
      for pair in part {
        let (a, b) = CandidatePairs.unpack(pair)
        sets.join(a, b)
      }
    }
    ofNodes = [UInt16](repeating: Self.none, count: nodes.count)
    places = [UInt32](repeating: 0, count: nodes.count)
    var weights = [UInt32](repeating: 0, count: nodes.count)
    try pairs.forEachPart { part in
      for pair in part { weights[sets.root(CandidatePairs.unpack(pair).0)] += 1 }
    }
    assign(nodes, &sets, weights, pairsPerBatch)
    sizes = [Int](repeating: 0, count: count)
    for node in ofNodes.indices where ofNodes[node] != Self.none {
      let batch = Int(ofNodes[node])
      places[node] = UInt32(sizes[batch])
      sizes[batch] += 1
    }
  }

  /// Fills batch after batch in the order of the components' first nodes, which are their roots.
  private mutating func assign(
    _ nodes: Nodes,
    _ sets: inout UnionFind,
    _ weights: [UInt32],
    _ pairsPerBatch: Int
  ) {
    var (load, pairs) = (0, 0)
    for node in 0..<nodes.count {
      let root = sets.root(node)
      if root != node {
        ofNodes[node] = ofNodes[root]
        continue
      }
      let documents = nodes.documents[node].count
      if weights[node] == 0, documents == 1 { continue }
      let weight = Int(weights[node]) + documents / 4 + 1
      let isLast = pairCounts.count == Int(Self.none) - 1
      if load > 0, load + weight > pairsPerBatch, !isLast {
        pairCounts.append(pairs)
        (load, pairs) = (0, 0)
      }
      ofNodes[node] = UInt16(pairCounts.count)
      load += weight
      pairs += Int(weights[node])
    }
    if load > 0 { pairCounts.append(pairs) }
  }

  /// Spreads pairs over their batches.
  func spread(_ pairs: RecordSpool<UInt64>, folder: String?) throws -> BatchSpool<UInt64> {
    let spread = try BatchSpool<UInt64>(counts: pairCounts, folder: folder)
    try pairs.forEachPart { part in
      for pair in part {
        try spread.append(pair, to: Int(ofNodes[CandidatePairs.unpack(pair).0]))
      }
    }
    return spread
  }

  /// A pair of nodes by their numbers inside their batch.
  func local(_ pair: UInt64) -> UInt64 {
    UInt64(places[Int(pair >> 32)]) << 32 | UInt64(places[Int(pair & 0xFFFF_FFFF)])
  }

  /// The nodes of a batch, ascending.
  func members(_ batch: Int) -> [Int] {
    var found: [Int] = []
    found.reserveCapacity(sizes[batch])
    for node in ofNodes.indices where ofNodes[node] == batch { found.append(node) }
    return found
  }
}
