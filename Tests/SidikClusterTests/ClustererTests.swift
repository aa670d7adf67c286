import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct ClustererTests {
  /// Average-link by its definition.
  ///
  /// Of all pairs of groups the one of the highest mean over
  /// all pairs of members, ties to the smaller numbers, merges while the mean reaches the
  /// linkage. A group's number is that of the member it began with.
  private func naive(nodes: Int, _ edges: [WeightedEdge], linkage: Double) -> [[Int]] {
    var weights: [[Int]: Double] = [:]
    for edge in edges { weights[[min(edge.a, edge.b), max(edge.a, edge.b)]] = edge.weight }
    var groups: [Int: [Int]] = [:]
    for node in 0..<nodes { groups[node] = [node] }
    while true {
      var best: (mean: Double, a: Int, b: Int)?
      let names = groups.keys.sorted()
      for a in names {
        for b in names where a < b {
          guard let first = groups[a], let second = groups[b] else { continue }
          var sum = 0.0
          for x in first {
            for y in second { sum += weights[[min(x, y), max(x, y)]] ?? 0 }
          }
          let mean = sum / Double(first.count * second.count)
          if mean > best?.mean ?? 0 { best = (mean, a, b) }
        }
      }
      guard let best, best.mean >= linkage else { break }
      groups[best.a, default: []] += groups.removeValue(forKey: best.b) ?? []
    }
    return groups.values.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  /// Weights are sixteenths, so that sums are exact and ties are many.
  private func randomGraph(
    _ nodes: Int,
    density: Double,
    _ generator: inout SeededGenerator
  )
    -> [WeightedEdge]
  {
    var edges: [WeightedEdge] = []
    for a in 0..<nodes {
      for b in a + 1..<max(a + 1, nodes)
      where Double.random(in: 0..<1, using: &generator) < density {
        let weight = Double(Int.random(in: 4...16, using: &generator)) / 16
        edges.append(WeightedEdge(a: a, b: b, weight: weight))
      }
    }
    return edges.shuffled(using: &generator)
  }

  @Test(arguments: [2, 5, 12, 25], [0.1, 0.3, 0.7, 1])
  func equalsTheDefinition(nodes: Int, density: Double) {
    var generator = SeededGenerator(seed: UInt64(nodes * 100) + UInt64(density * 10))
    for linkage in [0.1, 0.3, 0.5, 0.9] {
      for _ in 0..<2 {
        let edges = randomGraph(nodes, density: density, &generator)
        let groups = Clusterer(linkage: linkage).cluster(nodeCount: nodes, edges: edges)
        #expect(groups == naive(nodes: nodes, edges, linkage: linkage))
      }
    }
  }

  @Test func theOrderOfTheEdgesDoesNotMatter() {
    var generator = SeededGenerator(seed: 4)
    let edges = randomGraph(60, density: 0.2, &generator)
    let groups = Clusterer(linkage: 0.3).cluster(nodeCount: 60, edges: edges)
    #expect(groups.count > 1)
    for _ in 0..<10 {
      let other = edges.shuffled(using: &generator).map { edge in
        Bool.random(using: &generator)
          ? edge : WeightedEdge(a: edge.b, b: edge.a, weight: edge.weight)
      }
      #expect(Clusterer(linkage: 0.3).cluster(nodeCount: 60, edges: other) == groups)
    }
  }

  /// A round-up of four stories has an edge to a document of each; chains of edges would make
  /// one family of all.
  @Test func aDigestGluesNothing() {
    var edges: [WeightedEdge] = []
    let stories = (0..<4).map { story in Array(story * 5..<story * 5 + 5) }
    for story in stories {
      for a in story {
        for b in story where a < b { edges.append(WeightedEdge(a: a, b: b, weight: 0.9)) }
      }
      edges.append(WeightedEdge(a: story[0], b: 20, weight: 0.55))
      edges.append(WeightedEdge(a: story[1], b: 20, weight: 0.55))
    }
    #expect(Clusterer(linkage: 0.3).cluster(nodeCount: 21, edges: edges) == stories)
  }

  @Test func nothingToCluster() {
    #expect(Clusterer(linkage: 0.3).cluster(nodeCount: 0, edges: []).isEmpty)
    #expect(Clusterer(linkage: 0.3).cluster(nodeCount: 9, edges: []).isEmpty)
    let weak = [WeightedEdge(a: 3, b: 1, weight: 0.29)]
    #expect(Clusterer(linkage: 0.3).cluster(nodeCount: 9, edges: weak).isEmpty)
    let enough = [WeightedEdge(a: 3, b: 1, weight: 0.3)]
    #expect(Clusterer(linkage: 0.3).cluster(nodeCount: 9, edges: enough) == [[1, 3]])
  }

  /// Both sides of the border: all but one node of a star leave average-link, none the leader.
  @Test func componentsAboveTheLimitTakeLeaders() {
    for (size, isGiant) in [(Clusterer.largestAverageLink, false), (5001, true)] {
      let edges = (1..<size).map { WeightedEdge(a: 0, b: $0, weight: 0.5) }
      let groups = Clusterer(linkage: 0.4).cluster(nodeCount: size, edges: edges)
      #expect(groups == [isGiant ? Array(0..<size) : [0, 1]])
    }
  }

  /// Leaders of a giant: every member has an edge to its leader, no node stands twice, and each
  /// follower is with the leader it is most like.
  @Test func leadersOfAGiant() {
    var generator = SeededGenerator(seed: 6)
    let nodes = 20_000
    var weights: [[Int]: Double] = [:]
    for node in 1..<nodes {
      for _ in 0..<3 {
        let other = Int.random(in: max(0, node - 40)..<node, using: &generator)
        weights[[other, node]] = Double.random(in: 0.3...1, using: &generator)
      }
    }
    let edges = weights.map { WeightedEdge(a: $0.key[0], b: $0.key[1], weight: $0.value) }
    let clock = ContinuousClock()
    var groups: [[Int]] = []
    let time = clock.measure {
      groups = Clusterer(linkage: 0.3).cluster(nodeCount: nodes, edges: edges)
    }
    #expect(time < .seconds(15))
    #expect(Set(groups.joined()).count == groups.reduce(0) { $0 + $1.count })
    var groupOf: [Int: Int] = [:]
    for (index, group) in groups.enumerated() {
      for node in group { groupOf[node] = index }
      #expect(
        group.contains { leader in
          group.allSatisfy { $0 == leader || weights[[min($0, leader), max($0, leader)]] != nil }
        }
      )
    }
    let again = Clusterer(linkage: 0.3).cluster(
      nodeCount: nodes,
      edges: edges.shuffled(using: &generator)
    )
    #expect(again == groups)
  }

  /// A chain is the longest way through union and heap.
  @Test(arguments: [5000, 60_000])
  func aLongChainEndsSoon(nodes: Int) {
    let edges = (1..<nodes).map { WeightedEdge(a: $0 - 1, b: $0, weight: 0.5) }
    let clock = ContinuousClock()
    let time = clock.measure {
      let groups = Clusterer(linkage: 0.3).cluster(nodeCount: nodes, edges: edges)
      // Two groups of a chain share one edge, so nothing grows along it.
      #expect(groups.allSatisfy { $0.count <= 3 } && groups.count >= nodes / 3)
    }
    #expect(time < .seconds(15))
  }

  @Test func theQueueGivesTheBestFirst() {
    var generator = SeededGenerator(seed: 7)
    for count in [0, 1, 2, 3, 10, 500] {
      var queue = MergeQueue()
      let merges = (0..<count).map { _ in
        Merge(
          mean: Double(Int.random(in: 0...5, using: &generator)),
          a: Int.random(in: 0...4, using: &generator),
          b: Int.random(in: 5...9, using: &generator),
          size: Int.random(in: 2...4, using: &generator)
        )
      }
      for merge in merges { queue.push(merge) }
      var popped: [[Double]] = []
      while let merge = queue.pop() {
        popped.append([-merge.mean, Double(merge.a), Double(merge.b), Double(merge.size)])
      }
      let expected = merges.map { [-$0.mean, Double($0.a), Double($0.b), Double($0.size)] }
        .sorted { $0.lexicographicallyPrecedes($1) }
      #expect(popped == expected)
    }
  }

  @Test(arguments: [1, 2, 50, 400], [0, 10, 300])
  func unionFindEqualsFloodFill(nodes: Int, joins: Int) {
    var generator = SeededGenerator(seed: UInt64(nodes * 1000 + joins))
    var sets = UnionFind(nodes)
    var label = Array(0..<nodes)
    for _ in 0..<joins {
      let a = Int.random(in: 0..<nodes, using: &generator)
      let b = Int.random(in: 0..<nodes, using: &generator)
      sets.join(a, b)
      let (low, high) = (min(label[a], label[b]), max(label[a], label[b]))
      for node in 0..<nodes where label[node] == high { label[node] = low }
    }
    #expect((0..<nodes).map { sets.root($0) } == label)
  }
}
