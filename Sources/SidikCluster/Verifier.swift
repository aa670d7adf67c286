internal import SidikCore
internal import SidikIndex
internal import SidikPassages

/// The measures of a compared pair.
public struct PairScores: Sendable, Hashable {
  /// Shared features by all features.
  public var jaccard: Double
  /// The share of the first document's features that stand in the second.
  public var containmentOfFirst: Double
  /// The share of the second document's features that stand in the first.
  public var containmentOfSecond: Double
  /// The larger containment, features weighted by rarity where the profile says so.
  public var weighted: Double
  /// The share of the shorter document covered in order; nil where it did not have to be measured.
  public var coverage: Double?
  /// What the pair is; nil where it is no edge.
  public var level: Level?

  /// The larger containment, every feature counting alike.
  public var containment: Double { max(containmentOfFirst, containmentOfSecond) }
}

extension PairScores {
  /// The measures of an overlap, all features counting alike; no level.
  init(_ overlap: Overlap) {
    self.init(
      jaccard: overlap.jaccard,
      containmentOfFirst: overlap.containmentOfFirst,
      containmentOfSecond: overlap.containmentOfSecond,
      weighted: overlap.containment
    )
  }
}

/// The features of one document as verification needs them.
final class FeatureSet {
  let features: [UInt64]
  let weights: [Float]
  let total: Double
  let scalars: Int

  init(features: [UInt64], weights: [Float], scalars: Int) {
    self.features = features
    self.weights = weights
    self.scalars = scalars
    total = weights.isEmpty ? Double(features.count) : weights.reduce(0) { $0 + Double($1) }
  }

  /// Rough size in memory.
  var byteCount: Int { 8 * features.count + 4 * weights.count + 96 }
}

/// Compares pairs of documents on their real features: the only place where edges are made.
///
/// One verifier belongs to one thread. Features of recent documents are kept up to a budget,
/// since pairs come sorted by their first member.
final class Verifier {
  private let corpus: Corpus
  private let nodes: Nodes
  private let rule: VerificationRule
  private let frequencies: DocumentFrequencies?
  private let extractor: FeatureExtractor
  private var prepared = -1
  private let coverage = CoverageMeter()
  private let budget: Int
  private var cache: [Int: FeatureSet] = [:]
  private var cachedBytes = 0

  /// Makes a verifier for one thread.
  ///
  /// - Parameters:
  ///   - corpus: the sketched documents.
  ///   - nodes: their distinct texts.
  ///   - profile: the unit of the features and the rule.
  ///   - keys: the hash constants.
  ///   - frequencies: for weighted containment; nil weighs all features alike.
  ///   - budget: bytes of features to keep.
  init(
    corpus: Corpus,
    nodes: Nodes,
    profile: Profile,
    keys: HashKeys,
    frequencies: DocumentFrequencies?,
    budget: Int
  ) {
    self.corpus = corpus
    self.nodes = nodes
    rule = profile.rule
    self.frequencies = frequencies
    self.budget = budget
    extractor = FeatureExtractor(unit: profile.unit, keys: keys)
  }

  /// Makes the verifier of one of the run's threads, with its part of the budget.
  convenience init(
    _ corpus: Corpus,
    _ nodes: Nodes,
    _ configuration: PipelineConfiguration,
    _ frequencies: DocumentFrequencies?
  ) {
    self.init(
      corpus: corpus,
      nodes: nodes,
      profile: configuration.profile,
      keys: configuration.keys,
      frequencies: frequencies,
      budget: configuration.featureBudget / max(1, configuration.threads)
    )
  }

  /// The feature set of a node, from the cache or its text.
  func set(_ node: Int) -> FeatureSet {
    if let known = cache[node] { return known }
    let document = nodes.first(node)
    let features = unsafe Array(extractor.set(corpus.text(document)))
    let weights = frequencies.map { table in features.map { table.weight($0) } } ?? []
    let made = FeatureSet(
      features: features,
      weights: weights,
      scalars: corpus.documents.rows[document].scalars
    )
    if cachedBytes + made.byteCount > budget {
      cache.removeAll(keepingCapacity: true)
      cachedBytes = 0
    }
    cache[node] = made
    cachedBytes += made.byteCount
    return made
  }

  /// What the features of two nodes have in common.
  func overlap(_ a: Int, _ b: Int) -> Overlap { overlap(set(a), set(b)) }

  /// Compares two nodes.
  ///
  /// - Returns: all measures, and the level where the rule makes the pair an edge.
  func scores(_ a: Int, _ b: Int) -> PairScores {
    let (first, second) = (set(a), set(b))
    let weighted = frequencies == nil ? nil : weightedOverlap(first, second)
    let overlap = weighted?.overlap ?? overlap(first, second)
    var scores = PairScores(overlap)
    if let weighted { scores.weighted = weighted.containment }
    judge(&scores, a, b, first, second, overlap)
    return scores
  }

  private func overlap(_ first: FeatureSet, _ second: FeatureSet) -> Overlap {
    let shared = unsafe first.features.withUnsafeBufferPointer { x in
      unsafe second.features.withUnsafeBufferPointer { y in unsafe FeatureSets.shared(x, y) }
    }
    return Overlap(shared: shared, first: first.features.count, second: second.features.count)
  }

  /// The overlap and the weighted containment, by one walk over both sets.
  private func weightedOverlap(
    _ first: FeatureSet,
    _ second: FeatureSet
  )
    -> (overlap: Overlap, containment: Double)
  {
    let (shared, weight) = unsafe first.features.withUnsafeBufferPointer { x in
      unsafe first.weights.withUnsafeBufferPointer { weights in
        unsafe second.features.withUnsafeBufferPointer { y in
          unsafe FeatureSets.weighted(x, weights: weights, y)
        }
      }
    }
    let least = min(first.total, second.total)
    return (
      Overlap(shared: shared, first: first.features.count, second: second.features.count),
      least > 0 ? weight / least : 0
    )
  }

  /// Applies the rule; measures order only where the rule asks for it.
  private func judge(
    _ scores: inout PairScores,
    _ a: Int,
    _ b: Int,
    _ first: FeatureSet,
    _ second: FeatureSet,
    _ overlap: Overlap
  ) {
    let shorter = min(first.scalars, second.scalars)
    if shorter < rule.exactBelow { return }
    if shorter < rule.strictBelow {
      if scores.jaccard >= rule.strictJaccard { scores.level = .copy }
      return
    }
    if scores.jaccard >= rule.jaccard {
      scores.level = scores.jaccard >= rule.copyJaccard ? .copy : .variant
      return
    }
    guard let least = rule.containment, scores.weighted >= least,
      overlap.shared >= rule.leastShared
    else { return }
    let measured = measureCoverage(a, b)
    scores.coverage = measured.ofShorter
    if scores.jaccard < rule.orderedBelow, measured.ofShorter < rule.coverage { return }
    let sizes = [first.features.count, second.features.count].sorted()
    if measured.ofShorter >= rule.copyCoverage, measured.ofLonger >= rule.copyCoverage {
      scores.level = .copy
    } else if Double(sizes[0]) < rule.excerptRatio * Double(sizes[1]) {
      scores.level = .excerpt
    } else {
      scores.level = .variant
    }
  }

  func measureCoverage(_ a: Int, _ b: Int) -> DiagonalCoverage {
    let aIsLonger = isLonger(a, than: b)
    let (long, short) = (aIsLonger ? a : b, aIsLonger ? b : a)
    if prepared != long {
      unsafe coverage.prepare(longer: extractor.sequence(corpus.text(nodes.first(long))))
      prepared = long
    }
    return unsafe coverage.measure(shorter: extractor.sequence(corpus.text(nodes.first(short))))
  }

  private func isLonger(_ a: Int, than b: Int) -> Bool {
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
