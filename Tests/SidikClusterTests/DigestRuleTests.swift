import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct DigestRuleTests {
  /// An excerpt of node `b` in node `a`, at a share of its length; a copy where none is given.
  private func edge(_ a: Int, _ b: Int, at core: ClosedRange<Double>? = nil) -> NodeEdge {
    var scores = PairScores(
      jaccard: core == nil ? 0.9 : 0.2,
      containmentOfFirst: 0.2,
      containmentOfSecond: 0.95,
      weighted: 0.95
    )
    scores.level = core == nil ? .copy : .excerpt
    scores.core = core
    return NodeEdge(a: min(a, b), b: max(a, b), scores: scores, strength: 0.9, weight: 0.9)
  }

  private func digests(_ edges: [NodeEdge], lengths: [Int]) -> (found: [Int], weights: [Double]) {
    var edges = edges
    let found = DigestRule(lengths: lengths).apply(to: &edges)
    return (found, edges.map(\.weight))
  }

  @Test func threeStoriesMakeADigest() {
    let answer = digests(
      [edge(0, 1, at: 0...0.3), edge(0, 2, at: 0.35...0.6), edge(0, 3, at: 0.65...1)],
      lengths: [3000, 900, 800, 1000]
    )
    #expect(answer.found == [0])
    #expect(answer.weights == [0, 0, 0])
  }

  @Test func twoStoriesKnownFromElsewhereMakeADigest() {
    let quotes = [edge(0, 1, at: 0...0.4), edge(0, 2, at: 0.5...1)]
    let lengths = [3000, 900, 800, 900, 800]
    #expect(digests(quotes, lengths: lengths).found == [])
    #expect(digests(quotes + [edge(1, 3)], lengths: lengths).found == [])
    let answer = digests(quotes + [edge(1, 3), edge(2, 4)], lengths: lengths)
    #expect(answer.found == [0])
    #expect(answer.weights == [0, 0, 0.9, 0.9], "copies keep their weight")
  }

  /// Excerpts of one report are no digest, however many: they overlap, or are one story.
  @Test func excerptsOfOneReportAreNoDigest() {
    let lengths = [3000, 900, 800, 1000]
    let overlapping = [
      edge(0, 1, at: 0...0.5), edge(0, 2, at: 0.1...0.55), edge(0, 3, at: 0.2...0.7),
    ]
    #expect(digests(overlapping, lengths: lengths).found == [])
    let joined = [
      edge(0, 1, at: 0...0.3), edge(0, 2, at: 0.35...0.6), edge(0, 3, at: 0.65...1), edge(1, 2),
      edge(2, 3), edge(1, 3),
    ]
    #expect(digests(joined, lengths: lengths).found == [])
  }

  /// A report whose copies exist beside it is not a digest of its own parts.
  @Test func aStoryOfItsOwnDoesNotCount() {
    let edges = [
      edge(0, 1, at: 0...0.3), edge(0, 2, at: 0.35...0.6), edge(0, 3, at: 0.65...1), edge(0, 4),
      edge(1, 4), edge(2, 4), edge(3, 4), edge(1, 2), edge(1, 3), edge(2, 3),
    ]
    #expect(digests(edges, lengths: [3000, 900, 800, 1000, 2900]).found == [])
  }

  @Test func theOrderOfEdgesDoesNotMatter() {
    var generator = SeededGenerator(seed: 4)
    let lengths = (0..<40).map { $0 < 6 ? 4000 + $0 : 500 + $0 }
    var edges: [NodeEdge] = []
    for digest in 0..<6 {
      for quoted in (6..<40).shuffled(using: &generator).prefix(4) {
        let start = Double.random(in: 0...0.8, using: &generator)
        edges.append(edge(digest, quoted, at: start...start + 0.2))
      }
    }
    let first = digests(edges, lengths: lengths).found
    #expect(!first.isEmpty)
    for _ in 0..<5 {
      edges.shuffle(using: &generator)
      #expect(digests(edges, lengths: lengths).found == first)
    }
  }
}
