internal import SidikCore

/// The end of a run in batches: families, and the pairs that were asked for.
extension BoundedStages {
  /// Ends clustering and gives every batch, as far as its families.
  ///
  /// - Parameter body: takes a batch, the stages that compare its nodes, and these by their
  ///   numbers among all.
  /// - Throws: what `body` throws, or where a batch cannot be read.
  func forEachBatch(
    _ body: (FamilyBuilder, PairStages, ArraySlice<UInt32>) async throws -> Void
  ) async throws {
    guard let batches else { return }
    for batch in 0..<batches.count {
      let members = batches.members(batch)
      var output = load(members, batches, try readCollapsed(batch))
      let round = try states.read(batch, &output)
      let builder = FamilyBuilder(
        table: corpus.documents,
        nodes: ofBatch(members),
        pairs: output,
        clusters: rounds.finish(round.groups, output)
      )
      try await body(builder, try stages(batch, batches, .some), members)
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
    try await forEachBatch { builder, stages, members in
      let pairs = builder.pairs
      result.families += try await builder.build(comparing: stages)
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
  func renumbered(_ members: ArraySlice<UInt32>) -> NodeEdge {
    var edge = self
    let first = members.startIndex
    (edge.a, edge.b) = (Int(members[first + a]), Int(members[first + b]))
    return edge
  }
}
