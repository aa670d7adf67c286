/// Edits of passages: cut, frame, double, reorder, join.
extension EditWork {
  /// Runs one of the block edits; any other kind gives the text as it is.
  mutating func applyBlock(_ kind: EditKind, to text: String) -> String {
    switch kind {
    case .truncation(let kept): truncation(text, keptPercent: kept)
    case .excerpt(let percent, let start): passage(text, from: start, percent: percent)
    case .cutBothEnds: passage(text, from: 20, percent: 60)
    case .splice: splice(text)
    case .doubled: text + "\n\n" + text
    case .sentenceShuffle: sentenceShuffle(text)
    case .forwardPrefix: forwardPrefix(text)
    case .siteWrap: siteWrap(text)
    default: text
    }
  }

  /// The first words, at least one.
  func truncation(_ text: String, keptPercent: Int) -> String {
    passage(text, from: 0, percent: keptPercent)
  }

  /// `percent` of the words, starting `start` percent into the text, at least one word.
  private func passage(_ text: String, from start: Int, percent: Int) -> String {
    let cut = EditTokens(text)
    let words = cut.wordPlaces.count
    guard words > 1 else { return text }
    let first = words * start / 100
    return cut.excerpt(words: first..<min(words, first + max(1, words * percent / 100)))
  }

  /// The first half of the words here, the second half of the other text's words.
  private func splice(_ text: String) -> String {
    let tail = EditTokens(other)
    let words = tail.wordPlaces.count
    let second = tail.excerpt(words: (words / 2)..<words)
    let first = truncation(text, keptPercent: 50)
    return second.isEmpty ? first : first + "\n\n" + second
  }

  /// The sentences in another order, never in the old one where there are two.
  private mutating func sentenceShuffle(_ text: String) -> String {
    let sentences = Self.sentences(text)
    guard sentences.count > 1 else { return text }
    var order = Array(sentences.indices)
    random.shuffle(&order)
    if order == Array(sentences.indices) { order.append(order.removeFirst()) }
    return order.map { sentences[$0] }.joined(separator: " ")
  }

  /// The sentences without the blanks between them; a line end ends a sentence too.
  static func sentences(_ text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    var found: [String] = []
    var current = String.UnicodeScalarView()
    func close() {
      let sentence = EditTokens(String(current))
      let trimmed = sentence.excerpt(words: 0..<sentence.wordPlaces.count)
      if !trimmed.isEmpty { found.append(trimmed) }
      current = String.UnicodeScalarView()
    }
    for (i, scalar) in scalars.enumerated() {
      if scalar == "\n" || scalar == "\r" {
        close()
        continue
      }
      current.append(scalar)
      let nextIsBlank = i + 1 == scalars.count || EditScalars.isBlank(scalars[i + 1])
      if EditScalars.endsSentence(scalar)
        || EditScalars.endsSentenceBeforeBlank(scalar) && nextIsBlank
      {
        close()
      }
    }
    close()
    return found
  }

  /// One of the chat headers before the text, one of the footers after it.
  mutating func forwardPrefix(_ text: String) -> String {
    let header = random.pick(EditLexicon.forwardHeaders) ?? ""
    let footer = random.pick(EditLexicon.forwardFooters) ?? ""
    return header + "\n\n" + text + "\n\n" + footer
  }

  /// The text as a page of the given site, or of one drawn.
  mutating func siteWrap(_ text: String) -> String {
    let drawn = random.pick(SiteChrome.builtIn)
    return (chrome ?? drawn)?.wrap(text) ?? text
  }
}
