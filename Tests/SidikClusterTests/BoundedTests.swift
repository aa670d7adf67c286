import SidikCore
import SidikIndex
import SidikTestSupport
import Testing

@testable import SidikCluster

/// A run whose memory is limited answers what a run without a limit answers.
@Suite struct BoundedTests {
  /// A limit that sends everything to disk: no signature stays in memory, a batch takes few pairs,
  /// and the window of texts is given back again and again.
  private static func tight(pairs: Int) throws -> MemoryLimit {
    var limit = try MemoryLimit(bytes: MemoryLimit.least)
    limit.signatures = 0
    limit.batch = 400 * pairs
    limit.mostLeft = 400 * pairs
    limit.window = 1 << 20
    return limit
  }

  /// Stories with edited copies, some of them in buckets that are too large for all their pairs.
  private func corpus(stories: Int, crowd: Int, seed: UInt64) -> [TestDocument] {
    var generator = SeededGenerator(seed: seed)
    var documents: [TestDocument] = []
    for story in 0..<stories {
      let text = randomText(words: 60 + story % 40, &generator)
      let copies = story < 2 ? crowd : story % 5
      for copy in 0...copies {
        let changed = copy % 8 == 3 ? 0 : story < 2 ? 1 : copy % 7
        documents.append(
          TestDocument(
            "\(story).\(copy)",
            changed == 0 ? text : edited(text, words: changed, &generator),
            source: "s\(copy % 3)",
            time: copy % 2 == 0 ? "2024-01-0\(1 + copy % 9)" : nil
          )
        )
      }
    }
    // A third of a crowded text meets it in a bucket now and then, and is no candidate.
    let crowded = documents[0].text.split(separator: " ")
    for part in 0..<crowd {
      let text = crowded.prefix(30).joined(separator: " ")
      documents.append(
        TestDocument("part.\(part)", text + " " + randomText(words: 30, &generator))
      )
    }
    documents += [
      TestDocument("empty", ""), TestDocument("signs", "!!!"), TestDocument("x", "!!!"),
    ]
    return documents.shuffled(using: &generator)
  }

  @Test(arguments: [Profile.auto, .article, .chat, .corpus], [1, 400])
  func aLimitChangesNoAnswer(profile: Profile, pairs: Int) async throws {
    let documents = corpus(stories: 12, crowd: 130, seed: 7)
    let free = try await cluster(documents, profile: profile)
    var configuration = PipelineConfiguration(profile: profile, threads: 2)
    configuration.memory = try Self.tight(pairs: pairs)
    let bound = try await Pipeline(configuration).run(RecordSource(documents))
    #expect(free.statistics.banding.largeBuckets > 0)
    #expect(bound.familyIDs == free.familyIDs && !free.familyIDs.isEmpty)
    #expect(bound.families.map(\.identifier) == free.families.map(\.identifier))
    #expect(bound.edges == free.edges && bound.texts == free.texts)
    #expect(bound.statistics.compared == free.statistics.compared)
    #expect(bound.statistics.leaders == free.statistics.leaders)
    #expect(bound.statistics.banding == free.statistics.banding)
    #expect(bound.statistics.postings == free.statistics.postings)
    #expect(bound.statistics.edges == free.statistics.edges)
  }

  @Test(arguments: [Profile.auto, .corpus])
  func aLimitChangesNoDecision(profile: Profile) async throws {
    let documents = corpus(stories: 12, crowd: 60, seed: 11)
    var configuration = PipelineConfiguration(profile: profile, threads: 2)
    let free = try await Deduplication(configuration).run(RecordSource(documents))
    configuration.memory = try Self.tight(pairs: 30)
    let bound = try await Deduplication(configuration).run(RecordSource(documents))
    #expect(bound.decisions == free.decisions && bound.passes == free.passes)
    #expect(bound.statistics.edges == free.statistics.edges)
    #expect(bound.statistics.families == free.statistics.families)
  }

  /// Who stands in a large bucket and has no pair is crowded, with a limit too.
  @Test func crowdedTextsWithoutPairsStayCrowded() async throws {
    let documents = corpus(stories: 4, crowd: 130, seed: 7)
    var configuration = PipelineConfiguration(profile: .corpus, threads: 1)
    let corpus = try await SketchStage(configuration: configuration)
      .run(RecordSource(documents)).corpus
    let nodes = Nodes(corpus)
    var paired: Set<Int> = []
    let met = try await PairStages(configuration: configuration, corpus: corpus, nodes: nodes)
      .met((0..<nodes.count).map { nodes.first($0) }) { found in
        for pair in found.pairs {
          let (a, b) = CandidatePairs.unpack(pair)
          paired.formUnion([a, b])
        }
      }
    #expect(met.crowded.indices.contains { met.crowded[$0] && !paired.contains($0) })
    let free = try await Pipeline(configuration).run(RecordSource(documents))
    configuration.memory = try Self.tight(pairs: 30)
    let bound = try await Pipeline(configuration).run(RecordSource(documents))
    #expect(bound.texts == free.texts && bound.edges == free.edges)
  }

  @Test func withoutEdgesTheirNumberIsKnown() async throws {
    let documents = corpus(stories: 10, crowd: 5, seed: 3)
    var configuration = PipelineConfiguration(profile: .corpus, threads: 1)
    let whole = try await Pipeline(configuration).run(RecordSource(documents))
    configuration.keepsEdges = false
    for memory in [nil, try Self.tight(pairs: 10)] {
      configuration.memory = memory
      let result = try await Pipeline(configuration).run(RecordSource(documents))
      #expect(result.edges.isEmpty && result.statistics.edges == whole.edges.count)
      #expect(result.families.map(\.identifier) == whole.families.map(\.identifier))
    }
  }

  @Test func tooLittleIsSaid() async throws {
    #expect { try MemoryLimit(bytes: MemoryLimit.least - 1) } throws: { error in
      (error as? SidikError)?.code == .usage
    }
    let limit = try MemoryLimit(bytes: MemoryLimit.least)
    for profile in [Profile.auto, .corpus] {
      let most = limit.documents(profile)
      try limit.check(documents: most, profile)
      #expect { try limit.check(documents: most + 1, profile) } throws: { error in
        (error as? SidikError)?.code == .budget
      }
      #expect(MemoryLimit.least(documents: most, profile) <= limit.bytes)
      #expect(MemoryLimit.least(documents: 10 * most, profile) > limit.bytes)
    }
    #expect(limit.documents(.corpus) > limit.documents(.auto))
  }
}
