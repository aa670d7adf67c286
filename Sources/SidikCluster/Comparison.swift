internal import SidikCore
internal import SidikIndex
internal import SidikPassages

/// Two texts compared by themselves, outside any corpus.
public struct Comparison: Sendable {
  /// What their features have in common; the level is set where the rule makes them an edge,
  /// and to `related` where passages are shared all the same.
  public var scores: PairScores
  /// Equal slots of their signatures by all slots: what a sketch alone would say.
  public var estimatedJaccard: Double
  /// Differing bits of their SimHashes.
  public var simhashDistance: Int
  /// Where the texts of a template differ, in order: what stands in the first and in the second.
  public var slots: [(first: String, second: String)] = []
  /// Shares of the two documents that repeat themselves.
  public var repeats: (Float, Float)

  /// Slots that are listed, at most.
  public static let mostSlots = 20

  /// Compares two texts.
  ///
  /// - Parameters:
  ///   - a: the first text, UTF-8.
  ///   - b: the second text, UTF-8.
  ///   - configuration: the parameters.
  /// - Throws: ``SidikError`` where no temporary file can be made.
  /// - Complexity: O(n) in the texts, beside sorting their features.
  public init(_ a: [UInt8], _ b: [UInt8], _ configuration: PipelineConfiguration) async throws {
    let source = MemorySource([
      ("a", String(decoding: a, as: UTF8.self)), ("b", String(decoding: b, as: UTF8.self)),
    ])
    let corpus = try await SketchStage(configuration: configuration).run(source).corpus
    let rows = corpus.documents.rows
    repeats = (rows[0].repeats, rows[1].repeats)
    let nodes = Nodes(corpus, documents: [0, 1])
    let extractor = FeatureExtractor(unit: configuration.profile.unit, keys: configuration.keys)
    let hashes = (0...1).map { document in
      unsafe SimHash.hash(extractor.sequence(corpus.text(document)))
    }
    simhashDistance = SimHash.distance(hashes[0], hashes[1])
    if nodes.count == 1 {
      (scores, estimatedJaccard) = (.equal, 1)
      return
    }
    let isEmpty = corpus.documents.isEmpty(0) || corpus.documents.isEmpty(1)
    let slots = Double(OnePermutationMinHash.slots)
    estimatedJaccard = isEmpty ? 0 : Double(corpus.signatures.equalSlots(0, 1)) / slots
    let verifier = Verifier(corpus, nodes, configuration, nil)
    // Nodes are numbered by digest; the scores are to speak of a first.
    let first = nodes.first(0) == 0 ? 0 : 1
    scores = isEmpty ? .none : verifier.scores(first, 1 - first)
    if scores.coverage == nil, !isEmpty {
      scores.coverage = verifier.coverage(0, 1).ofShorter
    }
    if scores.level == .template {
      self.slots = verifier.slots(first, 1 - first, most: Self.mostSlots)
    }
    if scores.level == nil, scores.coverage ?? 0 >= VerificationRule.relatedCoverage {
      scores.level = .related
    }
  }
}

extension PairScores {
  /// The scores of texts that have nothing to compare.
  fileprivate static let none = PairScores(
    jaccard: 0,
    containmentOfFirst: 0,
    containmentOfSecond: 0,
    weighted: 0
  )
}
