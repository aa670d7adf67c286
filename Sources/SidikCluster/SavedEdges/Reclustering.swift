public import SidikCore
internal import SidikIndex

/// Clusters the verified pairs of an earlier run again, with another threshold or linkage, without
/// reading a text.
///
/// With the run's own threshold and linkage the families are those of the run. Pairs that were
/// never compared count as unlike.
public struct Reclustering: Sendable {
  private let saved: SavedEdges
  private let threshold: Double?
  private let linkage: Double
  /// What the families are made with.
  public let basis: ClusteringBasis

  /// Prepares to cluster again.
  ///
  /// - Parameters:
  ///   - saved: the verified pairs.
  ///   - threshold: only edges of at least this strength take part; nil takes all.
  ///   - linkage: the least average weight at which two groups merge; nil takes the run's.
  /// - Throws: ``SidikError`` where the threshold is below what the run looked for.
  public init(
    _ saved: SavedEdges,
    threshold: Double? = nil,
    linkage: Double? = nil
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
    var pairs = graph.pairs
    let clusters = try await ClusterRounds(linkage: linkage).run(&pairs) { wanted in
      wanted.compactMap { graph.samples[$0] }
    }
    let builder = FamilyBuilder(
      table: saved.documents,
      nodes: graph.nodes,
      pairs: pairs,
      clusters: clusters
    )
    let families = builder.build()
    return PipelineResult(
      documents: saved.documents,
      families: families,
      edges: pairs.documentEdges(graph.nodes),
      texts: DistinctTexts(graph.nodes, pairs),
      repeating: saved.documents.rows.indices.filter {
        saved.documents.rows[$0].repeats >= Pipeline.repeatingShare
      },
      problems: [],
      statistics: statistics(graph, pairs, families)
    )
  }

  private func statistics(
    _ graph: SavedGraph,
    _ pairs: PairStages.Output,
    _ families: [Family]
  ) -> RunStatistics {
    let rows = saved.documents.rows
    var numbers = RunStatistics()
    numbers.documents = rows.count
    numbers.emptyDocuments = rows.count { $0.scalars == 0 }
    numbers.repeatingDocuments = rows.count { $0.repeats >= Pipeline.repeatingShare }
    numbers.nodes = graph.nodes.count
    numbers.leaders = pairs.leaders.indices.count {
      pairs.leaders[$0] == $0 && rows[graph.nodes.first($0)].scalars > 0
    }
    numbers.edges = rows.count - graph.nodes.count + pairs.collapsed.count + pairs.edges.count
    numbers.families = families.count
    numbers.clustered = families.reduce(0) { $0 + $1.members.count }
    return numbers
  }
}
