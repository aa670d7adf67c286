/// Makes a labelled corpus out of texts: edited copies of some, traps out of others.
///
/// ```
/// bases        original + one copy of each kind, or + a few copies    one group each
/// distractors  the first as boilerplate pages of one site,            singles
///              the next as posts in a chat frame, the rest as they are
/// digests      quote the leads of four bases                          singles
/// splices      half of one base, half of the next                     singles
/// ```
/// A distractor that is used for a page or a post does not also stand alone, so no single is a
/// copy of another. The distractors must not be copies of each other or of the bases.
public struct EditMatrix: Sendable {
  /// How many copies a story has.
  public enum Regime: Hashable, Sendable {
    /// One copy of each kind: 28 documents a story with the twenty-seven of the matrix.
    case oneOfEachKind
    /// Between so many and so many copies beside the original, of kinds drawn for each story.
    case few(ClosedRange<Int>)
  }

  /// How many traps are made.
  public struct Traps: Hashable, Sendable {
    /// Round-ups that quote the leads of ``storiesPerDigest`` bases.
    public var digests = 0
    /// How many bases a round-up quotes.
    public var storiesPerDigest = 4
    /// Distractors inside the frame of one site.
    public var boilerplatePages = 0
    /// Distractors with a chat header and footer.
    public var prefixedPosts = 0
    /// Texts of two halves.
    public var splices = 0

    /// No traps.
    public init() {}

    /// So many of each trap.
    public init(digests: Int, boilerplatePages: Int, prefixedPosts: Int, splices: Int) {
      self.digests = digests
      self.boilerplatePages = boilerplatePages
      self.prefixedPosts = prefixedPosts
      self.splices = splices
    }
  }

  /// The seed of all choices and edits.
  public var seed: UInt64
  /// How many copies a story has.
  public var regime: Regime
  /// The kinds copies are made by; ``EditKind/splice`` among them is passed over.
  public var kinds: [EditKind]
  /// The traps.
  public var traps: Traps
  /// The site of the boilerplate pages.
  public var pageChrome: SiteChrome
  /// Where copies appear; each copy in another place than its original.
  public var repostSources: [String]

  /// Sites and groups that repost.
  public static let repostSources = [
    "suaradermaga.example", "lintaslembah.example", "grup tetangga", "pantauanwarga.example",
    "grup angkatan", "catatansore.example", "kanal obrolan pasar", "grup pengajian ibu",
  ]

  /// Makes a recipe.
  public init(
    seed: UInt64,
    regime: Regime,
    kinds: [EditKind] = EditKind.matrix,
    traps: Traps = Traps(),
    pageChrome: SiteChrome = SiteChrome.builtIn[0],
    repostSources: [String] = EditMatrix.repostSources
  ) {
    self.seed = seed
    self.regime = regime
    self.kinds = kinds.filter { $0 != .splice }
    self.traps = traps
    self.pageChrome = pageChrome
    self.repostSources = repostSources
  }

  /// Makes the corpus.
  ///
  /// - Parameters:
  ///   - bases: the stories to be copied; their ids must be unique.
  ///   - distractors: texts nobody copies; pages and posts are made of the first ones.
  /// - Returns: the documents with the truth and the labelled pairs. Fewer traps than asked for
  ///   are made where texts run out.
  /// - Complexity: O(total length of the documents made).
  public func build(
    bases: [EvaluationDocument],
    distractors: [EvaluationDocument] = []
  ) -> LabelledCorpus {
    var corpus = LabelledCorpus()
    for base in bases { corpus.append(story(of: base)) }
    corpus.append(digests(of: bases))
    corpus.append(splices(of: bases))
    let pages = distractors.prefix(max(0, traps.boilerplatePages))
    let posts = distractors.dropFirst(pages.count).prefix(max(0, traps.prefixedPosts))
    corpus.append(boilerplatePages(Array(pages)))
    corpus.append(prefixedPosts(Array(posts)))
    for plain in distractors.dropFirst(pages.count + posts.count) { corpus.appendSingle(plain) }
    return corpus
  }

  /// One base and its copies, later and elsewhere.
  public func story(of base: EvaluationDocument) -> LabelledCorpus {
    var corpus = LabelledCorpus()
    corpus.documents.append(base)
    var random = random("story", base.id)
    var time = base.time.flatMap(RepostTime.init)
    for kind in chosenKinds(&random) {
      time?.add(minutes: random.within(20...4320))
      let copy = copy(of: base, by: kind, at: time?.text, &random)
      corpus.documents.append(copy)
      corpus.pairs.append(LabelledPair(base.id, copy.id, label: "copy"))
    }
    corpus.truth = [corpus.documents.map(\.id)]
    return corpus
  }

  private func chosenKinds(_ random: inout EditRandom) -> [EditKind] {
    switch regime {
    case .oneOfEachKind: kinds
    case .few(let range): random.sample(random.within(range), of: kinds)
    }
  }

  private func copy(
    of base: EvaluationDocument,
    by kind: EditKind,
    at time: String?,
    _ random: inout EditRandom
  ) -> EvaluationDocument {
    let elsewhere = repostSources.filter { $0 != base.source }
    var source = random.pick(elsewhere)
    let site = random.pick(SiteChrome.builtIn)
    var chrome: SiteChrome?
    if kind == .siteWrap || kind == .mixedTruncationTypoWrap && random.below(2) == 0 {
      chrome = site
      source = site?.source
    }
    let generator = EditGenerator(seed: seed)
    return EvaluationDocument(
      id: base.id + "~" + kind.name,
      text: generator.apply(kind, to: base.text, chrome: chrome),
      source: base.source == nil ? nil : source,
      time: time,
      base: base.id,
      kind: kind.name
    )
  }

  /// A sequence of its own for each purpose and text.
  func random(_ purpose: String, _ id: String) -> EditRandom {
    EditRandom(seed: stableHash(id, seed: stableHash(purpose)) ^ (seed &* 0x9E37_79B9_7F4A_7C15))
  }
}
