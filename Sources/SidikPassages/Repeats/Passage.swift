/// A range of 32-bit places: lists of passages are long.
public struct ShortRange: Sendable, Hashable {
  private var lower: UInt32
  private var upper: UInt32

  /// Keeps a range of places below 2^32.
  public init(_ range: Range<Int>) {
    lower = UInt32(range.lowerBound)
    upper = UInt32(range.upperBound)
  }

  /// The range.
  public var range: Range<Int> { Int(lower)..<Int(upper) }
}

/// A passage that stands in two places.
public struct Passage: Sendable, Hashable {
  /// One of the places.
  public struct Place: Sendable, Hashable {
    private var number: Int32
    private var kept: ShortRange

    /// Makes a place.
    public init(document: Int, words: Range<Int>) {
      number = Int32(document)
      kept = ShortRange(words)
    }

    /// The document, by its number in the input.
    public var document: Int { Int(number) }
    /// Words of the document.
    public var words: Range<Int> { kept.range }
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
