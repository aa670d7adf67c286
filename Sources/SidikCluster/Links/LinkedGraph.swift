/// The graph of a run after links were applied to it.
///
/// Equal texts that links part become nodes of their own, at the end of the numbers; so do texts
/// leave the leader that stands for them. What leaves has no edges: it comes together only with
/// what links join it to. Edges stay as they were verified, so links never change what
/// `--edges` writes but for the samples of crowded groups.
struct LinkedGraph {
  private(set) var nodes: Nodes
  var pairs: PairStages.Output
  /// Nodes with a document that a link joins to another.
  private(set) var joined: Set<Int> = []
  private var sets: LinkSets
  /// The documents of each node while texts are parted.
  private var documents: [[Int32]]
  /// A linked document of each node or, for a leader, of the nodes it stands for.
  private var speakers: [Int: Int] = [:]
  private var nodeOf: [Int: Int] = [:]

  /// What was compared for samples of crowded groups, as edges between documents.
  var samples: [Edge] {
    var only = PairStages.Output(leaders: [])
    only.edges = pairs.edges.filter(\.isSampled)
    return only.documentEdges(nodes).filter { $0.origin == .sample }
  }

  /// Builds families of clusters of this graph.
  func builder(_ table: DocumentTable, _ clusters: [[Int]]) -> FamilyBuilder {
    FamilyBuilder(table: table, nodes: nodes, pairs: pairs, clusters: clusters, linked: joined)
  }

  /// Applies links.
  init(_ nodes: Nodes, _ pairs: PairStages.Output, _ links: ResolvedLinks) {
    self.nodes = nodes
    self.pairs = pairs
    sets = links.sets
    documents = nodes.documents.map { Array($0) }
    for node in 0..<nodes.count { split(node, links) }
    self.nodes.documents = TextGroups(documents)
    documents = []
    uncollapse()
    self.pairs.links = clusterLinks(links)
    for (link, a, b) in links.applied where link.verdict == .same {
      joined.formUnion((a + b).compactMap { links.number($0).flatMap { nodeOf[$0] } })
    }
  }

  /// Parts the documents of one text: each linked one stays where nothing keeps it apart.
  private mutating func split(_ node: Int, _ links: ResolvedLinks) {
    let linked = documents[node].compactMap { document in
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
    if !gone.isEmpty { documents[node].removeAll { gone.contains($0) } }
    for (place, part) in parts.enumerated() {
      let home = place == 0 ? node : documents.count
      if place > 0 {
        documents.append(part.documents)
        pairs.leaders.append(home)
        pairs.crowded.append(false)
      }
      speakers[home] = part.speaker
      for document in part.documents { nodeOf[links.number(Int(document)) ?? 0] = home }
    }
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
  private mutating func clusterLinks(_ links: ResolvedLinks) -> ClusterLinks {
    var leadersOf: [Int: Set<Int>] = [:]
    for number in links.documents.indices {
      // In a pass over some of the documents, others have no node.
      guard let node = nodeOf[number] else { continue }
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
