public import SidikCore
internal import SidikIndex
internal import SidikPassages

/// A few texts and pairs of them, compared by themselves, outside any corpus.
///
/// What a corpus teaches (weights of rare wording, boilerplate) is not known here. Runs on the
/// calling thread, and keeps the texts in memory.
public final class TextPairs {
  let corpus: Corpus
  let nodes: Nodes
  let configuration: PipelineConfiguration
  private let verifier: Verifier
  private let weights: EdgeWeights
  /// For each text its node.
  private let nodeOf: [Int]

  /// Sketches texts.
  ///
  /// - Parameters:
  ///   - source: the texts; read to its end.
  ///   - configuration: the parameters.
  /// - Throws: ``SidikError`` where the source cannot be read or there is no memory.
  /// - Complexity: O(n) in the texts.
  public init(_ source: any DocumentSource, _ configuration: PipelineConfiguration) throws {
    self.configuration = configuration
    corpus = try Corpus(inMemory: source, configuration)
    nodes = Nodes(corpus)
    var nodeOf = [Int](repeating: 0, count: corpus.documents.count)
    for (node, members) in nodes.documents.enumerated() {
      for document in members { nodeOf[Int(document)] = node }
    }
    self.nodeOf = nodeOf
    verifier = Verifier(corpus, nodes, configuration, nil)
    weights = EdgeWeights(configuration.profile.rule, corpus.documents, nodes)
  }

  /// How many texts there are.
  public var count: Int { nodeOf.count }

  /// Pairs in the order in which comparing them costs least.
  ///
  /// - Parameter pairs: numbers of texts.
  /// - Returns: indexes of pairs: those of one longer text together.
  public func order(_ pairs: [(first: Int, second: Int)]) -> [Int] {
    let keys = pairs.map { pair -> UInt64 in
      let (a, b) = (nodeOf[pair.first], nodeOf[pair.second])
      let (long, short) = verifier.isLonger(a, than: b) ? (a, b) : (b, a)
      return UInt64(long) << 32 | UInt64(short)
    }
    return pairs.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
  }

  /// All measures of two texts, as `compare` gives them: the level is set where the rule makes
  /// them an edge, and to `related` where passages are shared all the same.
  public func scores(_ first: Int, _ second: Int) -> PairScores {
    let (a, b) = (nodeOf[first], nodeOf[second])
    if a == b { return isNothing(first) ? .none : .equal }
    if isEmpty(first) || isEmpty(second) { return .none }
    var scores = verifier.scores(a, b)
    let coverage = scores.coverage ?? verifier.coverage(a, b).ofShorter
    scores.coverage = coverage
    if scores.level == nil, coverage >= VerificationRule.relatedCoverage { scores.level = .related }
    return scores
  }

  /// The measures of an edge, or nil where the rule makes the texts none; nothing else is measured.
  public func edge(_ first: Int, _ second: Int) -> PairScores? {
    let (a, b) = (nodeOf[first], nodeOf[second])
    if a == b { return isNothing(first) ? nil : .equal }
    return isEmpty(first) || isEmpty(second) ? nil : verifier.edge(a, b)
  }

  /// What thresholds are compared with, and how strongly a pair would join two groups
  /// (``Edge/strength``, ``Edge/weight``).
  public func strength(
    of scores: PairScores,
    _ first: Int,
    _ second: Int
  ) -> (strength: Double, weight: Double) {
    let (a, b) = (nodeOf[first], nodeOf[second])
    if a == b { return (1, 1) }
    return (weights.strength(scores), weights.weight(scores, a, b))
  }

  /// Whether nothing is left of a text to compare.
  func isEmpty(_ text: Int) -> Bool { corpus.documents.isEmpty(text) }

  /// Whether a text shows nothing at all: such is equal to none, not to itself either.
  private func isNothing(_ text: Int) -> Bool { corpus.documents.rows[text].textLength == 0 }

  /// Where two texts of a template differ.
  func slots(_ first: Int, _ second: Int, most: Int) -> [(first: String, second: String)] {
    verifier.slots(nodeOf[first], nodeOf[second], most: most)
  }
}

extension Corpus {
  /// Sketches a few documents on the calling thread; their texts stay in memory.
  fileprivate init(
    inMemory source: any DocumentSource,
    _ configuration: PipelineConfiguration
  ) throws {
    let worker = SketchWorker(configuration)
    var table = DocumentTable()
    var bytes: [UInt8] = []
    let signatures = SignatureMatrix()
    while let chunk = try source.nextChunk() {
      let sketched = try worker.sketch(chunk)
      table.append(sketched, textsAt: bytes.count)
      bytes += sketched.texts
      signatures.append(sketched.signatures)
    }
    self.init(
      documents: table,
      texts: try SpoolMap(copying: bytes),
      signatures: signatures
    )
  }
}

extension PairScores {
  /// The scores of texts that have nothing to compare.
  static let none = PairScores(
    jaccard: 0,
    containmentOfFirst: 0,
    containmentOfSecond: 0,
    weighted: 0
  )
}
