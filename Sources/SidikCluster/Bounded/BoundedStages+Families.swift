internal import SidikCore

/// The end of a run in batches: families, and the pairs that were asked for.
extension BoundedStages {
  /// Ends clustering and gives every batch, as far as its families.
  ///
  /// - Parameter body: takes a batch, the stages that compare its nodes, these by their
  ///   numbers among all, and what was collapsed before links.
  /// - Throws: what `body` throws, or where a batch cannot be read.
  func forEachBatch(
    _ body: (FamilyBuilder, PairStages, ArraySlice<UInt32>, [NodeEdge]) async throws -> Void
  ) async throws {
    guard let batches else { return }
    for batch in 0..<batches.count {
      let members = batches.members(batch)
      let collapsed = try readCollapsed(batch)
      var (output, joined) = linked(load(members, batches, collapsed), batch, batches)
      let round = try states.read(batch, &output)
      let asked = rounds.asked(output, round.groups)
      let builder = FamilyBuilder(
        table: corpus.documents,
        nodes: ofBatch(members),
        pairs: output,
        clusters: rounds.finish(round.groups, output, asked),
        linked: joined
      )
      try await body(builder, try stages(batch, batches, .some), members, collapsed)
      try Task.checkCancellation()
    }
  }

  /// What a run without a limit leaves in memory.
  struct Output {
    var families: [Family] = []
    /// Collapsed pairs and edges between leaders, by the numbers of all nodes: all if they are
    /// asked for, else those of templates.
    var pairs = PairStages.Output(leaders: [])
    /// What was compared for samples under links, by the numbers of all nodes and those that links
    /// part.
    var samples: [NodeEdge] = []
    /// How many there are.
    var edgeCount = 0
  }

  /// Builds the families of all batches.
  func families() async throws -> Output {
    var result = Output()
    let keepsEdges = configuration.keepsEdges
    let hasLinks = configuration.links != nil
    try await forEachBatch { builder, stages, members, collapsed in
      let pairs = builder.pairs
      result.families += try await builder.build(comparing: stages)
      result.edgeCount += collapsed.count + pairs.edges.count
      if keepsEdges {
        result.pairs.collapsed += collapsed.map { $0.renumbered(members) }
      }
      for edge in pairs.edges where keepsEdges || edge.scores.level == .template {
        if hasLinks && edge.isSampled {
          result.samples.append(edge.renumbered(members))
        } else {
          result.pairs.edges.append(edge.renumbered(members))
        }
      }
    }
    result.samples.sort { ($0.a, $0.b) < ($1.a, $1.b) }
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
