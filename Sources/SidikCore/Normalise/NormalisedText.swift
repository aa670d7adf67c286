/// A text as it is compared; a buffer that one worker fills again and again.
public struct NormalisedText: Sendable, Hashable {
  /// The folded UTF-8: words separated by exactly one space, none at the ends.
  public internal(set) var bytes: [UInt8] = []
  /// The number of words.
  public internal(set) var wordCount = 0
  /// The number of Unicode scalars, separators included.
  public internal(set) var scalarCount = 0
  /// For each byte, where the scalar it came from begins in the original text, in bytes.
  ///
  /// Empty unless offsets were asked for. Offsets rise with the bytes except where a fold
  /// doubles a word or moves a mark. A separator stands for the first character it replaced.
  public internal(set) var sourceOffsets: [UInt32] = []
  /// For each byte, where the scalar it came from ends in the original text, in bytes.
  public internal(set) var sourceEnds: [UInt32] = []
  /// How often each fold changed something.
  ///
  /// `compatibility` and `punctuation` are counted only when offsets are tracked, because
  /// counting them would slow the bulk path.
  public internal(set) var applied = FoldCounts()
  /// The bytes that were not UTF-8; each became a word break.
  public internal(set) var repairedBytes = 0

  /// An empty text.
  public init() {}

  /// The folded text as a string.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The range of the original text, in bytes, that a range of ``bytes`` came from.
  ///
  /// - Parameter range: a range of ``bytes`` of a text normalised with offsets.
  /// - Returns: the smallest range that covers every scalar's origin; nil without offsets or
  ///   for an empty range.
  public func sourceRange(of range: Range<Int>) -> Range<Int>? {
    guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= sourceOffsets.count else {
      return nil
    }
    var lower = UInt32.max
    var upper = UInt32.min
    for index in range {
      lower = min(lower, sourceOffsets[index])
      upper = max(upper, sourceEnds[index])
    }
    return Int(lower)..<Int(upper)
  }
}
