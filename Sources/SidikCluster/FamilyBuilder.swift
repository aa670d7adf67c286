internal import SidikCore
internal import SidikIndex

/// Turns clustered nodes into families: representative, levels, cohesion, order.
struct FamilyBuilder {
  let table: DocumentTable
  let nodes: Nodes
  let pairs: PairStages.Output
  /// Groups of two or more leaders.
  let clusters: [[Int]]
  /// Nodes that links join to others: copies, whatever their texts say.
  var linked: Set<Int> = []

  /// Nodes of one family with the edges among them.
  struct Group: Sendable {
    var nodes: [Int]
    var edges: [NodeEdge] = []
  }

  /// Builds the families; every member is compared with its representative.
  ///
  /// - Parameter stages: the same nodes, of which texts and lengths are looked at.
  /// - Returns: largest first, ties by the representative's id.
  /// - Throws: what ends the task.
  func build(comparing stages: PairStages) async throws -> [Family] {
    let groups = gather()
    let parts = Parallel.ranges(groups.count, size: 16)
    let builder = self
    let found = try await Parallel.map(
      parts: parts.count,
      threads: stages.configuration.threads,
      makeWorker: { stages.verifier(builder.pairs.gramWeights) }
    ) { verifier, part in
      groups[parts[part]].map { builder.family($0) { verifier.scores($0, $1) } }
    }
    return inOrder(found.joined())
  }

  /// Builds the families from edges alone: what they do not join to the representative is not
  /// measured.
  func build() -> [Family] {
    var known: [UInt64: PairScores] = [:]
    for edge in pairs.collapsed + pairs.edges {
      known[CandidatePairs.pack(edge.a, edge.b)] = edge.scores
    }
    return inOrder(gather().map { group in family(group) { known[CandidatePairs.pack($0, $1)] } })
  }

  /// Largest first, ties by the representative's id.
  private func inOrder(_ families: some Sequence<Family>) -> [Family] {
    var families = Array(families)
    Self.sort(&families, table)
    return families
  }

  /// Sorts families: largest first, ties by the representative's id.
  static func sort(_ families: inout [Family], _ table: DocumentTable) {
    let names = families.map { table.id($0.representative) }
    let order = families.indices.sorted { x, y in
      let sizes = (families[x].members.count, families[y].members.count)
      if sizes.0 != sizes.1 { return sizes.0 > sizes.1 }
      if names[x] != names[y] { return names[x] < names[y] }
      return families[x].identifier < families[y].identifier
    }
    families = order.map { families[$0] }
  }

  /// Takes the clustered leaders with the nodes they stand for.
  func gather() -> [Group] {
    var clusterOf = [Int](repeating: -1, count: nodes.count)
    for (index, members) in clusters.enumerated() {
      for member in members { clusterOf[member] = index }
    }
    var count = clusters.count
    for node in 0..<nodes.count {
      let leader = pairs.leaders[node]
      if clusterOf[leader] < 0, leader != node || nodes.documents[node].count > 1 {
        clusterOf[leader] = count
        count += 1
      }
    }
    var groups = [Group](repeating: Group(nodes: []), count: count)
    for node in 0..<nodes.count {
      let cluster = clusterOf[pairs.leaders[node]]
      if cluster >= 0 { groups[cluster].nodes.append(node) }
    }
    for edge in pairs.collapsed + pairs.edges where edge.scores.level?.joins ?? true {
      let cluster = clusterOf[pairs.leaders[edge.a]]
      if cluster >= 0, cluster == clusterOf[pairs.leaders[edge.b]] {
        groups[cluster].edges.append(edge)
      }
    }
    return groups
  }

  /// One family; `scores` compares its representative's node with another, nil where that is
  /// not known.
  func family(_ group: Group, _ scores: (Int, Int) -> PairScores?) -> Family {
    let (representative, home) = chooseRepresentative(group)
    var closest: [Int: Level] = [:]
    var known: [Int: PairScores] = [home: .equal]
    for edge in group.edges {
      let level = edge.scores.level ?? .variant
      closest[edge.a] = min(closest[edge.a] ?? level, level)
      closest[edge.b] = min(closest[edge.b] ?? level, level)
      if edge.a == home { known[edge.b] = edge.scores }
      if edge.b == home { known[edge.a] = edge.scores }
    }
    if !linked.isEmpty {
      for node in group.nodes where linked.contains(node) {
        closest[node] = min(closest[node] ?? .copy, .copy)
      }
    }
    var members: [Family.Member] = []
    for node in group.nodes {
      let scores = known[node] ?? scores(home, node)
      let own = scores?.level.flatMap { $0.joins ? $0 : nil }
      let level = own ?? closest[node] ?? .variant
      members += nodes.documents[node].map { document in
        Family.Member(
          document: Int(document),
          level: level,
          similarity: scores?.jaccard ?? 0,
          containment: scores?.containment ?? 0,
          isMeasured: scores != nil
        )
      }
    }
    let strengths = group.edges.map { max($0.scores.jaccard, $0.scores.containment) }.sorted()
    return Family(
      identifier: Self.identifier(of: members.map { table.id($0.document) }),
      representative: representative,
      level: members.map(\.level).max() ?? .exact,
      members: order(members, representative),
      firstSeen: earliest(members.map(\.document)).flatMap { table.time($0) },
      weakest: strengths.first ?? 1,
      median: strengths.isEmpty ? 1 : strengths[(strengths.count - 1) / 2]
    )
  }

  /// The earliest document by time; without times the medoid, the node with the highest sum of
  /// weights to the others; one that repeats itself only where all do.
  private func chooseRepresentative(_ group: Group) -> (document: Int, node: Int) {
    var home: [Int: Int] = [:]
    for node in group.nodes {
      for document in nodes.documents[node] { home[Int(document)] = node }
    }
    let inOrder = group.nodes.flatMap { nodes.documents[$0].map { Int($0) } }
    if let first = earliest(inOrder), let node = home[first] { return (first, node) }
    var sums: [Int: Double] = [:]
    for edge in group.edges {
      sums[edge.a, default: 0] += edge.strength * Double(nodes.documents[edge.b].count)
      sums[edge.b, default: 0] += edge.strength * Double(nodes.documents[edge.a].count)
    }
    let node =
      group.nodes.max { x, y in
        let (a, b) = (sums[x] ?? 0, sums[y] ?? 0)
        if repeatsItself(x) != repeatsItself(y) { return repeatsItself(x) }
        return a != b ? a < b : table.id(nodes.first(x)) > table.id(nodes.first(y))
      } ?? group.nodes[0]
    return (nodes.first(node), node)
  }

  /// Whether a node's text repeats itself: a poor face for a family that has another.
  private func repeatsItself(_ node: Int) -> Bool {
    table.rows[nodes.first(node)].repeats >= Pipeline.repeatingShare
  }

  /// The document with the earliest time that can be read; ties by id, then the first given.
  ///
  /// Ids may repeat, so documents are given in the order of their nodes, which the input's order
  /// does not change.
  private func earliest(_ documents: [Int]) -> Int? {
    let timed = documents.enumerated().compactMap { place, document in
      table.time(document).flatMap { Timestamp($0) }.map {
        (time: $0, id: table.id(document), place: place)
      }
    }
    return timed.min { ($0.time, $0.id, $0.place) < ($1.time, $1.id, $1.place) }
      .map { documents[$0.place] }
  }

  /// The representative first, then by time, by id, and by the order of their nodes.
  private func order(_ members: [Family.Member], _ representative: Int) -> [Family.Member] {
    let latest = Timestamp(seconds: .max)
    let keyed = members.enumerated().map { place, member in
      (
        rank: member.document == representative ? 0 : 1,
        time: table.time(member.document).flatMap { Timestamp($0) } ?? latest,
        id: table.id(member.document), place: place
      )
    }
    return keyed.sorted { x, y in
      (x.rank, x.time, x.id, x.place) < (y.rank, y.time, y.id, y.place)
    }.map { members[$0.place] }
  }

  /// 16 hexadecimal digits made from ids, in any order.
  static func identifier(of ids: [String]) -> String {
    var bytes: [UInt8] = []
    for id in ids.sorted() {
      bytes += id.utf8
      bytes.append(0)
    }
    let digest = unsafe bytes.withUnsafeBufferPointer { unsafe ExactDigest($0, keys: HashKeys()) }
    return Hexadecimal.string(digest.high)
  }
}
