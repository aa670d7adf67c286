/// A text cut into words and the blanks between them, so that joining gives it back.
struct EditTokens {
  /// A run of blanks, or a word with the punctuation that touches it.
  struct Token {
    var scalars: [Unicode.Scalar]
    let isBlank: Bool
  }

  /// Words and blanks in the order of the text.
  private(set) var tokens: [Token] = []

  /// The longest word made of a script without blanks, in scalars (marks may lengthen it).
  private static let unspacedLength = 4

  /// Cuts a text.
  ///
  /// Scripts that write no blanks are cut into pieces of four letters or a little more, never inside a syllable's signs.
  init(_ text: String) {
    for scalar in text.unicodeScalars {
      let blank = EditScalars.isBlank(scalar)
      if startsToken(scalar, blank: blank) {
        tokens.append(Token(scalars: [scalar], isBlank: blank))
      } else {
        tokens[tokens.count - 1].scalars.append(scalar)
      }
    }
  }

  private func startsToken(_ scalar: Unicode.Scalar, blank: Bool) -> Bool {
    guard let last = tokens.last, last.isBlank == blank else { return true }
    guard !blank, last.scalars.count >= Self.unspacedLength else { return false }
    guard EditScalars.isUnspaced(scalar), !EditScalars.isMark(scalar),
      !EditScalars.isTrailingVowel(scalar), let previous = last.scalars.last
    else { return false }
    return EditScalars.isUnspaced(previous) && !EditScalars.bindsNext(previous)
  }

  /// The places of the words in ``tokens``.
  var wordPlaces: [Int] { tokens.indices.filter { !tokens[$0].isBlank } }

  /// Puts other scalars in the place of a token.
  mutating func replace(_ place: Int, by scalars: [Unicode.Scalar]) {
    tokens[place].scalars = scalars
  }

  /// The text again.
  var text: String { Self.join(tokens[...]) }

  /// Joins a stretch of tokens.
  static func join(_ tokens: ArraySlice<Token>) -> String {
    var scalars = String.UnicodeScalarView()
    for token in tokens { scalars.append(contentsOf: token.scalars) }
    return String(scalars)
  }

  /// The stretch that holds the words `range`, without blanks at its ends.
  func excerpt(words range: Range<Int>) -> String {
    let places = wordPlaces
    let clamped = range.clamped(to: 0..<places.count)
    guard let first = places[clamped].first, let last = places[clamped].last else { return "" }
    return Self.join(tokens[first...last])
  }
}

/// A word without the punctuation round it: opening signs, core, closing signs.
struct WordParts {
  let before: ArraySlice<Unicode.Scalar>
  let core: ArraySlice<Unicode.Scalar>
  let after: ArraySlice<Unicode.Scalar>

  /// Splits a word at its first and last letter or digit.
  init(_ word: [Unicode.Scalar]) {
    let first = word.firstIndex(where: EditScalars.isWordScalar) ?? word.endIndex
    let last = word.lastIndex(where: EditScalars.isWordScalar).map { $0 + 1 } ?? first
    before = word[..<first]
    core = word[first..<last]
    after = word[last...]
  }

  /// The core in small ASCII letters, for looking it up.
  var key: String {
    var scalars = String.UnicodeScalarView()
    for scalar in core {
      let small = (0x41...0x5A).contains(scalar.value) ? scalar.value + 0x20 : scalar.value
      scalars.append(Unicode.Scalar(small) ?? scalar)
    }
    return String(scalars)
  }

  /// The word with another core; a capital first letter is kept, and so are capitals throughout.
  func with(core replacement: String) -> [Unicode.Scalar] {
    var scalars = Array(replacement.unicodeScalars)
    let isCapital = { (scalar: Unicode.Scalar) in (0x41...0x5A).contains(scalar.value) }
    if core.count > 1, core.allSatisfy(isCapital) {
      scalars = scalars.map(EditScalars.uppercased)
    } else if let old = core.first, isCapital(old), let new = scalars.first {
      scalars[0] = EditScalars.uppercased(new)
    }
    return Array(before) + scalars + Array(after)
  }
}
