@_spi(Kernels) internal import SidikCore
internal import SidikIndex

/// Pairs that a band proposes.
struct MetPairs {
  /// Packed.
  var pairs: [UInt64] = []
  /// The equal slots of each pair's signatures.
  var slots: [UInt8] = []
}

/// The stages between sketches and families: candidates, collapse, verification.
struct PairStages {
  /// Nodes this like their leader are taken together with it.
  static let collapseJaccard = 0.85
  private static let pairsPerPart = 4096

  let configuration: PipelineConfiguration
  let corpus: Corpus
  let nodes: Nodes
  private var profile: Profile { configuration.profile }
  private var weights: EdgeWeights { EdgeWeights(profile.rule, corpus.documents, nodes) }

  /// What the stages leave.
  struct Output {
    /// For each node the node that stands for it.
    var leaders: [Int]
    /// Members with their leaders.
    var collapsed: [NodeEdge] = []
    /// Edges between leaders.
    var edges: [NodeEdge] = []
    var gramWeights: GramWeights?
    /// For each node whether it leads nodes that sketches met too many others with for all their
    /// pairs to be compared.
    var crowded: [Bool] = []
    /// What links ask of the leaders.
    var links = ClusterLinks()
  }

  /// Proposes and compares pairs of nodes.
  func run(_ statistics: inout RunStatistics) async throws -> Output {
    let rows = (0..<nodes.count).map { nodes.first($0) }
    var proposed: [UInt64] = []
    let met = try await met(rows) { proposed += $0.pairs }
    statistics.banding = met.statistics
    var output = try await collapse(proposed, rows, &statistics)
    output.crowded = [Bool](repeating: false, count: nodes.count)
    for node in met.crowded.indices where met.crowded[node] {
      output.crowded[output.leaders[node]] = true
    }
    try Task.checkCancellation()
    var pairs = proposed.compactMap { pair -> UInt64? in
      let (a, b) = CandidatePairs.unpack(pair)
      let (x, y) = (output.leaders[a], output.leaders[b])
      return x == y ? nil : CandidatePairs.pack(x, y)
    }
    let leaders = output.leaders.indices.lazy.filter {
      output.leaders[$0] == $0 && !corpus.documents.isEmpty(rows[$0])
    }.map { UInt32($0) }
    statistics.leaders = leaders.count
    if profile.postingUnit != nil || profile.weighted {
      output.gramWeights = try await learn(Array(leaders), &statistics) { pairs += $0 }
    }
    try await verifyPlausible(pairs, &output, &statistics)
    return output
  }

  /// Compares pairs of leaders that may be edges, and looks for digests among the edges.
  ///
  /// - Parameters:
  ///   - pairs: packed, in any order, repeats included.
  ///   - output: receives the edges.
  ///   - statistics: receives what was compared.
  /// - Throws: what ends the task, or where signatures cannot be read.
  func verifyPlausible(
    _ pairs: [UInt64],
    _ output: inout Output,
    _ statistics: inout RunStatistics
  ) async throws {
    let plausible = try await Parallel.filter(
      CandidatePairs(pairs, nodeCount: nodes.count).packed,
      threads: configuration.threads,
      makeWorker: { [signatures = corpus.signatures] in SignatureReader(signatures) },
      isPlausible
    )
    output.edges = try await verify(plausible, output.gramWeights, &statistics)
    try corpus.signatures.check()
    if profile.rule.containment != nil {
      let lengths = (0..<nodes.count).map { corpus.documents.rows[nodes.first($0)].scalars }
      statistics.digests += DigestRule(lengths: lengths).apply(to: &output.edges).count
    }
  }

  /// Looks for the pairs that bands propose, each band on a thread.
  ///
  /// - Parameters:
  ///   - rows: the row of each node in the matrix of signatures.
  ///   - take: takes the pairs of each band, in the order of the bands.
  /// - Returns: which nodes stand in large buckets, and statistics.
  /// - Throws: what `take` throws, or where signatures cannot be read.
  func met(
    _ rows: [Int],
    _ take: (MetPairs) throws -> Void
  ) async throws -> (crowded: [Bool], statistics: LSHBanding.Statistics) {
    let banding = LSHBanding(shape: profile.bands, threshold: profile.threshold)
    if let groups = configuration.groups {
      return try groups.read(nodes, corpus, least: banding.leastEqualSlots, take)
    }
    let (signatures, table, threads) = (
      corpus.signatures, corpus.documents, configuration.threads
    )
    let owners = RowOwners(rows, of: signatures.count) { table.isEmpty(rows[$0]) }
    try signatures.prepare(banding.shape)
    var large = LargeBuckets(bands: banding.shape.bands, nodeCount: rows.count)
    var statistics = LSHBanding.Statistics()
    // A few bands at a time: a pair is looked for in earlier bands only, and the buckets of all
    // would take more memory than what is left of them.
    let waves = Parallel.ranges(banding.shape.bands, size: configuration.bandsAtOnce)
    for wave in waves {
      let buckets = try await Parallel.map(
        parts: wave.count,
        threads: threads,
        makeWorker: {}
      ) { _, part in
        banding.buckets(band: wave.lowerBound + part, signatures: signatures, owners: owners)
      }
      for (band, buckets) in zip(wave, buckets) { large.add(buckets, band: band) }
      let found = try await Parallel.map(
        parts: wave.count,
        threads: threads,
        makeWorker: {}
      ) { [large] _, part in
        banding.propose(
          band: wave.lowerBound + part,
          buckets[part],
          large,
          signatures: signatures,
          rows: rows
        )
      }
      for (buckets, found) in zip(buckets, found) {
        try take(MetPairs(pairs: found.pairs, slots: found.slots))
        statistics.add(buckets, met: found.met, proposed: found.pairs.count)
      }
    }
    try signatures.check()
    return (large.crowded, statistics)
  }

  /// A verifier that knows nothing yet.
  func verifier(_ gramWeights: GramWeights?) -> Verifier {
    Verifier(corpus, nodes, configuration, gramWeights)
  }

  /// Makes verifiers that know the sizes of the nodes of pairs, and the traits of their texts.
  private func verifier(
    _ pairs: [UInt64],
    _ gramWeights: GramWeights?,
    looksForTemplates: Bool = true
  ) async throws -> @Sendable () -> Verifier {
    let (corpus, nodes, configuration) = (corpus, nodes, configuration)
    // Without weights a verifier finds sizes on its way.
    let sizes =
      gramWeights == nil
      ? [] : try await NodeSize.measure(pairs, corpus, nodes, configuration, gramWeights)
    let traits =
      looksForTemplates
      ? try await TemplateJudge.traits(pairs, corpus, nodes, configuration, gramWeights) : []
    return { Verifier(corpus, nodes, configuration, gramWeights, sizes, traits) }
  }

  /// Takes near-identical nodes together: each joins the leader of the smallest number that it is
  /// like by itself, so likeness does not chain.
  ///
  /// - Parameters:
  ///   - pairs: what bands propose.
  ///   - rows: the row of each node in the matrix of signatures.
  ///   - statistics: receives what was compared.
  /// - Returns: leaders, and who has one.
  /// - Throws: what ends the task, or where signatures cannot be read.
  func collapse(
    _ pairs: [UInt64],
    _ rows: [Int],
    _ statistics: inout RunStatistics
  )
    async throws -> Output
  {
    let slots = Double(OnePermutationMinHash.slots)
    let bound = max(Self.collapseJaccard, profile.rule.jaccard)
    let least = Int(slots * (bound - 3.3 * (bound * (1 - bound) / slots).squareRoot()))
    let (table, signatures, exactBelow) = (
      corpus.documents, corpus.signatures, profile.rule.exactBelow
    )
    let likely = try await Parallel.filter(
      pairs,
      threads: configuration.threads,
      makeWorker: { SignatureReader(signatures) }
    ) { reader, pair in
      let (a, b) = CandidatePairs.unpack(pair)
      return reader.equalSlots(rows[a], rows[b]) >= least
        && min(table.rows[rows[a]].scalars, table.rows[rows[b]].scalars) >= exactBelow
    }
    let candidates = Verifier.order(
      CandidatePairs(likely, nodeCount: nodes.count).packed,
      corpus,
      nodes
    )
    statistics.compared += candidates.count
    let parts = Parallel.ranges(candidates.count, size: Self.pairsPerPart)
    let found = try await Parallel.map(
      parts: parts.count,
      threads: configuration.threads,
      makeWorker: verifier(candidates, nil, looksForTemplates: false)
    ) { verifier, part in
      verifier.prefetch(candidates[parts[part]])
      return candidates[parts[part]].compactMap { pair -> (UInt64, Overlap)? in
        let (x, y) = CandidatePairs.unpack(pair)
        let (a, b) = (min(x, y), max(x, y))
        let overlap = verifier.overlap(a, b)
        return overlap.jaccard >= bound ? (CandidatePairs.pack(a, b), overlap) : nil
      }
    }
    var output = Output(leaders: Array(0..<nodes.count))
    var overlaps: [Int: Overlap] = [:]
    // Pairs come by their first, smaller member, so a node's own fate is known before it leads.
    for (pair, overlap) in found.joined().sorted(by: { $0.0 < $1.0 }) {
      let (a, b) = CandidatePairs.unpack(pair)
      if output.leaders[a] == a, overlaps[b] == nil {
        output.leaders[b] = a
        overlaps[b] = overlap
      }
    }
    output.collapsed = overlaps.sorted { $0.key < $1.key }.map { node, overlap in
      var scores = PairScores(overlap)
      scores.level = .copy
      return NodeEdge(a: output.leaders[node], b: node, scores: scores, weights)
    }
    return output
  }

  /// Learns from the leaders' texts what the profile asks for: how rare each feature is, and who
  /// shares samples.
  ///
  /// - Parameters:
  ///   - leaders: nodes with texts, ascending.
  ///   - statistics: receives what the postings met.
  ///   - take: takes pairs of leaders that share samples.
  /// - Returns: the weights of features.
  /// - Throws: what ends the task, what `take` throws, or where there is no room.
  func learn(
    _ leaders: [UInt32],
    _ statistics: inout RunStatistics,
    _ take: ([UInt64]) throws -> Void
  ) async throws -> GramWeights? {
    if profile.postingUnit != nil {
      statistics.postings = try await SampleStage(
        configuration: configuration,
        corpus: corpus,
        nodes: nodes
      ).run(leaders, take)
    }
    guard profile.weighted else { return nil }
    return try await count(leaders.prefix(DocumentFrequencies.sampleSize))
  }

  /// Whether signatures and lengths allow a pair to be an edge.
  ///
  /// With containment c of the shorter in r times its length, J = c / (1 + r - c). A pair whose
  /// signatures say less than that, 3.3 standard errors granted, does not reach the containment
  /// that the rule asks for.
  func isPlausible(_ signatures: SignatureReader, _ pair: UInt64) -> Bool {
    guard let containment = profile.rule.containment, profile.rule.related == nil else {
      return true
    }
    let (a, b) = CandidatePairs.unpack(pair)
    let (x, y) = (nodes.first(a), nodes.first(b))
    let rows = corpus.documents.rows
    let lengths = (Double(rows[x].scalars), Double(rows[y].scalars))
    let ratio = max(lengths.0, lengths.1) / max(1, min(lengths.0, lengths.1))
    let jaccard = containment / (1 + ratio - containment)
    let slots = Double(OnePermutationMinHash.slots)
    let least = slots * (jaccard - 3.3 * (jaccard * (1 - jaccard) / slots).squareRoot())
    return least <= 0 || Double(signatures.equalSlots(x, y)) >= least
  }

  /// Weighs features by the number of some nodes in which each stands.
  private func count(_ sample: ArraySlice<UInt32>) async throws -> GramWeights {
    let (corpus, nodes, configuration) = (corpus, nodes, configuration)
    // Each has a table of its own, which costs more to add up than a few documents to count.
    let threads = max(1, min(configuration.threads, 8, sample.count / 1024))
    let counted = try await Parallel.map(
      parts: threads,
      threads: threads,
      makeWorker: { LearningWorker(configuration, corpus) }
    ) { worker, part in
      var frequencies = DocumentFrequencies()
      for place in stride(from: sample.startIndex + part, to: sample.endIndex, by: threads) {
        worker.count(Int(sample[place]), nodes, into: &frequencies)
      }
      return frequencies
    }
    var frequencies = DocumentFrequencies()
    for part in counted { frequencies.merge(part) }
    return frequencies.weights()
  }

  /// Compares the texts of every pair.
  func verify(
    _ candidates: [UInt64],
    _ gramWeights: GramWeights?,
    _ statistics: inout RunStatistics
  ) async throws -> [NodeEdge] {
    let candidates = Verifier.order(candidates, corpus, nodes)
    statistics.compared += candidates.count
    let (progress, weights) = (configuration.progress, weights)
    let parts = Parallel.ranges(candidates.count, size: Self.pairsPerPart)
    let done = Tally()
    let found = try await Parallel.map(
      parts: parts.count,
      threads: configuration.threads,
      makeWorker: verifier(candidates, gramWeights)
    ) { verifier, part in
      verifier.prefetch(candidates[parts[part]])
      let edges = candidates[parts[part]].compactMap { pair -> NodeEdge? in
        let (x, y) = CandidatePairs.unpack(pair)
        let (a, b) = (min(x, y), max(x, y))
        return verifier.edge(a, b).map { NodeEdge(a: a, b: b, scores: $0, weights) }
      }
      progress(
        PipelineProgress(
          stage: .verify,
          done: done.add(parts[part].count),
          total: candidates.count
        )
      )
      return edges
    }
    return found.joined().sorted { ($0.a, $0.b) < ($1.a, $1.b) }
  }
}

/// One thread's tools for counting features of the leaders' texts.
private final class LearningWorker {
  private let extractor: FeatureExtractor
  private let census = GramCensus()
  private let reader: TextReader

  init(_ configuration: PipelineConfiguration, _ corpus: Corpus) {
    reader = TextReader(corpus)
    extractor = FeatureExtractor(unit: configuration.profile.unit, keys: configuration.keys)
  }

  func count(
    _ node: Int,
    _ nodes: Nodes,
    into frequencies: inout DocumentFrequencies
  ) {
    unsafe frequencies.add(census.distinct(extractor.sequence(reader.text(nodes.first(node)))))
  }
}
