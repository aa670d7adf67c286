import SidikCore
import SidikIndex
import SidikTestSupport
import Testing

@testable import SidikCluster

/// Samples on disk and in blocks give what they give in memory.
@Suite struct SampleStageTests {
  @Test func samplesComeBackByTheirPart() throws {
    var generator = SeededGenerator(seed: 21)
    let entries = SampleEntries(nodeCount: 500, partBits: 7)
    var memory = try MemoryLimit(bytes: MemoryLimit.least)
    memory.batch = 0
    let stores = try [nil, memory].map { try SampleStore(entries, $0, folder: nil) }
    var expected: [Int: [UInt64]] = [:]
    for node in 0..<500 {
      // Most stand in few parts, as those of long texts do.
      let samples = (0..<40).map { _ in generator.next() >> UInt64(node % 3 == 0 ? 0 : 12) }
      for store in stores { try store.append(samples, node: UInt32(node)) }
      for sample in samples {
        let (part, entry) = entries.entry(sample, node: UInt32(node))
        expected[part, default: []].append(entry)
      }
    }
    for store in stores {
      for part in 0..<entries.partCount {
        #expect(store.counts[part] == expected[part]?.count ?? 0)
        #expect(try store.take(part) == expected[part] ?? [])
        #expect(try store.take(part).isEmpty)
      }
    }
  }

  /// Lists of any length in blocks that hold a few places only.
  @Test(arguments: [1, 8192, 20_000, 400_000])
  func blocksOfAnySizeGiveEachPairOnce(bytes: Int) throws {
    var generator = SeededGenerator(seed: UInt64(bytes))
    let count = 300
    var lists: [UInt32] = []
    var counts = [UInt32](repeating: 0, count: count)
    for _ in 0..<800 {
      let length = Int.random(in: 2...(bytes == 8192 ? 4 : 20), using: &generator)
      let first = Int.random(in: 0..<count, using: &generator)
      let members = Set((0..<length).map { (first + $0 * $0) % count }).sorted()
      guard members.count > 1 else { continue }
      for node in members { counts[node] += 1 }
      lists +=
        members.dropLast().map { UInt32($0) } + [
          UInt32(members[members.count - 1]) | SampleLists.end
        ]
    }
    let all = 0..<count
    let counters = SamplePostings.Counters(nodeCount: count)
    let expected = SamplePostings(lists, counts: counts, rows: all, partners: all)
      .propose(all, counters)
    let spool = try RecordSpool<UInt32>(folder: nil)
    try spool.append(lists)
    let blocks = try PostingBlocks(counts, spool, most: bytes, folder: nil)
    var found: [UInt64] = []
    for block in 0..<blocks.count {
      let postings = try blocks.read(block)
      found += postings.propose(postings.rows, counters)
    }
    #expect(found.sorted() == expected.sorted() && !expected.isEmpty)
    #expect(bytes == 400_000 || blocks.count > 1)
  }

  /// A crowd of texts that share all they have, and of strangers: pairs and numbers are those of a
  /// run in memory, on any threads.
  @Test(arguments: [1, 3], [Profile.auto, .article, .chat])
  func aLimitChangesNoPair(threads: Int, profile: Profile) async throws {
    var generator = SeededGenerator(seed: 31)
    let parts = (0..<20).map { _ in randomText(words: 25, &generator) }
    let documents = (0..<120).map { number in
      let chosen = parts.shuffled(using: &generator)[..<(1 + number % 5)].joined(separator: " ")
      return TestDocument("\(number)", chosen + " " + randomText(words: 30, &generator))
    }
    var configuration = PipelineConfiguration(profile: profile, threads: threads)
    let corpus = try await SketchStage(configuration: configuration)
      .run(RecordSource(documents)).corpus
    let nodes = Nodes(corpus)
    var answers: [(pairs: [UInt64], statistics: SampledHashes.Statistics)] = []
    for most in [nil, 64, 20_000, 1 << 20] {
      configuration.memory = try most.map { most in
        var limit = try MemoryLimit(bytes: MemoryLimit.least)
        (limit.batch, limit.mostLeft) = (most, most)
        return limit
      }
      var pairs: [UInt64] = []
      let stage = SampleStage(configuration: configuration, corpus: corpus, nodes: nodes)
      let statistics = try await stage.run((0..<nodes.count).map { UInt32($0) }) { pairs += $0 }
      answers.append((pairs.sorted(), statistics))
    }
    #expect(
      answers[0].pairs.count > 100 && answers[0].statistics.proposed == answers[0].pairs.count
    )
    for answer in answers.dropFirst() {
      #expect(answer.pairs == answers[0].pairs && answer.statistics == answers[0].statistics)
    }
  }
}
