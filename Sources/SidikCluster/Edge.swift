/// A verified pair of documents.
public struct Edge: Sendable, Hashable {
  /// A document, as an index into the document table.
  public var a: Int
  /// The other document.
  public var b: Int
  /// What their texts have in common; `level` is set.
  public var scores: PairScores

  /// What the pair is.
  public var level: Level { scores.level ?? .related }

  /// The same edge seen from its other end.
  public var swapped: Edge {
    var edge = Edge(a: b, b: a, scores: scores)
    edge.scores.containmentOfFirst = scores.containmentOfSecond
    edge.scores.containmentOfSecond = scores.containmentOfFirst
    return edge
  }
}

extension PairScores {
  /// The scores of two equal texts.
  static let equal = PairScores(
    jaccard: 1,
    containmentOfFirst: 1,
    containmentOfSecond: 1,
    weighted: 1,
    coverage: 1,
    level: .exact
  )
}
