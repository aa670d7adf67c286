@_spi(Kernels) internal import SidikCore
internal import SidikIndex
@_spi(Kernels) internal import SidikPassages

/// Compares pairs of documents on their real features: the only place where edges are made.
///
/// One verifier belongs to one thread. The longer document of a pair is taken apart once for all
/// pairs that follow each other with it (see ``order(_:_:_:)``); a pair then costs time in the
/// shorter document only.
final class Verifier {
  private let corpus: Corpus
  private let reader: TextReader
  private let signatures: SignatureReader
  private let nodes: Nodes
  let rule: VerificationRule
  private let weights: GramWeights?
  private let tools: VerifierTools
  /// Tells templates from copies; nil where the rule finds none.
  let templates: TemplateJudge?
  private var prepared = -1
  private var preparedPassages = -1
  private var weightsPrepared = -1
  private var sizes: [NodeSize]

  /// Makes a verifier for one thread.
  ///
  /// - Parameters:
  ///   - corpus: the sketched documents.
  ///   - nodes: their distinct texts.
  ///   - profile: the unit of the features and the rule.
  ///   - keys: the hash constants.
  ///   - weights: for weighted containment; nil weighs all features alike.
  ///   - sizes: sizes known before, by node; others are measured when they are needed.
  ///   - traits: what nodes could hold in slots, likewise.
  ///   - tools: those of a verifier before this one, of the same profile, keys and weights; nil makes new ones.
  init(
    corpus: Corpus,
    nodes: Nodes,
    profile: Profile,
    keys: HashKeys,
    weights: GramWeights?,
    sizes: [NodeSize] = [],
    traits: [SlotTraits] = [],
    tools: VerifierTools? = nil
  ) {
    self.corpus = corpus
    reader = TextReader(corpus)
    signatures = SignatureReader(corpus.signatures)
    self.nodes = nodes
    rule = profile.rule
    self.weights = weights
    let tools = tools ?? VerifierTools(profile, keys, weights)
    self.tools = tools
    templates = profile.rule.template.flatMap { rule in
      tools.slots.map { TemplateJudge(rule, corpus, nodes, $0, traits) }
    }
    self.sizes = sizes.isEmpty ? [NodeSize](repeating: NodeSize(), count: nodes.count) : sizes
  }

  /// Makes the verifier of one of the run's threads.
  convenience init(
    _ corpus: Corpus,
    _ nodes: Nodes,
    _ configuration: PipelineConfiguration,
    _ weights: GramWeights?,
    _ sizes: [NodeSize] = [],
    _ traits: [SlotTraits] = []
  ) {
    self.init(
      corpus: corpus,
      nodes: nodes,
      profile: configuration.profile,
      keys: configuration.keys,
      weights: weights,
      sizes: sizes,
      traits: traits
    )
  }

  /// Asks for the texts of pairs that will be compared soon.
  func prefetch(_ pairs: ArraySlice<UInt64>) {
    reader.prefetch(
      pairs.lazy.flatMap { [nodes] in
        [nodes.first(Int($0 >> 32)), nodes.first(Int($0 & 0xFFFF_FFFF))]
      }
    )
  }

  /// What the features of two nodes have in common.
  func overlap(_ a: Int, _ b: Int) -> Overlap { measured(a, b, weighs: false).overlap }

  /// Compares two nodes and measures all that can be.
  ///
  /// - Returns: all measures, and the level where the rule makes the pair an edge.
  func scores(_ a: Int, _ b: Int) -> PairScores { scores(a, b, known: nil) }

  /// Compares two nodes; nothing is measured that could not make them an edge.
  ///
  /// - Returns: the measures of an edge, or nil.
  func edge(_ a: Int, _ b: Int) -> PairScores? {
    var known: PassageCoverage?
    if rule.containment != nil, !isLikely(a, b) {
      let coverage = coverage(a, b, least: leastCoverage(a, b))
      if coverage.ofShorter < min(rule.coverage, rule.related ?? 1),
        !isTemplate(a, b, coverage.ofShorter)
      {
        return nil
      }
      known = coverage
    }
    let scores = scores(a, b, known: known)
    return scores.level == nil ? nil : scores
  }

  /// Whether a pair may reach the rule's Jaccard similarity: its signatures come near.
  private func isLikely(_ a: Int, _ b: Int) -> Bool {
    let slots = Double(OnePermutationMinHash.slots)
    let least = min(rule.jaccard, rule.strictJaccard)
    let error = (least * (1 - least) / slots).squareRoot()
    let equal = signatures.equalSlots(nodes.first(a), nodes.first(b))
    return Double(equal) >= slots * (least - 5 * error)
  }

  private func scores(_ a: Int, _ b: Int, known: PassageCoverage?) -> PairScores {
    let (overlap, containment) = measured(a, b, weighs: true)
    var scores = PairScores(overlap)
    if weights != nil { scores.weighted = containment }
    scores.coverage = known?.ofShorter
    judge(&scores, a, b, overlap, known)
    judgeSlots(&scores, a, b, known)
    if let related = rule.related, scores.level == nil,
      min(scalars(a), scalars(b)) >= rule.strictBelow,
      scores.coverage ?? coverage(a, b).ofShorter >= related
    {
      scores.level = .related
    }
    return scores
  }

  /// Applies the rule; measures passages only where the rule asks for them.
  private func judge(
    _ scores: inout PairScores,
    _ a: Int,
    _ b: Int,
    _ overlap: Overlap,
    _ known: PassageCoverage?
  ) {
    let shorter = min(scalars(a), scalars(b))
    if shorter < rule.exactBelow { return }
    if shorter < rule.strictBelow {
      if scores.jaccard >= rule.strictJaccard {
        scores.level = .copy
      } else if overlap.containment == 1, isRare(a, b), self.coverage(a, b).ofShorter == 1 {
        (scores.coverage, scores.level) = (1, .excerpt)
      }
      return
    }
    if scores.jaccard >= rule.jaccard {
      scores.level = scores.jaccard >= rule.copyJaccard ? .copy : .variant
      return
    }
    guard let least = rule.containment, scores.weighted >= least,
      overlap.shared >= rule.leastShared
    else { return }
    let coverage = known ?? self.coverage(a, b)
    scores.coverage = coverage.ofShorter
    scores.core = coverage.core
    if coverage.ofShorter < rule.coverage { return }
    if min(coverage.ofShorter, coverage.ofLonger) >= rule.copyCoverage {
      scores.level = .copy
    } else {
      scores.level = coverage.ofLonger < rule.excerptCoverage ? .excerpt : .variant
    }
  }

  /// Whether the features of the shorter of two nodes are rare enough for a few words to count.
  private func isRare(_ a: Int, _ b: Int) -> Bool {
    guard let rarity = rule.verbatimRarity, weights != nil else { return false }
    let shorter = size(isLonger(a, than: b) ? b : a)
    return Double(shorter.mass) >= rarity * 65_536 * Double(shorter.distinct)
  }

  /// How much of two nodes stands in passages that both have; nothing where it may be less than
  /// `least` of the shorter.
  func coverage(_ a: Int, _ b: Int, least: Double = 0) -> PassageCoverage {
    let (long, short) = isLonger(a, than: b) ? (a, b) : (b, a)
    preparePassages(long)
    return unsafe tools.passages.measure(
      shorter: tools.characters.sequence(reader.text(nodes.first(short))),
      isDense: size(short).isDense,
      least: least
    )
  }

  /// The overlap of two nodes' features, the first's side first, and the larger weighted
  /// containment.
  private func measured(
    _ a: Int,
    _ b: Int,
    weighs: Bool
  ) -> (overlap: Overlap, containment: Double) {
    let (long, short) = isLonger(a, than: b) ? (a, b) : (b, a)
    prepare(long)
    if weighs { weigh(long) }
    let text = unsafe reader.text(nodes.first(short))
    let sequence = unsafe tools.extractor.sequence(text)
    let shared = unsafe tools.features.shared(with: sequence)
    if !sizes[short].isKnown {
      sizes[short] = unsafe NodeSize(sequence, text, weights, tools.census)
    }
    let (first, second) = (size(a), size(b))
    let overlap = Overlap(
      shared: shared.count,
      first: Int(first.distinct),
      second: Int(second.distinct)
    )
    let least = min(first.mass, second.mass)
    return (overlap, least > 0 ? Double(shared.weight) / Double(least) : 0)
  }

  private func prepare(_ node: Int) {
    if prepared == node { return }
    let text = unsafe reader.text(nodes.first(node))
    unsafe tools.features.prepare(longer: tools.extractor.sequence(text))
    if weights == nil, !sizes[node].isKnown {
      sizes[node] = unsafe NodeSize(distinct: tools.features.distinct, text)
    }
    prepared = node
    weightsPrepared = -1
    if tools.passagesAreFeatures { preparedPassages = node }
  }

  private func preparePassages(_ node: Int) {
    if preparedPassages == node { return }
    if tools.passagesAreFeatures { return prepare(node) }
    unsafe tools.passages.prepare(longer: tools.characters.sequence(reader.text(nodes.first(node))))
    preparedPassages = node
  }

  /// Looks the weights of the prepared document's features up.
  private func weigh(_ node: Int) {
    guard let weights, weightsPrepared != node else { return }
    tools.features.weigh(weights)
    weightsPrepared = node
  }

  private func size(_ node: Int) -> NodeSize {
    if sizes[node].isKnown { return sizes[node] }
    let text = unsafe reader.text(nodes.first(node))
    let size = unsafe NodeSize(tools.sizer.sequence(text), text, weights, tools.census)
    sizes[node] = size
    return size
  }

  func scalars(_ node: Int) -> Int { corpus.documents.rows[nodes.first(node)].scalars }

  func isLonger(_ a: Int, than b: Int) -> Bool {
    let (x, y) = (
      corpus.documents.rows[nodes.first(a)].textLength,
      corpus.documents.rows[nodes.first(b)].textLength
    )
    return x != y ? x > y : a < b
  }

  /// Pairs in the order that costs least: those of one longer document together, so that it is
  /// taken apart once.
  ///
  /// - Returns: the longer member in the high half, ascending.
  static func order(_ pairs: [UInt64], _ corpus: Corpus, _ nodes: Nodes) -> [UInt64] {
    pairs.map { pair -> UInt64 in
      let (a, b) = CandidatePairs.unpack(pair)
      let (x, y) = (
        corpus.documents.rows[nodes.first(a)].textLength,
        corpus.documents.rows[nodes.first(b)].textLength
      )
      let aIsLonger = x != y ? x > y : a < b
      return aIsLonger ? UInt64(a) << 32 | UInt64(b) : UInt64(b) << 32 | UInt64(a)
    }.sorted()
  }
}
