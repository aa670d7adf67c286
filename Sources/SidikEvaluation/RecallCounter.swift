internal import SidikCluster
internal import SidikCore
internal import SidikIndex

/// Reads the texts twice: once for the queries, once for their partners.
final class RecallCounter {
  private let options: JaccardRecall.Options
  private let profile: Profile
  private let graph: EdgeGraph
  private let familyOf: [Int]
  private let documentCount: Int
  private let exact: ExactPairs
  private let extractor: FeatureExtractor
  /// The profile's own features, where others are counted.
  private let sketching: FeatureExtractor
  private let minHash: OnePermutationMinHash
  private var normaliser: Normaliser
  private var text = NormalisedText()
  /// The document of each query, and the query of each document that is one.
  private var queries: [Int] = []
  private var queryOf: [Int: Int] = [:]
  private var signatures: [[UInt32]] = []
  private(set) var bins: [JaccardRecall.Bin]
  /// Pairs, edges and joined of each query, for each bin.
  private var counts: [[Int32]] = []

  init(
    _ result: PipelineResult,
    _ configuration: PipelineConfiguration,
    _ options: JaccardRecall.Options,
    _ unit: FeatureUnit
  ) {
    self.options = options
    profile = configuration.profile
    documentCount = result.documents.count
    graph = EdgeGraph(
      count: documentCount,
      edges: result.edges.map { ($0.a, $0.b, $0.level, $0.scores.jaccard) }
    )
    var familyOf = [Int](repeating: -1, count: documentCount)
    for (family, members) in result.families.enumerated() {
      for member in members.members { familyOf[member.document] = family }
    }
    self.familyOf = familyOf
    exact = ExactPairs(
      options.containment
        ? .containment(atLeast: options.least) : .jaccard(atLeast: options.least)
    )
    extractor = FeatureExtractor(unit: unit, keys: configuration.keys)
    sketching = FeatureExtractor(unit: profile.unit, keys: configuration.keys)
    minHash = OnePermutationMinHash(permutationSeed: configuration.keys.permutationSeed)
    normaliser = Normaliser(profile.normaliser)
    let width = JaccardRecall.width
    bins = stride(from: (options.least / width + 1e-9).rounded(.down), to: 20, by: 1)
      .map { JaccardRecall.Bin(low: $0 * width) }
  }

  /// Reads the queries.
  func addQueries(_ chosen: [Int], _ source: any DocumentSource) throws {
    let wanted = Set(chosen)
    try unsafe forEach(source, where: { wanted.contains($0) }) { document, features in
      queryOf[document] = queries.count
      queries.append(document)
      unsafe exact.add(query: features)
      signatures.append(unsafe signature(features))
    }
    counts = [[Int32]](
      repeating: [Int32](repeating: 0, count: 3 * bins.count),
      count: queries.count
    )
    exact.seal()
  }

  /// Asks for the partners of all queries among the texts in `places`.
  func probe(_ places: Set<Int>, _ source: any DocumentSource) throws {
    try unsafe forEach(source, where: { places.contains($0) }) { document, features in
      let own = queryOf[document]
      // A pair of two queries is met from both sides; by Jaccard, the first one counts it.
      let first = options.containment ? 0 : own.map { $0 + 1 } ?? 0
      let matches = unsafe exact.matches(features, from: first, skipping: own)
      guard !matches.isEmpty else { return }
      let signature = unsafe signature(features)
      for match in matches {
        // Equally large sets that contain each other are met from both sides too.
        let isTwin = match.overlap.first == match.overlap.second && own ?? -1 > match.query
        if options.containment, isTwin { continue }
        count(match, document, signature)
      }
    }
  }

  private func count(_ match: ExactPairs.Match, _ document: Int, _ signature: [UInt32]) {
    let similarity =
      options.containment ? match.overlap.containmentOfFirst : match.overlap.jaccard
    let step = Int((similarity / JaccardRecall.width + 1e-9).rounded(.down))
    let lowest = Int((options.least / JaccardRecall.width + 1e-9).rounded(.down))
    let bin = min(bins.count - 1, max(0, step - lowest))
    let other = queries[match.query]
    bins[bin].pairs += 1
    bins[bin].expected += profile.bands.probability(at: match.overlap.jaccard)
    if shareBand(signatures[match.query], signature) { bins[bin].inBands += 1 }
    counts[match.query][3 * bin] += 1
    if graph.level(document, other) != nil {
      bins[bin].edges += 1
      counts[match.query][3 * bin + 1] += 1
    }
    if familyOf[document] >= 0, familyOf[document] == familyOf[other] {
      bins[bin].joined += 1
      counts[match.query][3 * bin + 2] += 1
    }
  }

  private func shareBand(_ a: [UInt32], _ b: [UInt32]) -> Bool {
    let rows = profile.bands.rows
    return (0..<profile.bands.bands).contains { band in
      let range = band * rows..<(band + 1) * rows
      return a[range] == b[range]
    }
  }

  /// The share of the pairs at or above a similarity that was found.
  func recall(
    atLeast least: Double
  ) -> (atLeast: Double, pairs: Int, edges: Estimate, joined: Estimate) {
    var bootstrap = Bootstrap(width: 3)
    for row in counts {
      var unit = [0.0, 0, 0]
      for (k, bin) in bins.enumerated() where bin.low >= least - 1e-9 {
        for part in 0..<3 { unit[part] += Double(row[3 * k + part]) }
      }
      if unit[0] > 0 { bootstrap.add(unit) }
    }
    let found = bootstrap.estimates(["edges", "families"]) { sums in
      [sums[1] / max(1, sums[0]), sums[2] / max(1, sums[0])]
    }
    return (least, Int(bootstrap.total[0]), found[0], found[1])
  }

  // MARK: Texts

  private func signature(_ features: UnsafeBufferPointer<UInt64>) -> [UInt32] {
    guard extractor.unit != sketching.unit else {
      return minHash.signature(unsafe Array(features))
    }
    return unsafe text.bytes.withUnsafeBufferPointer {
      minHash.signature(unsafe Array(sketching.set($0)))
    }
  }

  /// Goes through documents in order: the number and the distinct features of each.
  private func forEach(
    _ source: any DocumentSource,
    where isWanted: (Int) -> Bool,
    _ body: (Int, UnsafeBufferPointer<UInt64>) throws -> Void
  ) throws {
    var batch = DocumentBatch()
    var document = 0
    while let chunk = try source.nextChunk() {
      try chunk.parse(into: &batch)
      for entry in batch.entries {
        defer { document += 1 }
        guard isWanted(document) else { continue }
        unsafe batch.bytes[entry.text].withUnsafeBufferPointer {
          unsafe normaliser.normalise($0, trackOffsets: false, into: &text)
        }
        let features = unsafe text.bytes.withUnsafeBufferPointer { unsafe extractor.set($0) }
        if features.count >= options.leastFeatures { try unsafe body(document, features) }
      }
    }
    guard document == documentCount else {
      throw SidikError(
        .data,
        "the second reading found \(document) documents, the first \(documentCount)"
      )
    }
  }
}
