import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

/// Pairs among a few texts against the comparison of two by themselves, and against a batch run.
@Suite struct TextPairsTests {
  private func texts() -> [String] {
    var generator = SeededGenerator(seed: 90)
    let base = (0..<6).map { _ in randomText(words: 70, &generator) }
    let copies = base.map { edited($0, words: 5, &generator) }
    let parts = base.map { $0.split(separator: " ")[10..<45].joined(separator: " ") }
    return base + copies + parts + [base[0].uppercased(), "", "?!", "?!", "ya"]
  }

  @Test(arguments: Profile.all)
  func equalTheComparisonOfTwo(_ profile: Profile) throws {
    let texts = texts()
    let configuration = PipelineConfiguration(profile: profile, threads: 1)
    let source = MemorySource(texts.enumerated().map { ("\($0)", $1) }, perChunk: 5)
    let pairs = try TextPairs(source, configuration)
    #expect(pairs.count == texts.count)
    for a in texts.indices {
      for b in texts.indices {
        let alone = try Comparison(Array(texts[a].utf8), Array(texts[b].utf8), configuration)
        #expect(pairs.scores(a, b) == alone.scores, "\(a) and \(b)")
      }
    }
  }

  /// Without weights and boilerplate a pair by itself is what it is in a corpus.
  @Test func edgesEqualThoseOfARun() async throws {
    let documents = try BundledReposts().documents
    let result = try await cluster(documents, profile: .corpus)
    let configuration = PipelineConfiguration(profile: .corpus, threads: 1)
    let pairs = try TextPairs(RecordSource(documents), configuration)
    for edge in result.edges {
      let found = try #require(pairs.edge(edge.a, edge.b))
      #expect(found.jaccard == edge.scores.jaccard)
      let strength = pairs.strength(of: found, edge.a, edge.b)
      #expect(strength.strength == edge.strength && strength.weight == edge.weight)
    }
    #expect(result.edges.count > 50)
  }

  @Test func orderIsAPermutationThatKeepsLongerTextsTogether() throws {
    let texts = texts()
    let source = MemorySource(texts.enumerated().map { ("\($0)", $1) })
    let pairs = try TextPairs(source, PipelineConfiguration(threads: 1))
    let asked = texts.indices.flatMap { a in texts.indices.map { (first: a, second: $0) } }
    let order = pairs.order(asked)
    #expect(order.sorted() == Array(asked.indices))
    #expect(pairs.order([]) == [])
  }
}
