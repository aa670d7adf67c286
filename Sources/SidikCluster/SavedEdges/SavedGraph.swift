internal import SidikCore
internal import SidikIndex

/// Saved edges as the pair stages leave theirs.
struct SavedGraph {
  let nodes: Nodes
  private(set) var pairs: PairStages.Output
  /// Edges that the run found by comparing samples of crowded groups, by their nodes.
  private(set) var samples: [UInt64: NodeEdge] = [:]
  private let saved: SavedEdges

  /// Takes the edges of at least a strength.
  init(_ saved: SavedEdges, threshold: Double) throws(SidikError) {
    self.saved = saved
    var documents: [[Int32]] = []
    for (document, text) in saved.textOf.enumerated() {
      if text == documents.count { documents.append([]) }
      documents[text].append(Int32(document))
    }
    nodes = Nodes(documents: documents)
    pairs = PairStages.Output(leaders: Array(documents.indices))
    pairs.crowded = documents.map { saved.crowded[Int($0[0])] }
    for edge in saved.edges where edge.strength >= threshold { try take(edge) }
    try checkLeaders()
    pairs.collapsed.sort { $0.b < $1.b }
    pairs.edges.sort { ($0.a, $0.b) < ($1.a, $1.b) }
  }

  private mutating func take(_ edge: Edge) throws(SidikError) {
    let (x, y) = (saved.textOf[edge.a], saved.textOf[edge.b])
    guard x != y || edge.origin == .equal else {
      throw fault(edge, "joins a text to itself, but is not of origin equal")
    }
    if x == y { return }
    let ordered = x < y ? edge : edge.swapped
    let made = NodeEdge(
      a: min(x, y),
      b: max(x, y),
      scores: ordered.scores,
      strength: edge.strength,
      weight: edge.weight
    )
    switch edge.origin {
    case .equal: throw fault(edge, "is of origin equal, but its texts have different numbers")
    case .sketch: pairs.edges.append(made)
    case .sample: samples[CandidatePairs.pack(made.a, made.b)] = made
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
    for edge in pairs.edges + Array(samples.values) {
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
