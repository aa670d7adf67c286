internal import SidikCore
internal import SidikIndex

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
  /// - Throws: ``SidikError`` where there is no memory.
  /// - Complexity: O(n) in the texts, beside sorting their features.
  public init(_ a: [UInt8], _ b: [UInt8], _ configuration: PipelineConfiguration) throws {
    let source = MemorySource([
      ("a", String(decoding: a, as: UTF8.self)), ("b", String(decoding: b, as: UTF8.self)),
    ])
    let texts = try TextPairs(source, configuration)
    let corpus = texts.corpus
    repeats = (corpus.documents.rows[0].repeats, corpus.documents.rows[1].repeats)
    let extractor = FeatureExtractor(unit: configuration.profile.unit, keys: configuration.keys)
    let hashes = (0...1).map { document in
      unsafe SimHash.hash(extractor.sequence(corpus.text(document)))
    }
    simhashDistance = SimHash.distance(hashes[0], hashes[1])
    scores = texts.scores(0, 1)
    let slots = Double(OnePermutationMinHash.slots)
    let isEmpty = texts.isEmpty(0) || texts.isEmpty(1)
    let equal = isEmpty ? 0 : Double(corpus.signatures.equalSlots(0, 1)) / slots
    estimatedJaccard = texts.nodes.count == 1 ? 1 : equal
    if scores.level == .template {
      self.slots = texts.slots(0, 1, most: Self.mostSlots)
    }
  }
}
