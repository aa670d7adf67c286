internal import SidikCore
internal import SidikIndex

/// Saved edges as the pair stages leave theirs.
struct SavedGraph {
  let nodes: Nodes
  private(set) var pairs: PairStages.Output
  /// Edges that the run found by comparing samples of crowded groups.
  private var samples: [Edge] = []
  private let saved: SavedEdges

  /// Takes the edges of at least a strength.
  init(_ saved: SavedEdges, threshold: Double) throws(SidikError) {
    self.saved = saved
    var documents: [[Int32]] = []
    for (document, text) in saved.textOf.enumerated() {
      if text == documents.count { documents.append([]) }
      documents[text].append(Int32(document))
    }
    nodes = Nodes(documents: TextGroups(documents))
    pairs = PairStages.Output(leaders: Array(documents.indices))
    pairs.crowded = documents.map { saved.crowded[Int($0[0])] }
    for edge in saved.edges {
      // What joins nothing is no concern of a threshold of copies.
      if edge.strength >= threshold || !edge.level.joins { try take(edge) }
    }
    try checkLeaders()
    pairs.collapsed.sort { $0.b < $1.b }
    pairs.edges.sort { ($0.a, $0.b) < ($1.a, $1.b) }
  }

  /// Those of the edges of samples that join two nodes, by the nodes.
  func samples(among nodes: Nodes) -> [UInt64: NodeEdge] {
    if samples.isEmpty { return [:] }
    var nodeOf: [Int32: Int] = [:]
    for (node, documents) in nodes.documents.enumerated() {
      for document in documents { nodeOf[document] = node }
    }
    var found: [UInt64: NodeEdge] = [:]
    for edge in samples {
      guard let x = nodeOf[Int32(edge.a)], let y = nodeOf[Int32(edge.b)], x != y else { continue }
      found[CandidatePairs.pack(x, y)] = Self.nodeEdge(edge, x, y)
    }
    return found
  }

  private static func nodeEdge(_ edge: Edge, _ x: Int, _ y: Int) -> NodeEdge {
    NodeEdge(
      a: min(x, y),
      b: max(x, y),
      scores: (x < y ? edge : edge.swapped).scores,
      strength: edge.strength,
      weight: edge.weight
    )
  }

  private mutating func take(_ edge: Edge) throws(SidikError) {
    let (x, y) = (saved.textOf[edge.a], saved.textOf[edge.b])
    if edge.origin == .sample { return samples.append(edge) }
    guard (x == y) == (edge.origin == .equal) else {
      throw fault(edge, "is of origin \(edge.origin), but their texts are \(x) and \(y)")
    }
    let made = Self.nodeEdge(edge, x, y)
    switch edge.origin {
    case .equal, .sample: break
    case .sketch: pairs.edges.append(made)
    case .leader:
      guard pairs.leaders[made.b] == made.b else {
        throw fault(edge, "is a second edge to a leader of one text")
      }
      pairs.leaders[made.b] = made.a
      pairs.collapsed.append(made)
    }
  }

  /// Nothing but a leader has edges: another text stands for the rest.
  private func checkLeaders() throws(SidikError) {
    for edge in pairs.collapsed where pairs.leaders[edge.a] != edge.a {
      throw fault(edge, "leads to a text that has a leader itself")
    }
    for edge in pairs.edges {
      guard pairs.leaders[edge.a] == edge.a, pairs.leaders[edge.b] == edge.b else {
        throw fault(edge, "is of a text that has a leader, which has the edges in its place")
      }
    }
  }

  private func fault(_ edge: NodeEdge, _ reason: String) -> SidikError {
    fault(saved.documents.id(nodes.first(edge.a)), saved.documents.id(nodes.first(edge.b)), reason)
  }

  private func fault(_ edge: Edge, _ reason: String) -> SidikError {
    fault(saved.documents.id(edge.a), saved.documents.id(edge.b), reason)
  }

  private func fault(_ a: String, _ b: String, _ reason: String) -> SidikError {
    SidikError(.data, "the edge of '\(a)' and '\(b)' \(reason)", file: saved.file)
  }
}
