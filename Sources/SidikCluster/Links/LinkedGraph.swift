/// The distinct texts of a run, those parted that links part.
///
/// Equal texts that links part become nodes of their own, at the end of the numbers.
struct LinkedNodes: Sendable {
  /// What the links ask of documents.
  let links: ResolvedLinks
  private(set) var nodes: Nodes
  /// Nodes with a document that a link joins to another.
  private(set) var joined: Set<Int> = []
  /// What must be together and apart, equal texts taken together.
  fileprivate private(set) var sets: LinkSets
  /// A linked document of each node.
  fileprivate private(set) var speakers: [Int: Int] = [:]
  /// The node of each linked document; in a pass over some of the documents, others have none.
  private(set) var nodeOf: [Int: Int] = [:]
  /// The documents of nodes that lose some, and of those that are added, while texts are parted.
  private var changed: [Int: [Int32]] = [:]
  private var added: [[Int32]] = []

  /// Parts texts.
  init(_ nodes: Nodes, _ links: ResolvedLinks) {
    self.links = links
    self.nodes = nodes
    sets = links.sets
    for node in 0..<nodes.count { split(node) }
    if !added.isEmpty {
      var groups = TextGroups()
      groups.reserve(nodes.count + added.count)
      for node in 0..<nodes.count {
        if let own = changed[node] {
          groups.append(own)
        } else {
          groups.append(nodes.documents[node])
        }
      }
      for own in added { groups.append(own) }
      self.nodes.documents = groups
    }
    (changed, added) = ([:], [])
    for (link, a, b) in links.applied where link.verdict == .same {
      joined.formUnion((a + b).compactMap { links.number($0).flatMap { nodeOf[$0] } })
    }
  }

  /// Parts the documents of one text: each linked one stays where nothing keeps it apart.
  private mutating func split(_ node: Int) {
    let linked = nodes.documents[node].compactMap { document in
      links.number(Int(document)).map { (document: document, number: $0) }
    }
    guard !linked.isEmpty else { return }
    var parts: [(speaker: Int, documents: [Int32])] = []
    for (document, number) in linked {
      let place = parts.firstIndex { !sets.areApart($0.speaker, number) } ?? parts.count
      if place == parts.count { parts.append((number, [])) }
      parts[place].documents.append(document)
      sets.join(parts[place].speaker, number)
    }
    let gone = Set(parts.dropFirst().flatMap(\.documents))
    if !gone.isEmpty { changed[node] = nodes.documents[node].filter { !gone.contains($0) } }
    for (place, part) in parts.enumerated() {
      let home = place == 0 ? node : nodes.count + added.count
      if place > 0 { added.append(part.documents) }
      speakers[home] = part.speaker
      for document in part.documents { nodeOf[links.number(Int(document)) ?? 0] = home }
    }
  }

  /// Pairs of nodes that links make depend on each other.
  var ties: [(Int, Int)] {
    var ties: [(Int, Int)] = []
    for (_, a, b) in links.applied {
      let tied = (a + b).compactMap { links.number($0).flatMap { nodeOf[$0] } }
      guard let first = tied.first else { continue }
      for other in tied { ties.append((first, other)) }
    }
    return ties
  }
}

/// The graph of a run, or of a part that no link leads out of, after links were applied to it.
///
/// Texts that must stay apart leave the leader that stands for them. What leaves has no edges: it
/// comes together only with what links join it to. Edges stay as they were verified, so links never
/// change what `--edges` writes but for the samples of crowded groups.
struct LinkedGraph {
  var pairs: PairStages.Output
  /// Nodes with a document that a link joins to another.
  private(set) var joined: Set<Int> = []
  private let base: LinkedNodes
  private var sets: LinkSets
  /// A linked document of each node or, for a leader, of the nodes it stands for.
  private var speakers: [Int: Int] = [:]
  /// Linked documents of the graph, ascending, and the node of each.
  private var linked: [(number: Int, node: Int)] = []

  /// The nodes of the run.
  var nodes: Nodes { base.nodes }

  /// What was compared for samples of crowded groups, as edges between documents.
  var samples: [Edge] {
    pairs.edges.filter(\.isSampled).map { Edge($0, nodes, .sample) }
  }

  /// Builds families of clusters of this graph.
  func builder(_ table: DocumentTable, _ clusters: [[Int]]) -> FamilyBuilder {
    FamilyBuilder(table: table, nodes: nodes, pairs: pairs, clusters: clusters, linked: joined)
  }

  /// Applies links to all nodes of a run.
  init(_ nodes: Nodes, _ pairs: PairStages.Output, _ links: ResolvedLinks) {
    let base = LinkedNodes(nodes, links)
    self.init(base, pairs, base.nodeOf.map { ($0.key, $0.value) }) { $0 }
  }

  /// Applies links to a part.
  ///
  /// - Parameters:
  ///   - base: the nodes of the run.
  ///   - pairs: leaders and pairs of the part, by its own numbers; may lack what was parted.
  ///   - linked: the linked documents of the part, and the node of each by the numbers of the run.
  ///   - place: the number in the part of a node of the run.
  init(
    _ base: LinkedNodes,
    _ pairs: PairStages.Output,
    _ linked: [(number: Int, node: Int)],
    _ place: (Int) -> Int
  ) {
    (self.base, self.pairs, sets) = (base, pairs, base.sets)
    self.linked = linked.map { ($0.number, place($0.node)) }.sorted { $0.number < $1.number }
    for entry in linked {
      let node = place(entry.node)
      speakers[node] = base.speakers[entry.node]
      if base.joined.contains(entry.node) { joined.insert(node) }
      while self.pairs.leaders.count <= node {
        self.pairs.leaders.append(self.pairs.leaders.count)
        self.pairs.crowded.append(false)
      }
    }
    uncollapse()
    self.pairs.links = clusterLinks()
  }

  /// Takes from their leaders what must stay apart from them or from what is there already.
  private mutating func uncollapse() {
    var kept: [NodeEdge] = []
    for edge in pairs.collapsed {
      if let member = speakers[edge.b] {
        if let leader = speakers[edge.a] {
          if sets.areApart(leader, member) {
            pairs.leaders[edge.b] = edge.b
            continue
          }
          sets.join(leader, member)
        }
        speakers[edge.a] = member
      }
      kept.append(edge)
    }
    pairs.collapsed = kept
  }

  /// The links between leaders.
  private func clusterLinks() -> ClusterLinks {
    var leadersOf: [Int: Set<Int>] = [:]
    for (number, node) in linked {
      leadersOf[sets.root(number), default: []].insert(pairs.leaders[node])
    }
    let same = leadersOf.values.filter { $0.count > 1 }.map { $0.sorted() }
      .sorted { $0[0] < $1[0] }
    let apart = sets.apartPairs.compactMap { a, b -> ClusterLinks.Pair? in
      guard let x = leadersOf[a]?.min(), let y = leadersOf[b]?.min() else { return nil }
      return ClusterLinks.Pair(a: min(x, y), b: max(x, y))
    }
    return ClusterLinks(same: same, apart: apart.sorted { ($0.a, $0.b) < ($1.a, $1.b) })
  }
}
