/// A verified pair of documents.
public struct Edge: Sendable, Hashable {
  /// A document, as an index into the document table.
  public var a: Int
  /// The other document.
  public var b: Int
  /// What their texts have in common; `level` is set.
  public var scores: PairScores

  /// What `--threshold` is compared with, 0...1: the larger of Jaccard similarity and weighted
  /// containment where the profile's rule has containment, else Jaccard similarity.
  public var strength: Double
  /// How strongly the edge joins two groups, 0...1.
  public var weight: Double
  /// How the pair came to be compared.
  public var origin: Origin

  /// How a pair came to be compared.
  public enum Origin: String, Sendable, Hashable, CaseIterable {
    /// The texts are equal; the first document stands for the other.
    case equal
    /// Near-identical texts, of which the first in the order of texts stands for the other.
    case leader
    /// A sketch proposed it.
    case sketch
    /// It was drawn to compare two crowded groups.
    case sample
  }

  /// What the pair is.
  public var level: Level { scores.level ?? .related }

  /// The same edge seen from its other end.
  public var swapped: Edge {
    var edge = self
    (edge.a, edge.b) = (b, a)
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
