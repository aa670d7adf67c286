/// The documents of a run by their texts, in the order that breaks ties in every later stage.
public struct DistinctTexts: Sendable, Hashable {
  /// For each distinct text its documents, as indexes into the document table; the first stands
  /// for the others.
  public var documents: TextGroups
  /// For each text whether sketches met it, or one it stands for, with too many others for all
  /// their pairs to be compared.
  public var crowded: [Bool]

  /// The texts of a run.
  init(_ nodes: Nodes, crowded: [Bool]) {
    documents = nodes.documents
    self.crowded = crowded
  }
}

extension Edge {
  /// An edge between nodes as one between the documents that stand for them.
  init(_ edge: NodeEdge, _ nodes: Nodes, _ origin: Origin) {
    self.init(
      a: nodes.first(edge.a),
      b: nodes.first(edge.b),
      scores: edge.scores,
      strength: edge.strength,
      weight: edge.weight,
      origin: origin
    )
  }
}

extension PairStages.Output {
  /// Edges between nodes as edges between documents.
  ///
  /// - Parameters:
  ///   - nodes: the documents of each node.
  ///   - all: whether all are wanted; else only those of templates.
  /// - Returns: those of equal texts, of leaders, and of sketches and samples.
  func documentEdges(_ nodes: Nodes, all: Bool = true) -> [Edge] {
    var result: [Edge] = []
    for members in nodes.documents where all && members.count > 1 {
      for other in members.dropFirst() {
        result.append(
          Edge(
            a: Int(members[members.startIndex]),
            b: Int(other),
            scores: .equal,
            strength: 1,
            weight: 1,
            origin: .equal
          )
        )
      }
    }
    for edge in collapsed where all { result.append(Edge(edge, nodes, .leader)) }
    for edge in edges where all || edge.scores.level == .template {
      result.append(Edge(edge, nodes, edge.isSampled ? .sample : .sketch))
    }
    return result
  }
}

extension PairStages {
  /// Clusters the leaders; what further rounds want compared is compared.
  ///
  /// - Parameters:
  ///   - pairs: receives the edges of further rounds.
  ///   - statistics: receives what was compared.
  /// - Returns: groups of two or more leaders.
  /// - Throws: what ends the task.
  func cluster(
    _ pairs: inout Output,
    _ statistics: inout RunStatistics
  ) async throws -> [[Int]] {
    let gramWeights = pairs.gramWeights
    return try await ClusterRounds(linkage: configuration.profile.linkage).run(&pairs) { wanted in
      try await verify(wanted, gramWeights, &statistics)
    }
  }
}
