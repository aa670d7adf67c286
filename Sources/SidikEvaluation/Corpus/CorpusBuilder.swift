/// Makes the bundled corpora out of their hand-written bases.
///
/// The committed files of `corpora/reposts` and `corpora/pages` are this builder's output from
/// `corpora/bases` with ``seed``.
public enum CorpusBuilder {
  /// The seed of the bundled corpora.
  public static let seed: UInt64 = 20_240_117

  /// Texts up to so many words are in no generated digest or splice.
  ///
  /// The lead of a chat message is most of the message.
  private static let shortestQuoted = 120

  /// A hand-written text and what it is for.
  public struct Base: Sendable {
    /// The text with its fields.
    public var document: EvaluationDocument
    /// What is made of it.
    public var role: Role
    /// The headline, which pages show above the text.
    public var title: String?
    /// The ids a digest quotes.
    public var quotes: [String]

    /// Makes a base.
    public init(
      _ document: EvaluationDocument,
      role: Role,
      title: String? = nil,
      quotes: [String] = []
    ) {
      self.document = document
      self.role = role
      self.title = title
      self.quotes = quotes
    }
  }

  /// What is made of a base.
  public enum Role: Hashable, Sendable {
    /// A story with two to five copies.
    case story
    /// A story with one copy of each kind that exists.
    case storyOfEveryKind
    /// A story in another script: two to four copies of the kinds that suit any script.
    case foreignStory
    /// Stands as it is; two singles of one trap are labelled by its name, up to a colon.
    ///
    /// What follows the colon tells families of one trap apart: `template:bank`.
    case single(trap: String?)
    /// Stands inside the frame of the bundled site.
    case framed
    /// Stands with a chat header and footer.
    case prefixed
  }

  /// Makes the documents with their truth.
  ///
  /// - Parameters:
  ///   - bases: the hand-written texts, in their order in the files.
  ///   - chrome: the frame of the bundled site.
  /// - Returns: documents in the order of the bases, each with its copies; then digests of the
  ///   generator's own, splices, framed pages and prefixed posts.
  public static func build(_ bases: [Base], chrome: SiteChrome) -> LabelledCorpus {
    var few = EditMatrix(seed: seed, regime: .few(2...5), pageChrome: chrome)
    few.kinds += EditKind.further
    var every = few
    every.regime = .oneOfEachKind
    let foreign = EditMatrix(seed: seed, regime: .few(2...4), kinds: EditKind.anyScript)
    var corpus = LabelledCorpus()
    for base in bases {
      switch base.role {
      case .story: corpus.append(few.story(of: base.document))
      case .storyOfEveryKind: corpus.append(every.story(of: base.document))
      case .foreignStory: corpus.append(foreign.story(of: base.document))
      case .single(let trap): corpus.append(single(base, trap: trap))
      case .framed, .prefixed: break
      }
    }
    corpus.pairs += trapPairs(bases)
    few.traps = EditMatrix.Traps(digests: 2, boilerplatePages: 0, prefixedPosts: 0, splices: 3)
    let stories = documents(bases, .story).filter {
      EditTokens($0.text).wordPlaces.count > shortestQuoted
    }
    corpus.append(few.digests(of: stories))
    corpus.append(few.splices(of: stories))
    corpus.append(few.boilerplatePages(documents(bases, .framed)))
    corpus.append(few.prefixedPosts(documents(bases, .prefixed)))
    return corpus
  }

  private static func documents(_ bases: [Base], _ role: Role) -> [EvaluationDocument] {
    bases.filter { $0.role == role }.map(\.document)
  }

  private static func single(_ base: Base, trap: String?) -> LabelledCorpus {
    var corpus = LabelledCorpus()
    var document = base.document
    document.kind = trap.map(label) ?? document.kind
    corpus.appendSingle(document)
    corpus.pairs = base.quotes.map { LabelledPair(document.id, $0, label: "digest") }
    return corpus
  }

  /// Every two singles of one trap.
  private static func trapPairs(_ bases: [Base]) -> [LabelledPair] {
    var pairs: [LabelledPair] = []
    for (i, a) in bases.enumerated() {
      guard case .single(let trap?) = a.role else { continue }
      for b in bases[(i + 1)...] where b.role == a.role {
        pairs.append(LabelledPair(a.document.id, b.document.id, label: label(trap)))
      }
    }
    return pairs
  }

  /// The name of a trap without its family.
  private static func label(_ trap: String) -> String {
    trap.split(separator: ":").first.map { String($0) } ?? trap
  }

  // MARK: Pages

  /// A page of plain text: the headline, the article once.
  public static func oncePage(_ base: Base) -> String {
    heading(base) + base.document.text + "\n"
  }

  /// The page a careless scraper makes: the article twice, and a line after it.
  ///
  /// The second copy has one line broken in two, after the word in the middle of its longest
  /// paragraph, so that no line-by-line comparison sees the copies as equal.
  ///
  /// - Parameters:
  ///   - base: the article.
  ///   - tail: the line after the second copy.
  /// - Returns: the text of the page.
  public static func twicePage(_ base: Base, tail: String) -> String {
    oncePage(base) + heading(base) + broken(base.document.text) + "\n" + tail + "\n"
  }

  /// A page of the bundled site: its navigation, the headline and article, links and footer.
  public static func framedPage(_ base: Base, chrome: SiteChrome) -> String {
    [chrome.header, heading(base) + base.document.text, chrome.related, chrome.footer]
      .joined(separator: "\n") + "\n"
  }

  private static func heading(_ base: Base) -> String { base.title.map { $0 + "\n\n" } ?? "" }

  /// The text with its longest line broken at the blank after its middle word.
  private static func broken(_ text: String) -> String {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0) }
    var longest = 0
    for (i, line) in lines.enumerated()
    where line.unicodeScalars.count > lines[longest].unicodeScalars.count {
      longest = i
    }
    let cut = EditTokens(lines[longest])
    let words = cut.wordPlaces.count
    lines[longest] =
      cut.excerpt(words: 0..<(words / 2)) + "\n" + cut.excerpt(words: (words / 2)..<words)
    return lines.joined(separator: "\n")
  }
}
