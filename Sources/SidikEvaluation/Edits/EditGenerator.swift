/// Makes edited copies of a text, the same ones from the same seed for ever.
///
/// Every edit draws from its own sequence, which is chosen by the seed, the kind's name, the
/// text and the variant. So an edit does not depend on the edits made before it, and adding a
/// kind changes no copy made by another. Edits work on Unicode scalars and use no table of the
/// toolchain. Text in which a kind finds nothing to touch comes back as it was.
public struct EditGenerator: Sendable {
  /// The seed that all edits depend on.
  public let seed: UInt64

  /// Makes a generator.
  public init(seed: UInt64) { self.seed = seed }

  /// One edited copy of a text.
  ///
  /// - Parameters:
  ///   - kind: what to do.
  ///   - text: the text to copy.
  ///   - other: the text whose second half ``EditKind/splice`` takes; other kinds ignore it.
  ///   - chrome: the site of ``EditKind/siteWrap`` (nil draws one of ``SiteChrome/builtIn``) and
  ///     of ``EditKind/mixedTruncationTypoWrap`` (nil puts a chat header in its place).
  ///   - variant: distinguishes several copies of one kind.
  /// - Returns: the edited text.
  /// - Complexity: O(*n*) in the scalars of the text.
  public func apply(
    _ kind: EditKind,
    to text: String,
    with other: String = "",
    chrome: SiteChrome? = nil,
    variant: UInt64 = 0
  ) -> String {
    let start = stableHash(text, seed: stableHash(kind.name, seed: stableHash("sidik edit")))
    var work = EditWork(
      random: EditRandom(seed: start ^ (seed &* 0x9E37_79B9_7F4A_7C15) ^ (variant << 32)),
      other: other,
      chrome: chrome
    )
    return work.apply(kind, to: text)
  }
}

/// One edit in the making: its random sequence and what it may need besides the text.
struct EditWork {
  var random: EditRandom
  let other: String
  let chrome: SiteChrome?

  /// Runs the edit.
  mutating func apply(_ kind: EditKind, to text: String) -> String {
    switch kind {
    case .casePunctuation: casePunctuation(text)
    case .typo(let percent): typo(text, percent: percent)
    case .homoglyphs(let percent): homoglyphs(text, percent: percent)
    case .zeroWidth(let percent): zeroWidth(text, percent: percent)
    case .leet(let percent): leet(text, percent: percent)
    case .diacritics(let percent): diacritics(text, percent: percent)
    case .keyboardTypo(let percent): keyboardTypo(text, percent: percent)
    case .ocrTypo(let percent): ocrTypo(text, percent: percent)
    case .wordDeletion(let percent): wordDeletion(text, percent: percent)
    case .wordSubstitution(let percent): wordSubstitution(text, percent: percent)
    case .slang: slang(text)
    case .emoji(let percent): emoji(text, percent: percent)
    case .spacedLetters(let percent): spacedLetters(text, percent: percent)
    case .elongation(let percent): elongation(text, percent: percent)
    case .bidi: bidi(text)
    case .emojiAsWords: emojiAsWords(text)
    case .truncation, .excerpt, .cutBothEnds, .splice, .doubled, .sentenceShuffle, .forwardPrefix,
      .siteWrap:
      applyBlock(kind, to: text)
    case .mixedTruncationTypoWrap, .mixedObfuscation, .mixedChat: applyMixed(kind, to: text)
    }
  }

  /// Runs an edit made of others.
  private mutating func applyMixed(_ kind: EditKind, to text: String) -> String {
    switch kind {
    case .mixedTruncationTypoWrap:
      let head = truncation(text, keptPercent: 70)
      let wrong = typo(head, percent: random.within(2...3))
      return chrome != nil ? siteWrap(wrong) : forwardPrefix(wrong)
    case .mixedObfuscation:
      let shaped = homoglyphs(text, percent: 10)
      let hidden = zeroWidth(shaped, percent: 5)
      return emoji(leet(hidden, percent: 8), percent: 10)
    case .mixedChat:
      return forwardPrefix(typo(slang(text), percent: 3))
    default:
      return text
    }
  }
}
