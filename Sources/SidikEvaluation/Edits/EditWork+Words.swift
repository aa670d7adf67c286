/// Edits of whole words.
extension EditWork {
  /// Leaves out a share of the words, each with the blank before it.
  mutating func wordDeletion(_ text: String, percent: Int) -> String {
    let cut = EditTokens(text)
    let places = cut.wordPlaces
    guard places.count > 1 else { return text }
    let mask = random.mask(cut.tokens.count, eligible: places, percent: percent)
    var kept: [EditTokens.Token] = []
    for (i, token) in cut.tokens.enumerated() where !mask[i] {
      if token.isBlank, kept.last?.isBlank ?? true { continue }
      kept.append(token)
    }
    return EditTokens.join(kept[...])
  }

  /// Replaces a share of the words, those with a synonym first.
  ///
  /// Where the synonyms run out, another word takes the place: one of the synonym list, or, for
  /// a word with letters beyond ASCII, one of the text.
  mutating func wordSubstitution(_ text: String, percent: Int) -> String {
    var cut = EditTokens(text)
    let places = cut.wordPlaces.filter { !WordParts(cut.tokens[$0].scalars).core.isEmpty }
    guard places.count > 1 else { return text }
    let known = places.filter { synonyms(cut, $0) != nil }
    let unknown = places.filter { synonyms(cut, $0) == nil }
    let wanted = max(1, places.count * percent / 100)
    let chosen = random.sample(wanted, of: known)
    let stock = places.map { WordParts(cut.tokens[$0].scalars) }
    for place in chosen + random.sample(wanted - chosen.count, of: unknown) {
      let parts = WordParts(cut.tokens[place].scalars)
      let other: String?
      if let synonyms = synonyms(cut, place) {
        other = random.pick(synonyms)
      } else if parts.core.allSatisfy(\.isASCII) {
        other = random.pick(EditLexicon.synonyms)?.first
      } else {
        other = random.pick(stock).map { $0.key }
      }
      cut.replace(place, by: parts.with(core: other ?? parts.key))
    }
    return cut.text
  }

  private func synonyms(_ cut: EditTokens, _ place: Int) -> [String]? {
    EditLexicon.synonyms(of: WordParts(cut.tokens[place].scalars).key)
  }

  /// Chat spelling: the list, and `X-X`, `X-Xnya`, `X-Xan` as `X2`, `X2nya`, `X2an`.
  func slang(_ text: String) -> String {
    var cut = EditTokens(text)
    for place in cut.wordPlaces {
      let parts = WordParts(cut.tokens[place].scalars)
      let key = parts.key
      if let short = EditLexicon.slangSpelling(of: key) ?? Self.folded(reduplication: key) {
        cut.replace(place, by: parts.with(core: short))
      }
    }
    return cut.text
  }

  /// `anak2nya` for `anak-anaknya`; nil for a word that is not doubled.
  private static func folded(reduplication word: String) -> String? {
    let scalars = Array(word.unicodeScalars)
    guard let dash = scalars.firstIndex(of: "-"), dash >= 2 else { return nil }
    let first = scalars[..<dash]
    let second = scalars[(dash + 1)...]
    guard second.starts(with: first) else { return nil }
    let tail = second.dropFirst(first.count)
    guard tail.allSatisfy(EditScalars.isASCIILetter), tail.count <= 3 else { return nil }
    return text(first) + "2" + text(tail)
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// An emoji after a share of the words.
  mutating func emoji(_ text: String, percent: Int) -> String {
    changeWords(text, percent: percent, where: { _ in true }) { random, word in
      word + Array((" " + (random.pick(EditLexicon.emoji) ?? "")).unicodeScalars)
    }
  }

  /// A share of the words of four letters or more with blanks between their letters.
  mutating func spacedLetters(_ text: String, percent: Int) -> String {
    changeWords(text, percent: percent, where: Self.hasFourASCIILetters) { _, word in
      var result: [Unicode.Scalar] = []
      for scalar in word {
        if let last = result.last, EditScalars.isWordScalar(last), EditScalars.isWordScalar(scalar)
        {
          result.append(" ")
        }
        result.append(scalar)
      }
      return result
    }
  }

  private static func hasFourASCIILetters(_ word: [Unicode.Scalar]) -> Bool {
    let core = WordParts(word).core
    return core.count >= 4 && core.allSatisfy(EditScalars.isASCIILetter)
  }

  /// One vowel drawn out to three to five in a share of the words that have one.
  mutating func elongation(_ text: String, percent: Int) -> String {
    changeWords(text, percent: percent, where: { $0.contains(where: Self.isVowel) }) {
      random,
      word in
      let vowels = word.indices.filter { Self.isVowel(word[$0]) }
      guard let place = random.pick(vowels) else { return word }
      let drawn = [Unicode.Scalar](repeating: word[place], count: random.within(3...5))
      return Array(word[..<place]) + drawn + Array(word[(place + 1)...])
    }
  }

  private static func isVowel(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a", "e", "i", "o", "u", "A", "E", "I", "O", "U": true
    default: false
    }
  }

  /// Direction controls: a tenth of the words reversed inside an override, a tenth isolated.
  ///
  /// U+202E shows the reversed letters in their old order; U+2066 and U+200F show nothing.
  mutating func bidi(_ text: String) -> String {
    let turned = changeWords(text, percent: 10, where: Self.hasFourASCIILetters) { _, word in
      ["\u{202E}"] + word.reversed() + ["\u{202C}"]
    }
    return changeWords(turned, percent: 10, where: Self.hasFourASCIILetters) { random, word in
      random.below(2) == 0 ? ["\u{2066}"] + word + ["\u{2069}"] : ["\u{200F}"] + word
    }
  }

  /// Every noun of the picture list by its emoji.
  func emojiAsWords(_ text: String) -> String {
    var cut = EditTokens(text)
    for place in cut.wordPlaces {
      let parts = WordParts(cut.tokens[place].scalars)
      guard let picture = EditLexicon.picture(of: parts.key) else { continue }
      cut.replace(place, by: parts.with(core: picture))
    }
    return cut.text
  }

  /// Puts `change` in the place of a share of the words that `eligible` accepts.
  private mutating func changeWords(
    _ text: String,
    percent: Int,
    where eligible: ([Unicode.Scalar]) -> Bool,
    _ change: (inout EditRandom, [Unicode.Scalar]) -> [Unicode.Scalar]
  ) -> String {
    var cut = EditTokens(text)
    let places = cut.wordPlaces.filter { eligible(cut.tokens[$0].scalars) }
    let mask = random.mask(cut.tokens.count, eligible: places, percent: percent)
    for place in places where mask[place] {
      cut.replace(place, by: change(&random, cut.tokens[place].scalars))
    }
    return cut.text
  }
}
