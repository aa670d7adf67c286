/// The single steps of normalisation, one bit each.
///
/// Each has a stable lower-case name (``names``), which stands in parameter fingerprints and in
/// the output of `sidik normalize`. The rule of each is in `Documentation/Guides/Normalisation.md`.
public struct Folds: OptionSet, Sendable, Hashable {
  /// The bits; their meaning never changes, new folds take new bits.
  public let rawValue: UInt32

  /// Makes a set from bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// NFKC and case folding (NFKC_Casefold of UAX #44).
  public static let compatibility = Folds(rawValue: 1 << 0)
  /// Characters that show nothing are taken out: zero-width, bidi controls, variation selectors.
  public static let invisibles = Folds(rawValue: 1 << 1)
  /// Combining marks are stripped in Latin, Greek and Cyrillic words.
  public static let marks = Folds(rawValue: 1 << 2)
  /// Letters of other scripts that look Latin become Latin, guarded by their surroundings.
  public static let confusables = Folds(rawValue: 1 << 3)
  /// Small capitals, turned, squared and flag letters become plain letters.
  public static let styled = Folds(rawValue: 1 << 4)
  /// Everything that is not a letter, mark, number or connector becomes a word break.
  public static let punctuation = Folds(rawValue: 1 << 5)
  /// Emoji, flags and key caps become word breaks.
  public static let emoji = Folds(rawValue: 1 << 6)
  /// Web addresses are dropped.
  public static let urls = Folds(rawValue: 1 << 7)
  /// Each telephone number becomes the word `0`.
  public static let phones = Folds(rawValue: 1 << 8)
  /// Forwarding headers and calls to spread the text are dropped at its two ends.
  public static let forwardMarks = Folds(rawValue: 1 << 9)
  /// Four or more single letters in a row are joined to one word.
  public static let spacedLetters = Folds(rawValue: 1 << 10)
  /// `anak2` becomes `anak anak`.
  public static let reduplication = Folds(rawValue: 1 << 11)
  /// Digits and signs that stand for letters become letters: `p3n1pu`.
  public static let leet = Folds(rawValue: 1 << 12)
  /// A letter repeated three times or more is written once.
  public static let runs = Folds(rawValue: 1 << 13)
  /// Indonesian chat abbreviations are written out.
  public static let slang = Folds(rawValue: 1 << 14)

  /// Every fold with its name, in the order of the bits.
  public static let names: [(fold: Folds, name: String)] = [
    (.compatibility, "compatibility"), (.invisibles, "invisibles"), (.marks, "marks"),
    (.confusables, "confusables"), (.styled, "styled"), (.punctuation, "punctuation"),
    (.emoji, "emoji"), (.urls, "urls"), (.phones, "phones"), (.forwardMarks, "forward-marks"),
    (.spacedLetters, "spaced-letters"), (.reduplication, "reduplication"), (.leet, "leet"),
    (.runs, "runs"), (.slang, "slang"),
  ]

  /// The fold of that name, or nil.
  public init?(name: String) {
    guard let known = Folds.names.first(where: { $0.name == name }) else { return nil }
    self = known.fold
  }

  /// The folds that work on whole words after the characters are folded.
  static let wordFolds: Folds = [.spacedLetters, .reduplication, .leet, .runs, .slang]
}

/// How often each fold changed something.
public struct FoldCounts: Sendable, Hashable {
  private var counts = [Int](repeating: 0, count: Folds.names.count)

  /// All zero.
  public init() {}

  /// How often one fold changed something.
  public internal(set) subscript(fold: Folds) -> Int {
    get { counts[fold.rawValue.trailingZeroBitCount] }
    set { counts[fold.rawValue.trailingZeroBitCount] = newValue }
  }

  /// The folds that changed something, by name, in the order of the bits.
  public var named: [(name: String, count: Int)] {
    Folds.names.compactMap { known in
      let count = self[known.fold]
      return count == 0 ? nil : (known.name, count)
    }
  }

  /// Takes over the counts of another, without an allocation.
  mutating func assign(_ other: FoldCounts) {
    for index in counts.indices { counts[index] = other.counts[index] }
  }

  mutating func reset() {
    for index in counts.indices { counts[index] = 0 }
  }
}
