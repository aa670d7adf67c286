/// A document of an index that shares wording with a text.
public struct IndexMatch: Sendable, Hashable {
  /// Its id.
  public var id: String
  /// Where it was published, or nil.
  public var source: String?
  /// When, in seconds since 1970; nil where it did not say.
  public var time: Int64?
  /// What the texts are to each other; nil where the texts were not compared.
  public var level: Level?
  /// The measures of the comparison, those of the asked text first; nil where the texts were not
  /// compared.
  public var scores: PairScores?
  /// The Jaccard similarity of the texts, or what their sketches estimate.
  public var similarity: Double
  /// Whether the digests are equal: so are the texts, but for one case in 2^64.
  public var hasEqualDigest: Bool
  /// The index it stands in, by its place among those asked.
  public var index = 0

  /// Whether the texts themselves were compared.
  public var isVerified: Bool { level != nil }

  /// What matches are ranked by: their level, then their similarity or containment.
  var rank: MatchRank {
    MatchRank(level, scores, similarity: similarity, hasEqualDigest: hasEqualDigest)
  }
}

/// The order of matches; the closest is the least.
struct MatchRank: Comparable {
  private let level: Int
  private let likeness: Double

  init(_ level: Level?, _ scores: PairScores?, similarity: Double, hasEqualDigest: Bool) {
    if let level, let scores {
      (self.level, likeness) = (level.rank, max(scores.jaccard, scores.weighted))
    } else {
      (self.level, likeness) = (hasEqualDigest ? -1 : 0, similarity)
    }
  }

  static func < (a: MatchRank, b: MatchRank) -> Bool {
    a.level != b.level ? a.level < b.level : a.likeness > b.likeness
  }
}
