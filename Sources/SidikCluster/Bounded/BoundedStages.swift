@_spi(Kernels) internal import SidikCore
internal import SidikIndex

/// The stages between distinct texts and families for a run whose memory is limited: pairs stand
/// on disk and are worked on batch by batch (``NodeBatches``).
///
/// The answer is that of ``PairStages`` on everything, byte for byte. Leaders are found first, as
/// weights and postings are made of all of them; then each batch is verified and clustered. Rounds
/// for crowded groups go over all batches before the next begins, for they end together.
final class BoundedStages {
  let configuration: PipelineConfiguration
  let corpus: Corpus
  /// Distinct texts; behind them those that links part from equal ones.
  let nodes: Nodes
  /// Distinct texts alone.
  private let distinct: Nodes
  private let links: LinkedNodes?
  private let memory: MemoryLimit
  private let pairs: RecordSpool<UInt64>
  private let collapsed: RecordSpool<NodeEdge>
  let states: BatchStates
  private var leaders: [UInt32]
  /// For each node whether it leads nodes of large buckets.
  private(set) var crowded: [Bool] = []
  private(set) var gramWeights: GramWeights?
  private var folder: String? { configuration.temporaryFolder }
  var rounds: ClusterRounds { ClusterRounds(linkage: configuration.profile.linkage) }
  private var learns: Bool {
    configuration.profile.postingUnit != nil || configuration.profile.weighted
  }

  /// The batches, once ``run(_:)`` has made them.
  private(set) var batches: NodeBatches?
  /// Linked documents of each of them, once links are applied, and their nodes.
  private var linkedOf: [Int: [(number: Int, node: Int)]] = [:]
  /// What they compare; nil where the kernel has all of the corpus in memory anyway.
  private var gathered: GatheredTexts?

  init(
    _ configuration: PipelineConfiguration,
    _ corpus: Corpus,
    _ nodes: Nodes,
    _ memory: MemoryLimit,
    _ links: ResolvedLinks? = nil
  )
    throws
  {
    self.configuration = configuration
    self.corpus = corpus
    self.links = links.map { LinkedNodes(nodes, $0) }
    distinct = nodes
    self.nodes = self.links?.nodes ?? nodes
    self.memory = memory
    pairs = try RecordSpool(folder: configuration.temporaryFolder)
    collapsed = try RecordSpool(folder: configuration.temporaryFolder)
    states = try BatchStates(folder: configuration.temporaryFolder)
    leaders = (0..<self.nodes.count).map { UInt32($0) }
  }

  /// Proposes, compares and groups pairs; what comes of each batch is asked for afterwards.
  ///
  /// - Parameter statistics: receives what was met and compared.
  /// - Throws: what ends the task, or where there is no room.
  func run(_ statistics: inout RunStatistics) async throws {
    let stages = PairStages(configuration: configuration, corpus: corpus, nodes: distinct)
    var met = try await stages.met((0..<distinct.count).map { nodes.first($0) }) {
      try pairs.append($0.pairs)
    }
    statistics.banding = met.statistics
    met.crowded += [Bool](repeating: false, count: nodes.count - distinct.count)
    var batches = try makeBatches()
    // What has no pair leads itself; the others find their leaders batch by batch.
    crowded = nodes.documents.indices.map {
      met.crowded[$0] && batches.ofNodes[$0] == NodeBatches.none
    }
    try gather(batches)
    var spread = try batches.spread(pairs, folder: folder)
    if learns {
      for batch in 0..<batches.count {
        let stages = try self.stages(batch, batches, .all)
        _ = try await collapse(batch, stages, batches, try spread.read(batch), met, &statistics)
      }
      if try await learn(stages, &statistics) {
        batches = try makeBatches()
        try gather(batches)
        spread = try batches.spread(pairs, folder: folder)
      }
      try spreadCollapsed(batches)
    }
    for batch in 0..<batches.count {
      let stages = try self.stages(batch, batches, .all, base: statistics.compared)
      let pairs = try spread.read(batch)
      var collapsed: [NodeEdge] = []
      if learns {
        collapsed = try readCollapsed(batch)
      } else {
        collapsed = try await collapse(batch, stages, batches, pairs, met, &statistics)
      }
      try await verify(batch, stages, batches, (pairs, collapsed), &statistics)
    }
    if !learns {
      countLeaders(&statistics)
      try spreadCollapsed(batches)
    }
    try await joinCrowded(batches, &statistics)
    self.batches = batches
  }

  private func makeBatches() throws -> NodeBatches {
    try NodeBatches(nodes, corpus, pairs, memory, ties: links?.ties ?? [])
  }

  /// Writes what batches compare in their order, where the corpus is too large to be read here and
  /// there.
  private func gather(_ batches: NodeBatches) throws {
    guard corpus.texts.isLarge || corpus.signatures.isSpilled else { return }
    gathered = nil
    gathered = try GatheredTexts(corpus, nodes, batches, memory, configuration)
  }

  /// The stages of one batch.
  ///
  /// Its nodes have the numbers that they have in the batch; the batch after it is asked for.
  func stages(
    _ batch: Int,
    _ batches: NodeBatches,
    _ use: GatheredTexts.Use,
    base: Int = 0
  ) throws -> PairStages {
    var own = configuration
    let progress = configuration.progress
    own.progress = {
      progress(PipelineProgress(stage: $0.stage, done: base + $0.done, total: nil))
    }
    let members = batches.members(batch)
    guard let gathered else {
      return PairStages(configuration: own, corpus: corpus, nodes: ofBatch(members))
    }
    let part = try gathered.corpus(batch, members, use)
    if batch + 1 < batches.count { gathered.prefetch(batch + 1) }
    return PairStages(configuration: own, corpus: part.corpus, nodes: part.nodes)
  }

  /// The nodes of a batch with their documents.
  func ofBatch(_ members: ArraySlice<UInt32>) -> Nodes {
    var groups = TextGroups()
    for node in members { groups.append(nodes.documents[Int(node)]) }
    return Nodes(documents: groups)
  }

  /// Finds the leaders of a batch, each among its nodes.
  ///
  /// - Returns: members with their leaders.
  private func collapse(
    _ batch: Int,
    _ stages: PairStages,
    _ batches: NodeBatches,
    _ pairs: [UInt64],
    _ met: (crowded: [Bool], statistics: LSHBanding.Statistics),
    _ statistics: inout RunStatistics
  ) async throws -> [NodeEdge] {
    let members = batches.members(batch)
    let rows = (0..<members.count).map { stages.nodes.first($0) }
    let found = try await stages.collapse(pairs.map { batches.local($0) }, rows, &statistics)
    for (node, leader) in zip(members, found.leaders) {
      leaders[Int(node)] = members[members.startIndex + leader]
      if met.crowded[Int(node)] { crowded[Int(leaders[Int(node)])] = true }
    }
    try collapsed.append(found.collapsed.map { $0.renumbered(members) })
    try Task.checkCancellation()
    return found.collapsed
  }

  /// Learns from the leaders what the profile asks for.
  ///
  /// - Returns: whether there are more pairs than before.
  private func learn(
    _ stages: PairStages,
    _ statistics: inout RunStatistics
  ) async throws -> Bool {
    let list = (0..<distinct.count).filter(leads)
    statistics.leaders = list.count
    let known = pairs.count
    gramWeights = try await stages.learn(list.map { UInt32($0) }, &statistics) {
      try pairs.append($0)
    }
    return pairs.count > known
  }

  private func leads(_ node: Int) -> Bool {
    Int(leaders[node]) == node && !corpus.documents.isEmpty(nodes.first(node))
  }

  private func countLeaders(_ statistics: inout RunStatistics) {
    for node in 0..<distinct.count where leads(node) { statistics.leaders += 1 }
  }

  /// Compares the leaders of a batch and groups them for the first time.
  private func verify(
    _ batch: Int,
    _ stages: PairStages,
    _ batches: NodeBatches,
    _ found: (pairs: [UInt64], collapsed: [NodeEdge]),
    _ statistics: inout RunStatistics
  ) async throws {
    var output = load(batches.members(batch), batches, found.collapsed)
    let wanted = found.pairs.compactMap { pair -> UInt64? in
      let (a, b) = CandidatePairs.unpack(batches.local(pair))
      let (x, y) = (output.leaders[a], output.leaders[b])
      return x == y ? nil : CandidatePairs.pack(x, y)
    }
    try await stages.verifyPlausible(wanted, &output, &statistics)
    output = linked(output, batch, batches).pairs
    try states.append(
      rounds.first(output, rounds.asked(output)),
      output.edges,
      isOpen: output.crowded.contains(true)
    )
    try Task.checkCancellation()
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

  /// The collapsed pairs of a batch, once they are spread.
  func readCollapsed(_ batch: Int) throws -> [NodeEdge] {
    try states.collapsed?.read(batch).sorted { $0.b < $1.b } ?? []
  }

  /// A batch without its edges.
  func load(
    _ members: ArraySlice<UInt32>,
    _ batches: NodeBatches,
    _ collapsed: [NodeEdge]
  ) -> PairStages.Output {
    var output = PairStages.Output(
      leaders: members.map { Int(batches.places[Int(leaders[Int($0)])]) }
    )
    output.collapsed = collapsed
    output.crowded = members.map { crowded[Int($0)] }
    output.gramWeights = gramWeights
    return output
  }

  /// What links make of a batch: its leaders, what is collapsed, and what they ask.
  ///
  /// - Returns: the batch, and its nodes that links join to others.
  func linked(
    _ output: PairStages.Output,
    _ batch: Int,
    _ batches: NodeBatches
  ) -> (pairs: PairStages.Output, joined: Set<Int>) {
    guard let links else { return (output, []) }
    if linkedOf.isEmpty {
      for (number, node) in links.nodeOf {
        linkedOf[Int(batches.ofNodes[node]), default: []].append((number, node))
      }
    }
    guard let own = linkedOf[batch] else { return (output, []) }
    let graph = LinkedGraph(links, output, own) { Int(batches.places[$0]) }
    return (graph.pairs, graph.joined)
  }

  /// Further rounds; each goes over all batches, until one changes nothing.
  private func joinCrowded(
    _ batches: NodeBatches,
    _ statistics: inout RunStatistics
  ) async throws {
    for _ in 0..<ClusterRounds.mostRounds {
      var isChanged = false
      for batch in 0..<batches.count where states.isOpen(batch) {
        let stages = try stages(batch, batches, .some, base: statistics.compared)
        var output = load(batches.members(batch), batches, try readCollapsed(batch))
        output = linked(output, batch, batches).pairs
        var round = try states.read(batch, &output)
        var numbers = statistics
        let asked = rounds.asked(output, round.groups)
        let step = try await rounds.step(&round, &output, asked) { [gramWeights] wanted in
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
}
