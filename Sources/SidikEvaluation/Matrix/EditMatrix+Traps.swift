/// Documents that share wording with others and yet are copies of none.
extension EditMatrix {
  /// Round-ups, each quoting the leads of some bases between lines of its own.
  func digests(of bases: [EvaluationDocument]) -> LabelledCorpus {
    var corpus = LabelledCorpus()
    guard traps.storiesPerDigest > 0, bases.count >= traps.storiesPerDigest else { return corpus }
    for number in 0..<max(0, traps.digests) {
      var random = random("digest", String(number))
      let quoted = random.sample(traps.storiesPerDigest, of: bases)
      let id = "digest-\(number + 1)"
      let leads = quoted.enumerated().map { "\($0 + 1). " + Self.lead(of: $1.text) }
      corpus.appendSingle(
        EvaluationDocument(
          id: id,
          text: (["Rangkuman pagi: yang ramai dibicarakan sepekan ini."] + leads
            + ["Selengkapnya di halaman masing-masing."]).joined(separator: "\n\n"),
          source: bases.contains { $0.source != nil } ? "rangkumanpagi.example" : nil,
          time: quoted.compactMap(\.time).max(),
          kind: "digest"
        )
      )
      corpus.pairs += quoted.map { LabelledPair(id, $0.id, label: "digest") }
    }
    return corpus
  }

  /// The first sentences of a text up to some forty words, at least one sentence.
  static func lead(of text: String) -> String {
    var words = 0
    var lead: [String] = []
    for sentence in EditWork.sentences(text) {
      lead.append(sentence)
      words += EditTokens(sentence).wordPlaces.count
      if words >= 25 { break }
    }
    let joined = lead.joined(separator: " ")
    return EditTokens(joined).excerpt(words: 0..<60)
  }

  /// Texts made of the first half of one base and the second half of another.
  func splices(of bases: [EvaluationDocument]) -> LabelledCorpus {
    var corpus = LabelledCorpus()
    guard bases.count > 1 else { return corpus }
    for number in 0..<max(0, traps.splices) {
      var random = random("splice", String(number))
      let two = random.sample(2, of: bases)
      let id = "splice-\(number + 1)"
      let text = EditGenerator(seed: seed)
        .apply(.splice, to: two[0].text, with: two[1].text, variant: UInt64(number))
      corpus.appendSingle(
        EvaluationDocument(
          id: id,
          text: text,
          source: two[0].source.map { _ in "gardakabar.example" },
          time: two.compactMap(\.time).max(),
          kind: "splice"
        )
      )
      corpus.pairs += two.map { LabelledPair(id, $0.id, label: "splice") }
    }
    return corpus
  }

  /// Other texts inside the frame of one site.
  public func boilerplatePages(_ texts: [EvaluationDocument]) -> LabelledCorpus {
    framed(texts, label: "chrome") { document in
      document.text = pageChrome.wrap(document.text)
      document.source = pageChrome.source
    }
  }

  /// Other texts with one and the same chat header and footer.
  public func prefixedPosts(_ texts: [EvaluationDocument]) -> LabelledCorpus {
    var random = random("prefix", "")
    let header = random.pick(EditLexicon.forwardHeaders) ?? ""
    let footer = random.pick(EditLexicon.forwardFooters) ?? ""
    return framed(texts, label: "prefixed") { document in
      document.text = header + "\n\n" + document.text + "\n\n" + footer
    }
  }

  /// Singles changed by `frame`; neighbours are labelled as the trap they are.
  private func framed(
    _ texts: [EvaluationDocument],
    label: String,
    _ frame: (inout EvaluationDocument) -> Void
  ) -> LabelledCorpus {
    var corpus = LabelledCorpus()
    for text in texts {
      var document = text
      document.kind = label
      frame(&document)
      if let last = corpus.documents.last {
        corpus.pairs.append(LabelledPair(last.id, document.id, label: label))
      }
      corpus.appendSingle(document)
    }
    return corpus
  }
}
