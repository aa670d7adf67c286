@_spi(Kernels) public import SidikCore

/// What becomes of one document.
public enum Decision: Sendable, Hashable {
  /// It is kept; that many others were removed for its sake.
  case kept(copies: Int)
  /// It is removed, because its text was compared with the keeper's.
  case removed(keeper: Int, level: Level, similarity: Double, containment: Double)
}

/// The answer of a deduplication.
public struct DeduplicationResult: Sendable {
  /// Every document that was read.
  public var documents: DocumentTable
  /// One decision a document, in input order.
  public var decisions: [Decision]
  /// What was wrong with records, in input order.
  public var problems: [RecordProblem]
  /// The numbers of the first pass.
  public var statistics: RunStatistics
  /// How often the kept documents were clustered until nothing more was found.
  public var passes: Int
}

/// Removes copies so that every removed document has a verified copy among the kept ones.
///
/// In each family the document that the policy prefers is kept and every other is compared with
/// it; those that are copies go, and the rest choose again among themselves: likeness does not
/// chain. The kept documents are then clustered afresh, until no pass removes anything.
/// What is left is what another run would leave: deduplicating the output removes nothing.
public struct Deduplication: Sendable {
  /// After so many passes, copies of a keeper that went do not come back any more; only
  /// contrived corpora get there.
  private static let mostRestoringPasses = 16

  private let configuration: PipelineConfiguration
  private let keep: KeepPolicy
  private let loosest: Level

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - configuration: the parameters of the clustering.
  ///   - keep: which document of a group of copies stays.
  ///   - loosest: documents up to this level from their keeper are removed.
  public init(
    _ configuration: PipelineConfiguration,
    keep: KeepPolicy = .first,
    loosest: Level = .variant
  ) {
    self.configuration = configuration
    self.keep = keep
    self.loosest = loosest
  }

  /// Reads a source to its end and decides for every document.
  ///
  /// - Parameter source: where documents come from.
  /// - Returns: one decision a document.
  /// - Throws: ``SidikError`` where the input cannot be read or there is no room.
  /// - Complexity: as ``Pipeline/run(_:)``, once or twice a pass; passes are few.
  public func run(_ source: any DocumentSource) async throws -> DeduplicationResult {
    let sketched = try await SketchStage(configuration: configuration).run(source)
    let boilerplate = BoilerplateStage(configuration, sketched.corpus)
    let table = sketched.corpus.documents
    var decisions = [Decision](repeating: .kept(copies: 0), count: table.count)
    var statistics = sketched.statistics
    var kept = Array(0..<table.count)
    var passes = 0
    let links = configuration.links.map { ResolvedLinks($0, table) }
    statistics.links = links?.statistics
    // Documents that came back because links part them from what stayed, in the last passes.
    var pinned: Set<Int> = []
    while true {
      passes += 1
      // Learnt afresh from what is left, as another run would.
      let (corpus, numbers) = try await boilerplate.run(keeping: kept)
      if passes == 1 { statistics.take(numbers) }
      var (removed, gramWeights) = try await pass(corpus, kept, links, passes, &statistics)
      if !pinned.isEmpty { removed.removeAll { pinned.contains($0.0) } }
      if removed.isEmpty { break }
      for (document, decision) in removed { decisions[document] = decision }
      let restores = passes < Self.mostRestoringPasses
      let parted = reassign(&decisions, corpus, links, gramWeights, restores: restores)
      if !restores { pinned.formUnion(parted) }
      kept = decisions.indices.filter { decisions[$0].isKept }
    }
    countCopies(&decisions)
    statistics.clustered = decisions.count { !$0.isKept }
    return DeduplicationResult(
      documents: table,
      decisions: decisions,
      problems: sketched.problems,
      statistics: statistics,
      passes: passes
    )
  }

  /// Clusters the documents that are left and removes copies inside each family.
  private func pass(
    _ corpus: Corpus,
    _ kept: [Int],
    _ links: ResolvedLinks?,
    _ number: Int,
    _ statistics: inout RunStatistics
  ) async throws -> (removed: [(Int, Decision)], gramWeights: GramWeights?) {
    configuration.progress(PipelineProgress(stage: .candidates, done: 0, total: nil))
    let nodes = Nodes(corpus, documents: kept)
    var own = RunStatistics()
    own.nodes = nodes.count
    own.edges = kept.count - nodes.count
    let answer: (removed: [(Int, Decision)], gramWeights: GramWeights?)
    if let memory = configuration.memory {
      answer = try await bounded(corpus, nodes, memory, links, &own)
    } else {
      answer = try await whole(corpus, nodes, links, &own)
    }
    if number == 1 { statistics.take(pairsOf: own) }
    return answer
  }

  /// One pass over all pairs at once, in memory.
  private func whole(
    _ corpus: Corpus,
    _ nodes: Nodes,
    _ links: ResolvedLinks?,
    _ own: inout RunStatistics
  ) async throws -> (removed: [(Int, Decision)], gramWeights: GramWeights?) {
    var nodes = nodes
    var pairs = try await PairStages(configuration: configuration, corpus: corpus, nodes: nodes)
      .run(&own)
    own.edges += pairs.collapsed.count + pairs.edges.count
    if let links {
      let linked = LinkedGraph(nodes, pairs, links)
      (nodes, pairs) = (linked.nodes, linked.pairs)
    }
    let stages = PairStages(configuration: configuration, corpus: corpus, nodes: nodes)
    let clusters = try await stages.cluster(&pairs, &own)
    own.edges += pairs.edges.count(where: \.isSampled)
    let builder = FamilyBuilder(
      table: corpus.documents,
      nodes: nodes,
      pairs: pairs,
      clusters: clusters
    )
    let (removed, families) = try await removals(builder, stages, links)
    own.families = families
    return (removed, pairs.gramWeights)
  }

  /// One pass over pairs on disk, batch by batch.
  private func bounded(
    _ corpus: Corpus,
    _ nodes: Nodes,
    _ memory: MemoryLimit,
    _ links: ResolvedLinks?,
    _ own: inout RunStatistics
  ) async throws -> (removed: [(Int, Decision)], gramWeights: GramWeights?) {
    let stages = try BoundedStages(configuration, corpus, nodes, memory, links)
    try await stages.run(&own)
    var removed: [(Int, Decision)] = []
    var (families, edges) = (0, 0)
    try await stages.forEachBatch { builder, stages, _, collapsed in
      let found = try await removals(builder, stages, links)
      removed += found.removed
      families += found.families
      edges += collapsed.count + builder.pairs.edges.count
    }
    own.families = families
    own.edges += edges
    return (removed, stages.gramWeights)
  }

  /// What goes from the families of a graph.
  private func removals(
    _ builder: FamilyBuilder,
    _ stages: PairStages,
    _ links: ResolvedLinks?
  ) async throws -> (removed: [(Int, Decision)], families: Int) {
    let groups = builder.gather()
    let (nodes, leaders, gramWeights) = (
      builder.nodes, builder.pairs.leaders, builder.pairs.gramWeights
    )
    let parts = Parallel.ranges(groups.count, size: 16)
    let (policy, configuration, table) = (self, configuration, builder.table)
    let removed = try await Parallel.map(
      parts: parts.count,
      threads: configuration.threads,
      makeWorker: { stages.verifier(gramWeights) }
    ) { verifier, part in
      groups[parts[part]].flatMap { policy.removals($0, nodes, leaders, links, table, verifier) }
    }
    return (Array(removed.joined()), groups.count)
  }

  /// Chooses keepers among the documents of one family, the preferred one first.
  ///
  /// A keeper is compared with the documents that verified edges link it to, by itself or by
  /// their leaders, so the work follows the edges and not the pairs of a large family. What that
  /// passes over, the next pass proposes again.
  private func removals(
    _ family: FamilyBuilder.Group,
    _ nodes: Nodes,
    _ leaders: [Int],
    _ links: ResolvedLinks?,
    _ table: DocumentTable,
    _ verifier: Verifier
  ) -> [(Int, Decision)] {
    let partners = links?.partners(among: family.nodes, nodes) ?? [:]
    var open = OpenDocuments(family, nodes, leaders, equalOnly: loosest == .exact)
    var removed: [(Int, Decision)] = []
    for keeper in preferred(family, nodes, table) where open.contains(keeper.document) {
      open.remove(keeper.document)
      let linked = partners[keeper.node] ?? []
      for other in open.nodes(near: keeper.node) + linked {
        let scores =
          other == keeper.node ? .equal : verifier.scores(keeper.node, other)
        // What a link joins is a copy, whatever the texts say.
        let known = linked.contains(other) ? min(scores.level ?? .copy, .copy) : scores.level
        guard let level = known, level <= loosest else { continue }
        for document in open.take(node: other) {
          removed.append(
            (
              document,
              .removed(
                keeper: keeper.document,
                level: level,
                similarity: scores.jaccard,
                containment: scores.containment
              )
            )
          )
        }
      }
    }
    return removed
  }

  /// The documents of a family in the order of the policy, ties in input order.
  private func preferred(
    _ family: FamilyBuilder.Group,
    _ nodes: Nodes,
    _ table: DocumentTable
  ) -> [(document: Int, node: Int)] {
    let ranked = family.nodes.flatMap { node in
      nodes.documents[node].map { document in
        (rank: keep.rank(Int(document), in: table), document: Int(document), node: node)
      }
    }
    return ranked.sorted { x, y in
      x.rank != y.rank ? x.rank < y.rank : x.document < y.document
    }.map { ($0.document, $0.node) }
  }

  /// A keeper may itself go in a later pass: its copies are compared with the one that stayed,
  /// and come back where they are no copies of that, or where links part them.
  ///
  /// - Returns: documents that came back because of links.
  private func reassign(
    _ decisions: inout [Decision],
    _ corpus: Corpus,
    _ links: ResolvedLinks?,
    _ gramWeights: GramWeights?,
    restores: Bool
  ) -> [Int] {
    var orphans: [(document: Int, keeper: Int)] = []
    for document in decisions.indices {
      guard case .removed(var keeper, _, _, _) = decisions[document], !decisions[keeper].isKept
      else { continue }
      while case .removed(let next, _, _, _) = decisions[keeper] { keeper = next }
      orphans.append((document, keeper))
    }
    guard !orphans.isEmpty else { return [] }
    var parted: [Int] = []
    let involved = Set(orphans.flatMap { [$0.document, $0.keeper] }).sorted()
    let nodes = Nodes(corpus, documents: involved)
    var nodeOf: [Int: Int] = [:]
    for (node, members) in nodes.documents.enumerated() {
      for document in members { nodeOf[Int(document)] = node }
    }
    let verifier = Verifier(corpus, nodes, configuration, gramWeights)
    for (document, keeper) in orphans {
      guard let a = nodeOf[document], let b = nodeOf[keeper] else { continue }
      let scores = a == b ? .equal : verifier.scores(b, a)
      if links?.areApart(document, keeper) == true {
        decisions[document] = .kept(copies: 0)
        parted.append(document)
        continue
      }
      let isLinked = links?.areSame(document, keeper) == true
      let level = isLinked ? min(scores.level ?? .copy, .copy) : scores.level
      if restores, level.map({ $0 > loosest }) ?? true {
        decisions[document] = .kept(copies: 0)
      } else {
        decisions[document] = .removed(
          keeper: keeper,
          level: level ?? loosest,
          similarity: scores.jaccard,
          containment: scores.containment
        )
      }
    }
    return parted
  }

  private func countCopies(_ decisions: inout [Decision]) {
    var copies = [Int](repeating: 0, count: decisions.count)
    for case .removed(let keeper, _, _, _) in decisions { copies[keeper] += 1 }
    for document in decisions.indices where decisions[document].isKept {
      decisions[document] = .kept(copies: copies[document])
    }
  }
}

extension Decision {
  /// Whether the document stays.
  public var isKept: Bool {
    if case .kept = self { true } else { false }
  }
}
