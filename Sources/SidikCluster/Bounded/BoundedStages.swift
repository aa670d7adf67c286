@_spi(Kernels) internal import SidikCore
internal import SidikIndex

/// The stages between distinct texts and families for a run whose memory is limited: pairs stand
/// on disk and are worked on batch by batch (``NodeBatches``).
///
/// The answer is that of ``PairStages`` on everything, byte for byte. Leaders are found first, as
/// weights and postings are made of all of them; then each batch is verified and clustered. Rounds
/// for crowded groups go over all batches before the next begins, for they end together.
final class BoundedStages {
  private let configuration: PipelineConfiguration
  private let corpus: Corpus
  private let nodes: Nodes
  private let memory: MemoryLimit
  private let pairs: RecordSpool<UInt64>
  private let collapsed: RecordSpool<NodeEdge>
  private let states: BatchStates
  private var leaders: [UInt32]
  /// For each node whether it leads nodes of large buckets.
  private var crowded: [Bool] = []
  private(set) var gramWeights: GramWeights?
  private var folder: String? { configuration.temporaryFolder }
  private var rounds: ClusterRounds { ClusterRounds(linkage: configuration.profile.linkage) }

  /// The batches, once ``run(_:)`` has made them.
  private var batches: NodeBatches?

  init(
    _ configuration: PipelineConfiguration,
    _ corpus: Corpus,
    _ nodes: Nodes,
    _ memory: MemoryLimit
  )
    throws
  {
    self.configuration = configuration
    self.corpus = corpus
    self.nodes = nodes
    self.memory = memory
    pairs = try RecordSpool(folder: configuration.temporaryFolder)
    collapsed = try RecordSpool(folder: configuration.temporaryFolder)
    states = try BatchStates(folder: configuration.temporaryFolder)
    leaders = (0..<nodes.count).map { UInt32($0) }
  }

  /// Proposes, compares and groups pairs; what comes of each batch is asked for afterwards.
  ///
  /// - Parameter statistics: receives what was met and compared.
  /// - Throws: what ends the task, or where there is no room.
  func run(_ statistics: inout RunStatistics) async throws {
    let stages = PairStages(configuration: configuration, corpus: corpus, nodes: nodes)
    let met = try await stages.met((0..<nodes.count).map { nodes.first($0) }) {
      try pairs.append($0)
    }
    statistics.banding = met.statistics
    var batches = try NodeBatches(nodes, pairs, pairsPerBatch: memory.pairsPerBatch)
    var spread = try batches.spread(pairs, folder: folder)
    try await collapse(batches, spread, &statistics)
    crowded = [Bool](repeating: false, count: nodes.count)
    for node in met.crowded.indices where met.crowded[node] { crowded[Int(leaders[node])] = true }
    if try await learn(stages, &statistics) {
      batches = try NodeBatches(nodes, pairs, pairsPerBatch: memory.pairsPerBatch)
      spread = try batches.spread(pairs, folder: folder)
    }
    try await verify(batches, spread, &statistics)
    try await joinCrowded(batches, &statistics)
    self.batches = batches
  }

  /// The stages of one batch.
  private func stages(_ members: [Int], base: Int = 0) -> PairStages {
    var groups = TextGroups()
    for node in members { groups.append(nodes.documents[node]) }
    var own = configuration
    let progress = configuration.progress
    own.progress = {
      progress(PipelineProgress(stage: $0.stage, done: base + $0.done, total: nil))
    }
    return PairStages(configuration: own, corpus: corpus, nodes: Nodes(documents: groups))
  }

  /// Asks for the texts of a batch in the order of the disk: its pairs jump over all of it.
  private func prefetch(_ pairs: [UInt64], _ stages: PairStages) {
    guard corpus.texts.isLarge else { return }
    TextReader(corpus).prefetch(stages.nodes.members(of: pairs).lazy.map { stages.nodes.first($0) })
  }

  /// Finds leaders, each among the nodes of its batch.
  private func collapse(
    _ batches: NodeBatches,
    _ spread: BatchSpool<UInt64>,
    _ statistics: inout RunStatistics
  ) async throws {
    for batch in 0..<batches.count {
      let members = batches.members(batch)
      let stages = stages(members)
      let pairs = try spread.read(batch).map { batches.local($0) }
      let rows = (0..<members.count).map { stages.nodes.first($0) }
      prefetch(pairs, stages)
      let found = try await stages.collapse(pairs, rows, &statistics)
      for (place, leader) in found.leaders.enumerated() {
        leaders[members[place]] = UInt32(members[leader])
      }
      try collapsed.append(found.collapsed.map { $0.renumbered(members) })
      try Task.checkCancellation()
    }
  }

  /// Learns from the leaders what the profile asks for.
  ///
  /// - Returns: whether there are more pairs than before.
  private func learn(
    _ stages: PairStages,
    _ statistics: inout RunStatistics
  ) async throws -> Bool {
    let profile = configuration.profile
    let leads = { [self] (node: Int) in
      Int(leaders[node]) == node && !corpus.documents.isEmpty(nodes.first(node))
    }
    guard profile.postingUnit != nil || profile.weighted else {
      for node in leaders.indices where leads(node) { statistics.leaders += 1 }
      return false
    }
    let list = leaders.indices.filter(leads)
    statistics.leaders = list.count
    let learnt = try await stages.learn(list, &statistics)
    gramWeights = learnt.gramWeights
    try pairs.append(learnt.pairs)
    return !learnt.pairs.isEmpty
  }

  /// Compares the leaders of every batch and groups them for the first time.
  private func verify(
    _ batches: NodeBatches,
    _ spread: BatchSpool<UInt64>,
    _ statistics: inout RunStatistics
  ) async throws {
    try spreadCollapsed(batches)
    for batch in 0..<batches.count {
      let members = batches.members(batch)
      let stages = stages(members, base: statistics.compared)
      var output = try load(batch, members, batches)
      let wanted = try spread.read(batch).compactMap { pair -> UInt64? in
        let (a, b) = CandidatePairs.unpack(batches.local(pair))
        let (x, y) = (output.leaders[a], output.leaders[b])
        return x == y ? nil : CandidatePairs.pack(x, y)
      }
      prefetch(wanted, stages)
      try await stages.verifyPlausible(wanted, &output, &statistics)
      let groups = rounds.first(output)
      try states.append(groups, output.edges, isOpen: output.crowded.contains(true))
      try Task.checkCancellation()
    }
  }

  private func spreadCollapsed(_ batches: NodeBatches) throws {
    var counts = [Int](repeating: 0, count: batches.count)
    try collapsed.forEachPart { part in
      for edge in part { counts[Int(batches.ofNodes[edge.b])] += 1 }
    }
    let spread = try BatchSpool<NodeEdge>(counts: counts, folder: folder)
    try collapsed.forEachPart { part in
      for edge in part {
        var local = edge
        (local.a, local.b) = (Int(batches.places[edge.a]), Int(batches.places[edge.b]))
        try spread.append(local, to: Int(batches.ofNodes[edge.b]))
      }
    }
    states.collapsed = spread
  }

  /// A batch without its edges.
  private func load(
    _ batch: Int,
    _ members: [Int],
    _ batches: NodeBatches
  ) throws -> PairStages.Output {
    var output = PairStages.Output(
      leaders: members.map { Int(batches.places[Int(leaders[$0])]) }
    )
    output.collapsed = try states.collapsed?.read(batch).sorted { $0.b < $1.b } ?? []
    output.crowded = members.map { crowded[$0] }
    output.gramWeights = gramWeights
    return output
  }

  /// Further rounds; each goes over all batches, until one changes nothing.
  private func joinCrowded(
    _ batches: NodeBatches,
    _ statistics: inout RunStatistics
  ) async throws {
    for _ in 0..<ClusterRounds.mostRounds {
      var isChanged = false
      for batch in 0..<batches.count where states.isOpen(batch) {
        let members = batches.members(batch)
        let stages = stages(members, base: statistics.compared)
        var output = try load(batch, members, batches)
        var round = try states.read(batch, &output)
        var numbers = statistics
        let step = try await rounds.step(&round, &output) { [gramWeights] wanted in
          try await stages.verify(wanted, gramWeights, &numbers)
        }
        statistics = numbers
        isChanged = isChanged || step.isChanged
        try states.replace(batch, round, output.edges, isOpen: !step.isSettled)
        try Task.checkCancellation()
      }
      if !isChanged { return }
    }
  }

  /// Ends clustering and gives every batch, as far as its families.
  ///
  /// - Parameter body: takes a batch, and its nodes by their numbers among all.
  /// - Throws: what `body` throws, or where a batch cannot be read.
  func forEachBatch(_ body: (FamilyBuilder, [Int]) async throws -> Void) async throws {
    guard let batches else { return }
    for batch in 0..<batches.count {
      let members = batches.members(batch)
      var output = try load(batch, members, batches)
      let round = try states.read(batch, &output)
      let builder = FamilyBuilder(
        table: corpus.documents,
        nodes: stages(members).nodes,
        pairs: output,
        clusters: rounds.finish(round.groups, output)
      )
      try await body(builder, members)
      try Task.checkCancellation()
    }
  }

  /// What a run without a limit leaves in memory.
  struct Output {
    var families: [Family] = []
    /// Collapsed pairs and edges between leaders, by the numbers of all nodes: all if they are
    /// asked for, else those of templates.
    var pairs = PairStages.Output(leaders: [])
    /// How many there are.
    var edgeCount = 0
  }

  /// Builds the families of all batches.
  func families() async throws -> Output {
    var result = Output()
    let keepsEdges = configuration.keepsEdges
    try await forEachBatch { [corpus, configuration] builder, members in
      let pairs = builder.pairs
      result.families += try await builder.build(configuration, corpus)
      result.edgeCount += pairs.collapsed.count + pairs.edges.count
      if keepsEdges {
        result.pairs.collapsed += pairs.collapsed.map { $0.renumbered(members) }
      }
      for edge in pairs.edges where keepsEdges || edge.scores.level == .template {
        result.pairs.edges.append(edge.renumbered(members))
      }
    }
    result.pairs.collapsed.sort { $0.b < $1.b }
    result.pairs.edges.sort { ($0.a, $0.b) < ($1.a, $1.b) }
    result.pairs.crowded = crowded
    FamilyBuilder.sort(&result.families, corpus.documents)
    return result
  }
}

extension NodeEdge {
  /// The edge of a batch by the numbers of all nodes.
  fileprivate func renumbered(_ members: [Int]) -> NodeEdge {
    var edge = self
    (edge.a, edge.b) = (members[a], members[b])
    return edge
  }
}
