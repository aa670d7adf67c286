public import SidikCore

/// Clusters the verified pairs of an earlier run again, with another threshold or linkage, without
/// reading a text.
///
/// With the run's own threshold and linkage the families are those of the run. Pairs that were
/// never compared count as unlike.
public struct Reclustering: Sendable {
  private let saved: SavedEdges
  private let threshold: Double?
  private let linkage: Double
  private let links: LinkList?
  /// What the edges that take part are made with; families have the links besides
  /// (``ClusteringBasis/linked(by:)``).
  public let basis: ClusteringBasis

  /// Prepares to cluster again.
  ///
  /// - Parameters:
  ///   - saved: the verified pairs.
  ///   - threshold: only edges of at least this strength take part; nil takes all.
  ///   - linkage: the least average weight at which two groups merge; nil takes the run's.
  ///   - links: what analysts decided about pairs of documents.
  /// - Throws: ``SidikError`` where the threshold is below what the run looked for.
  public init(
    _ saved: SavedEdges,
    threshold: Double? = nil,
    linkage: Double? = nil,
    links: LinkList? = nil
  ) throws(SidikError) {
    let least = saved.basis.threshold
    if let threshold, threshold < least {
      throw SidikError(
        .usage,
        "--threshold \(threshold): the run looked for no edges below \(least), so they are not in "
          + "the file; cluster the texts again for that"
      )
    }
    self.saved = saved
    self.links = links
    self.threshold = threshold.map(EdgeWeights.rounded)
    self.linkage = EdgeWeights.rounded(linkage ?? saved.basis.linkage)
    var basis = saved.basis
    basis.threshold = self.threshold ?? least
    basis.linkage = self.linkage
    if basis.threshold != least { basis.parameters += ";edges-from:\(basis.threshold)" }
    if basis.linkage != saved.basis.linkage {
      basis.parameters += ";edges-linkage:\(basis.linkage)"
    }
    self.basis = basis
  }

  /// Clusters.
  ///
  /// - Returns: families and the edges that took part, over the documents of the saved run.
  ///   Members that no saved edge joins to their representative are not measured
  ///   (``Family/Member/isMeasured``).
  /// - Throws: ``SidikError`` where the edges contradict each other.
  /// - Complexity: O(e log e) for e edges.
  public func run() async throws -> PipelineResult {
    let graph = try SavedGraph(saved, threshold: threshold ?? 0)
    guard let links else {
      var pairs = graph.pairs
      let clusters = try await clusters(&pairs, graph.samples(among: graph.nodes))
      let families = FamilyBuilder(
        table: saved.documents,
        nodes: graph.nodes,
        pairs: pairs,
        clusters: clusters
      ).build()
      return result(graph, families, pairs.documentEdges(graph.nodes), nil)
    }
    let resolved = ResolvedLinks(links, saved.documents)
    var linked = LinkedGraph(graph.nodes, graph.pairs, resolved)
    let clusters = try await clusters(&linked.pairs, graph.samples(among: linked.nodes))
    var families = linked.builder(saved.documents, clusters).build()
    resolved.annotate(&families)
    let edges = graph.pairs.documentEdges(graph.nodes) + linked.samples
    return result(graph, families, edges, resolved.statistics)
  }

  private func clusters(
    _ pairs: inout PairStages.Output,
    _ samples: [UInt64: NodeEdge]
  ) async throws -> [[Int]] {
    try await ClusterRounds(linkage: linkage).run(&pairs) { wanted in
      wanted.compactMap { samples[$0] }
    }
  }

  private func result(
    _ graph: SavedGraph,
    _ families: [Family],
    _ edges: [Edge],
    _ links: LinkStatistics?
  ) -> PipelineResult {
    var statistics = statistics(graph, families)
    statistics.edges = edges.count
    statistics.links = links
    var result = PipelineResult(
      documents: saved.documents,
      families: families,
      edges: edges,
      texts: DistinctTexts(graph.nodes, crowded: graph.pairs.crowded),
      repeating: saved.documents.rows.indices.filter {
        saved.documents.rows[$0].repeats >= Pipeline.repeatingShare
      },
      problems: [],
      statistics: statistics
    )
    result.findTemplates(linkage: linkage)
    return result
  }

  private func statistics(
    _ graph: SavedGraph,
    _ families: [Family]
  ) -> RunStatistics {
    let rows = saved.documents.rows
    var numbers = RunStatistics()
    numbers.documents = rows.count
    numbers.emptyDocuments = rows.count { $0.scalars == 0 }
    numbers.repeatingDocuments = rows.count { $0.repeats >= Pipeline.repeatingShare }
    numbers.nodes = graph.nodes.count
    numbers.leaders = graph.pairs.leaders.indices.count {
      graph.pairs.leaders[$0] == $0 && rows[graph.nodes.first($0)].scalars > 0
    }
    numbers.families = families.count
    numbers.clustered = families.reduce(0) { $0 + $1.members.count }
    return numbers
  }
}
