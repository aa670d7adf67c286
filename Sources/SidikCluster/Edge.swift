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
