/// A weighted edge between two nodes of the graph that is clustered.
struct WeightedEdge: Sendable, Hashable {
  var a: Int
  var b: Int
  /// 0...1.
  var weight: Double
}

/// Groups nodes by verified edges so that no chain of look-alikes runs away.
///
/// Inside each connected component, average-link: groups start single, the two groups with the
/// highest mean weight (a missing edge counts 0) merge until none reaches the linkage. One
/// document that quotes several stories cannot glue them: its edges are averaged with the
/// missing ones. Components above ``largestAverageLink`` nodes take the leader method, linear in
/// edges.
struct Clusterer {
  /// The largest component that average-link takes.
  static let largestAverageLink = 5000

  /// The least mean weight at which two groups merge.
  let linkage: Double
  /// What must stay apart, and the node that each node stands for there; nil where nothing must.
  var links: (asked: GroupLinks, nodes: [Int])?

  /// Clusters nodes.
  ///
  /// - Parameters:
  ///   - nodeCount: nodes are numbered below this.
  ///   - edges: each pair once; those without weight join nothing.
  /// - Returns: groups of two or more nodes, members ascending, in order of their first member.
  /// - Complexity: O(e log e) for e edges.
  func cluster(nodeCount: Int, edges: [WeightedEdge]) -> [[Int]] {
    let edges = edges.filter { $0.weight > 0 }
    var sets = UnionFind(nodeCount)
    for edge in edges { sets.join(edge.a, edge.b) }
    joinLinked(edges, &sets)
    var byRoot: [Int: Int] = [:]
    var components: [(size: Set<Int>, edges: [WeightedEdge])] = []
    for edge in edges {
      let root = sets.root(edge.a)
      let index = byRoot[root] ?? components.count
      if index == components.count {
        byRoot[root] = index
        components.append(([], []))
      }
      components[index].size.insert(edge.a)
      components[index].size.insert(edge.b)
      components[index].edges.append(edge)
    }
    var groups: [[Int]] = []
    for component in components {
      let nodes = component.size.sorted()
      if nodes.count > Self.largestAverageLink {
        groups += Leader.groups(nodes, component.edges, mayMerge)
      } else {
        var averageLink = AverageLink(nodes, component.edges, mayMerge)
        groups += averageLink.groups(linkage: linkage)
      }
    }
    return groups.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  /// Takes components that links join as one, so that the best merge of all comes first.
  private func joinLinked(_ edges: [WeightedEdge], _ sets: inout UnionFind) {
    guard let links else { return }
    var first: [Int: Int] = [:]
    for edge in edges {
      for node in [edge.a, edge.b] {
        let root = links.asked.root(links.nodes[node])
        if let other = first[root] { sets.join(other, node) } else { first[root] = node }
      }
    }
  }

  /// Says whether links let the groups of two nodes merge, which they then do.
  private var mayMerge: ((Int, Int) -> Bool)? {
    links.map { links in { links.asked.merge(links.nodes[$0], links.nodes[$1]) } }
  }
}

/// Average-link (UPGMA; Sokal, Michener 1958) on a sparse graph.
private struct AverageLink {
  private let mayMerge: ((Int, Int) -> Bool)?
  private let nodes: [Int]
  private var members: [[Int]]
  private var links: [[Int: Double]]
  private var queue = MergeQueue()

  init(_ nodes: [Int], _ edges: [WeightedEdge], _ mayMerge: ((Int, Int) -> Bool)?) {
    self.nodes = nodes
    self.mayMerge = mayMerge
    var local: [Int: Int] = [:]
    for (index, node) in nodes.enumerated() { local[node] = index }
    members = nodes.indices.map { [$0] }
    links = Array(repeating: [:], count: nodes.count)
    for edge in edges {
      guard let a = local[edge.a], let b = local[edge.b] else { continue }
      links[a][b] = edge.weight
      links[b][a] = edge.weight
      queue.push(Merge(mean: edge.weight, a: min(a, b), b: max(a, b), size: 2))
    }
  }

  mutating func groups(linkage: Double) -> [[Int]] {
    while let best = queue.pop(), best.mean >= linkage {
      // An entry is stale when either group has grown or gone since it was pushed.
      let (a, b) = (best.a, best.b)
      guard !members[a].isEmpty, !members[b].isEmpty,
        members[a].count + members[b].count == best.size, links[a][b] != nil
      else { continue }
      // Groups that must stay apart stay so, however they grow.
      if let mayMerge, !mayMerge(nodes[a], nodes[b]) { continue }
      merge(a, b)
    }
    return members.filter { !$0.isEmpty }.map { group in group.map { nodes[$0] }.sorted() }
  }

  private mutating func merge(_ a: Int, _ b: Int) {
    members[a] += members[b]
    members[b] = []
    links[a][b] = nil
    // Ascending order: sums of floating-point weights must not depend on a table's order.
    for (other, weight) in links[b].sorted(by: { $0.key < $1.key }) where other != a {
      links[a][other, default: 0] += weight
      links[other][a, default: 0] += weight
      links[other][b] = nil
    }
    links[b] = [:]
    for (other, weight) in links[a].sorted(by: { $0.key < $1.key }) {
      let pairs = Double(members[a].count * members[other].count)
      queue.push(
        Merge(
          mean: weight / pairs,
          a: min(a, other),
          b: max(a, other),
          size: members[a].count + members[other].count
        )
      )
    }
  }
}

/// Leader clustering: nodes in descending order of their summed weights; each either joins the
/// leader it is most like or becomes one.
private enum Leader {
  static func groups(
    _ nodes: [Int],
    _ edges: [WeightedEdge],
    _ mayMerge: ((Int, Int) -> Bool)?
  ) -> [[Int]] {
    var local: [Int: Int] = [:]
    for (index, node) in nodes.enumerated() { local[node] = index }
    var neighbours: [[(Int, Double)]] = Array(repeating: [], count: nodes.count)
    for edge in edges {
      guard let a = local[edge.a], let b = local[edge.b] else { continue }
      neighbours[a].append((b, edge.weight))
      neighbours[b].append((a, edge.weight))
    }
    let strength = neighbours.map { list in
      list.sorted { $0.0 < $1.0 }.reduce(0) { $0 + $1.1 }
    }
    var leader = [Int](repeating: -1, count: nodes.count)
    var tie = [Double](repeating: 0, count: nodes.count)
    for node in nodes.indices.sorted(by: { (-strength[$0], $0) < (-strength[$1], $1) })
    where leader[node] < 0 {
      leader[node] = node
      tie[node] = .infinity
      for (other, weight) in neighbours[node] where leader[other] != other && weight > tie[other] {
        leader[other] = node
        tie[other] = weight
      }
    }
    var groups = Array(Dictionary(grouping: nodes.indices) { leader[$0] }.values)
    if let mayMerge {
      groups = groups.sorted { $0[0] < $1[0] }.flatMap { group in
        parted(group.sorted { (-tie[$0], $0) < (-tie[$1], $1) }) { mayMerge(nodes[$0], nodes[$1]) }
      }
    }
    return groups.map { group in group.map { nodes[$0] }.sorted() }.sorted { $0[0] < $1[0] }
  }

  /// A leader's group, the leader first: it keeps what may merge with it, the others are alone.
  private static func parted(_ group: [Int], _ mayMerge: (Int, Int) -> Bool) -> [[Int]] {
    var kept = [group[0]]
    var alone: [[Int]] = []
    for node in group.dropFirst() {
      if mayMerge(kept[0], node) { kept.append(node) } else { alone.append([node]) }
    }
    return [kept] + alone
  }
}
