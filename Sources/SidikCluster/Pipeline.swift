public import SidikCore

/// The answer of a batch run.
public struct PipelineResult: Sendable {
  /// Every document that was read.
  public var documents: DocumentTable
  /// Families of two or more documents, largest first, ties by the representative's id.
  public var families: [Family]
  /// All verified edges between documents; equal texts are joined to the first of them.
  public var edges: [Edge]
  /// The distinct texts, in the order that breaks ties.
  public var texts: DistinctTexts
  /// Documents of which at least ``Pipeline/repeatingShare`` repeats itself, in input order.
  public var repeating: [Int]
  /// What was wrong with records, in input order.
  public var problems: [RecordProblem]
  /// The numbers of the run.
  public var statistics: RunStatistics
  /// Documents in no family that belong to a template, with its name (``Family/template``).
  public var templateDocuments: [Int: String] = [:]
}

/// The batch run: documents in, families out.
///
/// Sketches only propose; an edge exists because the texts themselves were compared. The same
/// documents give the same families for any number of threads and any order of the input.
public struct Pipeline: Sendable {
  /// A document is said to repeat itself from this share on.
  public static let repeatingShare: Float = 0.2

  let configuration: PipelineConfiguration

  /// Prepares a run.
  public init(_ configuration: PipelineConfiguration) { self.configuration = configuration }

  /// Reads a source to its end and clusters its documents.
  ///
  /// - Parameter source: where documents come from; read on the calling task.
  /// - Returns: the families and what led to them.
  /// - Throws: ``SidikError`` where the input cannot be read or there is no room.
  /// - Complexity: O(n log n) in documents beside their texts, which are read twice; a pair of
  ///   documents is compared only where a sketch proposes it, and proposals are linear.
  public func run(_ source: any DocumentSource) async throws -> PipelineResult {
    let sketched = try await SketchStage(configuration: configuration).run(source)
    var statistics = sketched.statistics
    let repeating = sketched.corpus.documents.rows.indices.filter {
      sketched.corpus.documents.rows[$0].repeats >= Self.repeatingShare
    }

    configuration.progress(PipelineProgress(stage: .candidates, done: 0, total: nil))
    let (corpus, numbers) = try await BoilerplateStage(configuration, sketched.corpus).run()
    statistics.take(numbers)
    let nodes = Nodes(corpus)
    statistics.nodes = nodes.count
    let found =
      if let memory = configuration.memory {
        try await bounded(corpus, nodes, memory, &statistics)
      } else {
        try await whole(corpus, nodes, &statistics)
      }
    statistics.edges = found.edgeCount
    statistics.families = found.families.count
    statistics.clustered = found.families.reduce(0) { $0 + $1.members.count }
    var result = PipelineResult(
      documents: sketched.corpus.documents,
      families: found.families,
      edges: found.edges,
      texts: DistinctTexts(nodes, crowded: found.crowded),
      repeating: repeating,
      problems: sketched.problems,
      statistics: statistics
    )
    result.findTemplates(linkage: configuration.profile.linkage)
    return result
  }

  /// What the stages after the sketches give.
  private struct Found {
    var families: [Family]
    var edges: [Edge]
    var edgeCount: Int
    var crowded: [Bool]
  }

  /// All pairs at once, in memory.
  private func whole(
    _ corpus: Corpus,
    _ nodes: Nodes,
    _ statistics: inout RunStatistics
  ) async throws -> Found {
    let stages = PairStages(configuration: configuration, corpus: corpus, nodes: nodes)
    var pairs = try await stages.run(&statistics)
    configuration.progress(PipelineProgress(stage: .cluster, done: 0, total: nil))
    let equal = corpus.documents.count - nodes.count
    guard let list = configuration.links else {
      let clusters = try await stages.cluster(&pairs, &statistics)
      let families = try await FamilyBuilder(
        table: corpus.documents,
        nodes: nodes,
        pairs: pairs,
        clusters: clusters
      ).build(comparing: stages)
      return Found(
        families: families,
        edges: pairs.documentEdges(nodes, all: configuration.keepsEdges),
        edgeCount: equal + pairs.collapsed.count + pairs.edges.count,
        crowded: pairs.crowded
      )
    }
    let links = ResolvedLinks(list, corpus.documents)
    statistics.links = links.statistics
    var linked = LinkedGraph(nodes, pairs, links)
    var families = try await self.families(corpus, &linked, &statistics)
    links.annotate(&families)
    // Edges are those of the texts, links or not.
    let edges = pairs.documentEdges(nodes) + linked.samples
    return Found(families: families, edges: edges, edgeCount: edges.count, crowded: pairs.crowded)
  }

  /// Pairs on disk, batch by batch.
  private func bounded(
    _ corpus: Corpus,
    _ nodes: Nodes,
    _ memory: MemoryLimit,
    _ statistics: inout RunStatistics
  ) async throws -> Found {
    let links = configuration.links.map { ResolvedLinks($0, corpus.documents) }
    statistics.links = links?.statistics
    let stages = try BoundedStages(configuration, corpus, nodes, memory, links)
    try await stages.run(&statistics)
    configuration.progress(PipelineProgress(stage: .cluster, done: 0, total: nil))
    var found = try await stages.families()
    links?.annotate(&found.families)
    // Samples are of texts as links part them, all else of distinct texts.
    let edges =
      found.pairs.documentEdges(nodes, all: configuration.keepsEdges)
      + found.samples.map { Edge($0, stages.nodes, .sample) }
    return Found(
      families: found.families,
      edges: edges,
      edgeCount: corpus.documents.count - nodes.count + found.edgeCount,
      crowded: Array(found.pairs.crowded.prefix(nodes.count))
    )
  }

  /// The families of a graph that links were applied to.
  private func families(
    _ corpus: Corpus,
    _ linked: inout LinkedGraph,
    _ statistics: inout RunStatistics
  ) async throws -> [Family] {
    let stages = PairStages(configuration: configuration, corpus: corpus, nodes: linked.nodes)
    let clusters = try await stages.cluster(&linked.pairs, &statistics)
    return try await linked.builder(corpus.documents, clusters).build(comparing: stages)
  }
}
