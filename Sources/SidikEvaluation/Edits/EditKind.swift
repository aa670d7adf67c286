/// One way in which a text changes on its way from group to group and from site to site.
///
/// The twenty-seven of ``matrix`` are the edit kinds that detection quality is measured by; the
/// others of ``all`` were added to them. A percentage counts the places the edit can touch
/// (letters or words), and at least one place is touched where there is any.
public enum EditKind: Hashable, Sendable {
  /// Everything in capitals and all punctuation gone; inside a word it leaves a blank.
  case casePunctuation
  /// A share of the letters replaced, deleted, doubled by another letter, or swapped with the next.
  case typo(percent: Int)
  /// A share of the words left out.
  case wordDeletion(percent: Int)
  /// A share of the words replaced, by a synonym where the list has one, else by another word.
  case wordSubstitution(percent: Int)
  /// Chat spelling: abbreviations, dropped vowels, `anak-anak` as `anak2`.
  case slang
  /// Only the head is kept, as a preview or a character limit does.
  case truncation(keptPercent: Int)
  /// A passage of the given share of the words, starting that far into the text.
  case excerpt(percent: Int, startPercent: Int)
  /// A chat header before the text and a plea to forward it after it.
  case forwardPrefix
  /// Navigation before, an advertisement in the middle, related links and a footer after.
  case siteWrap
  /// The text pasted twice.
  case doubled
  /// The sentences in another order.
  case sentenceShuffle
  /// A share of the letters by look-alikes: other alphabets, full-width, mathematical bold.
  case homoglyphs(percent: Int)
  /// An invisible character after a share of the letters.
  case zeroWidth(percent: Int)
  /// Digits for a share of the letters: 0 1 3 4 5 7 for o i e a s t.
  case leet(percent: Int)
  /// An emoji after a share of the words.
  case emoji(percent: Int)
  /// A share of the words with their letters set apart by blanks.
  case spacedLetters(percent: Int)
  /// A combining mark on a share of the letters.
  case diacritics(percent: Int)
  /// A vowel three to five times over in a share of the words.
  case elongation(percent: Int)
  /// The head of 70 %, typing errors in 2 or 3 %, and the given site or a chat header round it.
  case mixedTruncationTypoWrap
  /// Homoglyphs 10 %, invisible characters 5 %, leet 8 %, emoji 10 %.
  case mixedObfuscation
  /// Chat spelling, typing errors in 3 %, and a chat header.
  case mixedChat

  /// A share of the letters replaced by a neighbour on the QWERTY keyboard.
  case keyboardTypo(percent: Int)
  /// A share of the confusable letters misread as a scanner does: `rn` for m, `1` for l.
  case ocrTypo(percent: Int)
  /// Direction marks: some words reversed inside an override (they look the same), some isolated.
  case bidi
  /// Nouns by the emoji that shows them, where the list has one.
  case emojiAsWords
  /// A fifth of the words gone at either end.
  case cutBothEnds
  /// The first half of this text and the second half of another.
  ///
  /// The result belongs to neither story.
  case splice
}

extension EditKind {
  /// The twenty-seven kinds of the edit matrix, in their fixed order.
  public static let matrix: [EditKind] = [
    .casePunctuation, .typo(percent: 2), .typo(percent: 5), .typo(percent: 10),
    .wordDeletion(percent: 10), .wordSubstitution(percent: 15), .wordSubstitution(percent: 30),
    .slang, .truncation(keptPercent: 70), .truncation(keptPercent: 50),
    .truncation(keptPercent: 25), .excerpt(percent: 40, startPercent: 30), .forwardPrefix,
    .siteWrap, .doubled, .sentenceShuffle, .homoglyphs(percent: 10), .homoglyphs(percent: 50),
    .zeroWidth(percent: 20), .leet(percent: 20), .emoji(percent: 20),
    .spacedLetters(percent: 12), .diacritics(percent: 20), .elongation(percent: 15),
    .mixedTruncationTypoWrap, .mixedObfuscation, .mixedChat,
  ]

  /// The kinds beyond the matrix that still give a copy of the one text.
  public static let further: [EditKind] = [
    .keyboardTypo(percent: 5), .ocrTypo(percent: 10), .bidi, .emojiAsWords, .cutBothEnds,
  ]

  /// Every kind at its usual strength: ``matrix``, ``further`` and ``splice``.
  public static let all: [EditKind] = matrix + further + [.splice]

  /// The kinds that change a text in any script.
  ///
  /// The others need Latin letters or Indonesian words.
  public static let anyScript: [EditKind] = [
    .typo(percent: 2), .typo(percent: 5), .wordDeletion(percent: 10),
    .truncation(keptPercent: 70), .truncation(keptPercent: 50),
    .excerpt(percent: 40, startPercent: 30), .forwardPrefix, .siteWrap, .doubled,
    .sentenceShuffle, .emoji(percent: 20), .cutBothEnds,
  ]

  /// The short name with its strength, as it stands in ids and tables: `typo5`, `mix_chat`.
  public var name: String {
    switch self {
    case .casePunctuation: "case_punct"
    case .typo(let percent): "typo\(percent)"
    case .wordDeletion(let percent): "worddel\(percent)"
    case .wordSubstitution(let percent): "wordsub\(percent)"
    case .slang: "slang"
    case .truncation(let kept): "trunc\(kept)"
    case .excerpt(let percent, let start):
      start == 30 ? "excerpt\(percent)" : "excerpt\(percent)from\(start)"
    case .forwardPrefix: "fwd_prefix"
    case .siteWrap: "sitewrap"
    case .doubled: "double"
    case .sentenceShuffle: "sentshuffle"
    case .homoglyphs(let percent): "homoglyph\(percent)"
    case .zeroWidth(let percent): "zerowidth\(percent)"
    case .leet(let percent): "leet\(percent)"
    case .emoji(let percent): "emoji\(percent)"
    case .spacedLetters(let percent): "spaced\(percent)"
    case .diacritics(let percent): "diacritic\(percent)"
    case .elongation(let percent): "elongate\(percent)"
    case .mixedTruncationTypoWrap: "mix_trunc_typo_wrap"
    case .mixedObfuscation: "mix_obf"
    case .mixedChat: "mix_chat"
    case .keyboardTypo(let percent): "keyboard\(percent)"
    case .ocrTypo(let percent): "ocr\(percent)"
    case .bidi: "bidi"
    case .emojiAsWords: "emoji_words"
    case .cutBothEnds: "cut_ends"
    case .splice: "splice"
    }
  }

  /// The kind of that ``name`` among ``all``, or nil.
  public init?(name: String) {
    guard let kind = EditKind.all.first(where: { $0.name == name }) else { return nil }
    self = kind
  }
}
