import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

/// Under links, too, a run whose memory is limited answers what a run without a limit answers.
@Suite struct BoundedLinksTests {
  /// Every batch is one component of pairs and links, and nothing stays in memory.
  private static func tight(pairs: Int) throws -> MemoryLimit {
    var limit = try MemoryLimit(bytes: MemoryLimit.least)
    (limit.signatures, limit.window) = (0, 1 << 20)
    (limit.batch, limit.mostLeft) = (400 * pairs, 400 * pairs)
    return limit
  }

  /// Stories with copies, texts that are equal, one of them crowded, and one without words.
  private func corpus(_ generator: inout SeededGenerator) throws -> [TestDocument] {
    var documents = Array(
      try BundledReposts().documents.shuffled(using: &generator)[..<120]
    )
    let base = randomText(words: 70, &generator)
    documents += (0..<90).map { TestDocument("d\($0)", edited(base, words: 4, &generator)) }
    for story in 0..<6 {
      let text = randomText(words: 40, &generator)
      for copy in 0..<5 {
        let own = copy < 3 ? text : edited(text, words: 1, &generator)
        documents.append(TestDocument("equal\(story).\(copy)", own))
      }
    }
    return (documents + [TestDocument("blank", "")]).shuffled(using: &generator)
  }

  private func links(
    _ documents: [TestDocument],
    _ seed: Int,
    _ generator: inout SeededGenerator
  ) throws -> LinkList {
    // Equal and collapsed texts are linked often, as they are what links part.
    let close = (0..<6).flatMap { story in (0..<5).map { "equal\(story).\($0)" } }
    let ids = documents.map(\.id) + close + close + close + (0..<90).map { "d\($0)" } + ["not here"]
    return try randomLinks(ids, same: 5 * (seed % 4), different: 30, &generator)
  }

  @Test(arguments: 1...(runsSlowTests ? 40 : 6))
  func aLimitChangesNoFamily(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let documents = try corpus(&generator)
    let profile = [Profile.auto, .corpus, .article][seed % 3]
    var configuration = PipelineConfiguration(profile: profile, threads: 1 + seed % 2)
    configuration.links = try links(documents, seed, &generator)
    let free = try await Pipeline(configuration).run(RecordSource(documents))
    #expect(free.families.contains { $0.links != nil })
    for pairs in [1, 40] {
      configuration.memory = try Self.tight(pairs: pairs)
      let bound = try await Pipeline(configuration).run(RecordSource(documents))
      #expect(bound.transcript == free.transcript)
      #expect(bound.edges == free.edges && bound.texts == free.texts)
      #expect(bound.families.map(\.links?.same) == free.families.map(\.links?.same))
      #expect(bound.families.map(\.links?.different) == free.families.map(\.links?.different))
      #expect(bound.statistics.compared == free.statistics.compared)
      #expect(bound.statistics.edges == free.statistics.edges)
      #expect(bound.statistics.leaders == free.statistics.leaders)
      #expect(bound.statistics.links?.applied == free.statistics.links?.applied)
    }
  }

  @Test(arguments: 1...(runsSlowTests ? 20 : 4))
  func aLimitChangesNoDecision(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(100 + seed))
    let documents = try corpus(&generator)
    var configuration = PipelineConfiguration(
      profile: seed % 2 == 0 ? .auto : .corpus,
      threads: 2
    )
    configuration.links = try links(documents, seed, &generator)
    let free = try await Deduplication(configuration).run(RecordSource(documents))
    configuration.memory = try Self.tight(pairs: 20)
    let bound = try await Deduplication(configuration).run(RecordSource(documents))
    #expect(bound.decisions == free.decisions && bound.passes == free.passes)
    #expect(bound.statistics.edges == free.statistics.edges)
    #expect(bound.statistics.families == free.statistics.families)
  }
}
