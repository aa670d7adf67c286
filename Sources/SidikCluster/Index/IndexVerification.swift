internal import SidikCore
internal import SidikIndex
internal import SidikStore

/// Compares a text with candidates on the texts themselves, by the code that verifies a batch run.
struct IndexVerification {
  /// For each candidate the measures of an edge, the asked text's side first; nil where it is none.
  private(set) var scores: [PairScores?]

  /// Compares.
  ///
  /// - Parameters:
  ///   - matcher: the parameters.
  ///   - banding: what bands propose.
  ///   - text: what is asked for.
  ///   - candidates: what sketches propose.
  ///   - texts: their normalised texts.
  ///   - tools: of the matcher's profile and keys, without weights.
  /// - Throws: ``SidikError`` where there is no memory.
  init(
    _ matcher: IndexMatcher,
    _ banding: LSHBanding,
    _ text: SketchedText,
    _ candidates: [IndexMatcher.Candidate],
    _ texts: [[UInt8]],
    _ tools: VerifierTools
  ) throws {
    scores = [PairScores?](repeating: nil, count: candidates.count)
    if candidates.isEmpty { return }
    let corpus = try Self.corpus(matcher, text, candidates, texts)
    let nodes = Nodes(corpus)
    var nodeOf = [Int](repeating: 0, count: candidates.count + 1)
    for node in 0..<nodes.count {
      for document in nodes.documents[node] { nodeOf[Int(document)] = node }
    }
    let own = nodeOf[0]
    let stages = PairStages(configuration: matcher.configuration, corpus: corpus, nodes: nodes)
    var pairs: Set<UInt64> = []
    for (number, candidate) in candidates.enumerated() {
      let node = nodeOf[number + 1]
      if node == own {
        scores[number] = .equal
        continue
      }
      if text.isEmpty || candidate.record.isEmpty { continue }
      let meets =
        candidate.isByBands
        && corpus.signatures.equalSlots(0, number + 1) >= banding.leastEqualSlots
      let pair = CandidatePairs.pack(own, node)
      if meets || candidate.samples > 0,
        stages.isPlausible(SignatureReader(corpus.signatures), pair)
      {
        pairs.insert(pair)
      }
    }
    if pairs.isEmpty { return }
    let configuration = matcher.configuration
    let verifier = Verifier(
      corpus: corpus,
      nodes: nodes,
      profile: configuration.profile,
      keys: configuration.keys,
      weights: nil,
      tools: tools
    )
    var found: [Int: PairScores] = [:]
    for pair in Verifier.order(Array(pairs), corpus, nodes) {
      let (x, y) = CandidatePairs.unpack(pair)
      let (a, b) = (min(x, y), max(x, y))
      guard var edge = verifier.edge(a, b) else { continue }
      if b == own {
        (edge.containmentOfFirst, edge.containmentOfSecond) =
          (edge.containmentOfSecond, edge.containmentOfFirst)
      }
      found[a == own ? b : a] = edge
    }
    for number in candidates.indices where scores[number] == nil {
      scores[number] = found[nodeOf[number + 1]]
    }
  }

  /// The asked text and its candidates as a corpus of their own.
  private static func corpus(
    _ matcher: IndexMatcher,
    _ text: SketchedText,
    _ candidates: [IndexMatcher.Candidate],
    _ texts: [[UInt8]]
  ) throws -> Corpus {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(texts.reduce(text.text.count) { $0 + $1.count })
    var table = DocumentTable()
    let signatures = SignatureMatrix()
    func add(_ text: [UInt8], scalars: Int, digest: UInt64) {
      let row = DocumentTable.Row(
        textOffset: bytes.count,
        textLength: text.count,
        scalars: scalars,
        digest: ExactDigest(high: digest, low: 0)
      )
      bytes += text
      table.append(row, id: [], source: nil, author: nil, time: nil)
    }
    let none = [UInt32](
      repeating: OnePermutationMinHash.emptySlot,
      count: OnePermutationMinHash.slots
    )
    add(text.text, scalars: text.scalars, digest: text.digest.high)
    signatures.append(text.isEmpty ? none : text.signature)
    for (candidate, text) in zip(candidates, texts) {
      let record = candidate.record
      add(text, scalars: record.isEmpty ? 0 : record.length, digest: record.digest)
      signatures.append(record.isEmpty ? none : matcher.sketcher.sign(text))
    }
    return Corpus(documents: table, texts: try SpoolMap(copying: bytes), signatures: signatures)
  }
}
