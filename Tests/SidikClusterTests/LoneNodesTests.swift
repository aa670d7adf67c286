import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct LoneNodesTests {
  private func attached(
    _ groups: [[Int]],
    _ edges: [(Int, Int, Double)],
    nodeCount: Int = 12,
    linked: Set<Int> = []
  ) -> [[Int]] {
    var groups = groups
    LoneNodes(
      edges.map { WeightedEdge(a: $0.0, b: $0.1, weight: $0.2) },
      nodeCount: nodeCount,
      linked
    ).attach(to: &groups)
    return groups
  }

  @Test func threeEdgesIntoOneGroupAreEnough() {
    let groups = [[1, 2, 3], [4, 5, 6]]
    let edges = [(0, 1, 0.4), (0, 2, 0.4), (0, 3, 0.4)]
    #expect(attached(groups, edges) == [[0, 1, 2, 3], [4, 5, 6]])
    #expect(attached(groups, Array(edges.dropLast())) == groups)
  }

  @Test func edgesElsewhereKeepANodeAlone() {
    let groups = [[1, 2, 3], [4, 5, 6]]
    let edges = [(0, 1, 0.4), (0, 2, 0.4), (0, 3, 0.4)]
    #expect(attached(groups, edges + [(0, 4, 0.1)]) == groups)
    #expect(attached(groups, [(0, 4, 0.1)] + edges) == groups)
    // Another lone node is elsewhere too; both stay alone.
    let lone = edges + [(1, 7, 0.4), (2, 7, 0.4), (3, 7, 0.4), (0, 7, 0.2)]
    #expect(attached(groups, lone) == groups)
  }

  @Test func whatADigestQuotesDoesNotCount() {
    let groups = [[1, 2, 3], [4, 5, 6]]
    let edges = [(0, 1, 0.4), (0, 2, 0.4), (0, 3, 0.4), (0, 4, 0.0)]
    #expect(attached(groups, edges) == [[0, 1, 2, 3], [4, 5, 6]])
    #expect(attached(groups, edges.map { ($0.0, $0.1, 0.0) }) == groups)
  }

  @Test func nodesWithLinksAreLeftToThem() {
    let groups = [[1, 2, 3]]
    let edges = [(0, 1, 0.4), (0, 2, 0.4), (0, 3, 0.4)]
    #expect(attached(groups, edges, linked: [0]) == groups)
    #expect(attached(groups, edges, linked: [1]) == [[0, 1, 2, 3]])
  }

  @Test func neitherEdgesNorGroupsNeedAnOrder() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<50 {
      let groups = [[10, 11, 12, 13], [20, 21, 22]]
      var edges: [(Int, Int, Double)] = []
      for node in 0..<8 {
        for other in groups.joined() where Bool.random(using: &generator) {
          edges.append((node, other, Double.random(in: 0...1, using: &generator)))
        }
      }
      let first = attached(groups, edges, nodeCount: 30)
      edges.shuffle(using: &generator)
      #expect(attached(groups, edges, nodeCount: 30) == first)
      #expect(first.allSatisfy { $0 == $0.sorted() })
    }
  }
}
