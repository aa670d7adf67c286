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
  /// Nodes batch after batch, ascending in each.
  private var order: [UInt32] = []
  /// Where each batch begins in ``order``; the last one's end stands behind.
  private var starts: [Int] = []
  /// Pairs of each batch, repeats included.
  private(set) var pairCounts: [Int] = []

  var count: Int { pairCounts.count }

  /// Nodes of all batches.
  var nodeCount: Int { order.count }

  /// Makes batches.
  ///
  /// - Parameters:
  ///   - nodes: all distinct texts.
  ///   - corpus: the sketched documents.
  ///   - pairs: all pairs.
  ///   - memory: how much a batch takes, about; a component stays whole.
  ///   - ties: further nodes that are worked on together.
  /// - Throws: where the pairs cannot be read.
  /// - Complexity: O(n + p) but for finding components, which is hardly more.
  init(
    _ nodes: Nodes,
    _ corpus: Corpus,
    _ pairs: RecordSpool<UInt64>,
    _ memory: MemoryLimit,
    ties: [(Int, Int)] = []
  ) throws {
    var sets = UnionFind(nodes.count)
    var isPaired = [Bool](repeating: false, count: nodes.count)
    func join(_ a: Int, _ b: Int) {
      sets.join(a, b)
      (isPaired[a], isPaired[b]) = (true, true)
    }
    for (a, b) in ties { join(a, b) }
    try pairs.forEachPart { part in
      for pair in part {
        let (a, b) = CandidatePairs.unpack(pair)
        join(a, b)
      }
    }
    ofNodes = [UInt16](repeating: Self.none, count: nodes.count)
    places = [UInt32](repeating: 0, count: nodes.count)
    var counts = [UInt32](repeating: 0, count: nodes.count)
    try pairs.forEachPart { part in
      for pair in part { counts[sets.root(CandidatePairs.unpack(pair).0)] += 1 }
    }
    var weights = [UInt32](repeating: 0, count: nodes.count)
    for node in 0..<nodes.count where isPaired[node] || nodes.documents[node].count > 1 {
      let text = corpus.documents.rows[nodes.first(node)].textLength
      let own = MemoryLimit.units(text, documents: nodes.documents[node].count)
      let root = sets.root(node)
      weights[root] = own > UInt32.max - weights[root] ? .max : weights[root] + own
    }
    assign(&sets, weights, counts, MemoryLimit.units(memory.batch))
    list()
  }

  /// Fills batch after batch in the order of the components' first nodes, which are their roots.
  private mutating func assign(
    _ sets: inout UnionFind,
    _ weights: [UInt32],
    _ counts: [UInt32],
    _ most: Int
  ) {
    var (load, pairs) = (0, 0)
    for node in weights.indices {
      let root = sets.root(node)
      if root != node {
        ofNodes[node] = ofNodes[root]
        continue
      }
      if weights[node] == 0 { continue }
      let weight = Int(weights[node]) + Int(counts[node]) * MemoryLimit.unitsPerPair
      let isLast = pairCounts.count == Int(Self.none) - 1
      if load > 0, load + weight > most, !isLast {
        pairCounts.append(pairs)
        (load, pairs) = (0, 0)
      }
      ofNodes[node] = UInt16(pairCounts.count)
      load += weight
      pairs += Int(counts[node])
    }
    if load > 0 { pairCounts.append(pairs) }
  }

  /// Lists the nodes of every batch and numbers them.
  private mutating func list() {
    starts = [Int](repeating: 0, count: count + 1)
    for batch in ofNodes where batch != Self.none { starts[Int(batch) + 1] += 1 }
    for batch in 0..<count { starts[batch + 1] += starts[batch] }
    order = [UInt32](repeating: 0, count: starts[count])
    var next = starts
    for node in ofNodes.indices where ofNodes[node] != Self.none {
      let batch = Int(ofNodes[node])
      places[node] = UInt32(next[batch] - starts[batch])
      order[next[batch]] = UInt32(node)
      next[batch] += 1
    }
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
  func members(_ batch: Int) -> ArraySlice<UInt32> { order[starts[batch]..<starts[batch + 1]] }
}
