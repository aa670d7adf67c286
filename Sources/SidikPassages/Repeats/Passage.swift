/// A passage that stands in two places.
public struct Passage: Sendable, Hashable {
  /// One of the places.
  public struct Place: Sendable, Hashable {
    /// The document, by its number in the input.
    public var document: Int
    /// Words of the document.
    public var words: Range<Int>

    /// Makes a place.
    public init(document: Int, words: Range<Int>) {
      self.document = document
      self.words = words
    }
  }

  /// The place that comes first in the input.
  public var earlier: Place
  /// The other.
  public var later: Place
  /// How much of the wording both have, by weight of words, from 0 to 1; 1 where they are equal.
  public var score: Double
  /// Whether both have the same words in the same order.
  public var isExact: Bool

  /// Makes a passage.
  public init(earlier: Place, later: Place, score: Double, isExact: Bool) {
    self.earlier = earlier
    self.later = later
    self.score = score
    self.isExact = isExact
  }

  /// Words of the shorter place.
  public var words: Int { min(earlier.words.count, later.words.count) }
}

/// Which places of equal wording belong together.
public enum PassageScope: String, Sendable, Hashable, CaseIterable {
  /// Any two.
  case anywhere
  /// Two of one document.
  case within
  /// Two of different documents.
  case across
}
