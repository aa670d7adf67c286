import Foundation
import SidikCore
import SidikIndex
import SidikStore
import SidikTestSupport
import Testing

@testable import SidikCluster

/// Pairs that were found before give the answer of one run; no fault of their file goes unnoticed.
@Suite struct GroupTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// Stories with edited copies, two of them in buckets that are too large for all their pairs.
  private func documents() -> [TestDocument] {
    var generator = SeededGenerator(seed: 21)
    var documents = [TestDocument("none", ""), TestDocument("nil", ""), TestDocument("x", "?!")]
    for story in 0..<14 {
      let text = randomText(words: 60 + story, &generator)
      for copy in 0..<(story < 2 ? 130 : 5) {
        let changes = copy % 6 == 5 ? 0 : story < 2 ? 1 : copy % 4
        documents.append(
          TestDocument("\(story).\(copy)", edited(text, words: changes, &generator))
        )
      }
    }
    return documents.shuffled(using: &generator)
  }

  private func configuration(
    _ profile: Profile = .corpus,
    threshold: Double? = nil,
    shape: BandParameters? = nil
  ) -> PipelineConfiguration {
    var profile = profile
    profile.boilerplate = .none
    if let threshold { profile.require(similarity: threshold) }
    profile.shape = shape
    return PipelineConfiguration(profile: profile, threads: 2)
  }

  private func shards(
    _ documents: [TestDocument],
    _ count: Int,
    _ configuration: PipelineConfiguration
  ) async throws -> [String] {
    var paths: [String] = []
    for index in 1...count {
      let shard = try #require(Shard(index: index, count: count))
      var bytes: [UInt8] = []
      _ = try await ShardWriter(configuration).run(RecordSource(documents), shard) { bytes += $0 }
      paths.append(try scratch.write("\(index)-\(count).shard", bytes).path)
    }
    return paths
  }

  private func group(
    _ shards: [String],
    _ configuration: PipelineConfiguration
  ) async throws -> (bytes: [UInt8], answer: GroupWriter.Answer) {
    var bytes: [UInt8] = []
    let answer = try await GroupWriter(configuration).run(shards) { bytes += $0 }
    return (bytes, answer)
  }

  private func run(
    _ shards: [String],
    _ groups: [UInt8],
    _ configuration: PipelineConfiguration
  ) async throws -> PipelineResult {
    let path = try scratch.write("all.groups", groups).path
    var own = configuration
    let file = try GroupFile(path, configuration)
    own.profile.shape = file.shape
    own.groups = file
    return try await Pipeline(own).run(ShardSource(shards, own))
  }

  @Test(arguments: [Profile.corpus, .auto], [nil, 20_000])
  func groupsGiveTheAnswerOfOneRun(profile: Profile, batch: Int?) async throws {
    let documents = documents()
    var configuration = configuration(profile)
    let whole = try await Pipeline(configuration).run(RecordSource(documents))
    if let batch {
      var memory = try MemoryLimit(bytes: MemoryLimit.least)
      (memory.signatures, memory.batch, memory.window) = (0, batch, 1 << 20)
      configuration.memory = memory
    }
    let one = try await group(try await shards(documents, 1, configuration), configuration)
    let parts = try await shards(documents, 3, configuration)
    let found = try await group(parts.reversed(), configuration)
    #expect(found.bytes == one.bytes && found.answer == one.answer)
    #expect(found.answer.documents == documents.count && found.answer.groups >= 14)
    let result = try await run([parts[1], parts[2], parts[0]], found.bytes, configuration)
    #expect(whole.statistics.banding.largeBuckets > 0)
    #expect(result.familyIDs == whole.familyIDs && !whole.familyIDs.isEmpty)
    #expect(result.families.map(\.identifier) == whole.families.map(\.identifier))
    #expect(result.statistics.banding == whole.statistics.banding)
    #expect(result.statistics.edges == whole.statistics.edges)
    #expect(result.statistics.compared == whole.statistics.compared)
  }

  @Test func oneFileServesHigherThresholds() async throws {
    let documents = documents()
    let low = configuration(threshold: 0.5)
    let parts = try await shards(documents, 2, low)
    let groups = try await group(parts, low).bytes
    for threshold in [0.5, 0.7, 0.85, 1] {
      let own = configuration(threshold: threshold, shape: low.profile.bands)
      let whole = try await Pipeline(own).run(RecordSource(documents))
      let result = try await run(parts, groups, configuration(threshold: threshold))
      #expect(result.familyIDs == whole.familyIDs)
      #expect(result.statistics.banding == whole.statistics.banding)
      #expect(result.statistics.edges == whole.statistics.edges)
    }
    await expectFault(.incompatible, "higher threshold") {
      _ = try await run(parts, groups, configuration(threshold: 0.4))
    }
  }

  @Test func whatDoesNotFitIsSaid() async throws {
    let documents = documents()
    let configuration = configuration()
    let parts = try await shards(documents, 2, configuration)
    let groups = try await group(parts, configuration).bytes
    await expectFault(.incompatible, "other documents") {
      _ = try await run([parts[0]], groups, configuration)
    }
    await expectFault(.incompatible, "other documents") {
      _ = try await run([parts[0], parts[1], parts[1]], groups, configuration)
    }
    var other = configuration
    other.keys = HashKeys(seed: 3)
    await expectFault(.incompatible, "other parameters") { _ = try await group(parts, other) }
    await expectFault(.incompatible, "other parameters") { _ = try await run(parts, groups, other) }
    await expectFault(.usage, "boilerplate") {
      _ = try await group(parts, PipelineConfiguration(profile: .auto))
    }
    let shard = [UInt8](try Data(contentsOf: URL(fileURLWithPath: parts[0])))
    await expectFault(.incompatible, "is no file of groups") {
      _ = try await run(parts, shard, configuration)
    }
    await expectFault(.incompatible, "is no file of groups") {
      _ = try await run(parts, [], configuration)
    }
  }

  @Test func everyDamageIsFound() async throws {
    let configuration = configuration()
    let parts = try await shards(documents(), 1, configuration)
    let groups = try await group(parts, configuration).bytes
    var generator = SeededGenerator(seed: 2)
    let flips = (0..<40).map { _ in Int.random(in: 0..<groups.count, using: &generator) }
    for (number, place) in flips.enumerated() {
      var damaged = groups
      damaged[place] ^= 1 << UInt8(number % 8)
      await expectFault(.incompatible, "") { _ = try await run(parts, damaged, configuration) }
    }
    for length in [7, 12, 80, groups.count / 2, groups.count - 1] {
      await expectFault(.incompatible, "") {
        _ = try await run(parts, Array(groups[..<length]), configuration)
      }
    }
    await expectFault(.incompatible, "") { _ = try await run(parts, groups + [1], configuration) }
  }

  /// A text that is not read cannot be missed: groups are made though all texts are damaged.
  @Test func textsAreNotRead() async throws {
    let configuration = configuration()
    let parts = try await shards(documents(), 1, configuration)
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: parts[0])))
    let whole = try await group(parts, configuration).bytes
    var place = 20 + configuration.sketchParameters.utf8.count
    var texts = 0
    while place < bytes.count {
      let kind = bytes[place]
      let length = (0..<8).reduce(0) { $0 | Int(bytes[place + 4 + $1]) << (8 * $1) }
      if kind == 3 {
        for offset in 0..<length { bytes[place + 20 + offset] = 0xFF }
        texts += length
      }
      place += 20 + length
    }
    let damaged = try scratch.write("texts.shard", bytes).path
    #expect(texts > 1000)
    #expect(try await group([damaged], configuration).bytes == whole)
    await expectFault(.incompatible, "damaged") {
      _ = try await Pipeline(configuration).run(ShardSource([damaged], configuration))
    }
  }

  /// Payloads whose checksums are right but whose numbers are not must end in nil, not in a trap.
  @Test func noPayloadIsTrusted() throws {
    var generator = SeededGenerator(seed: 8)
    let slots = (0..<90).map { _ in UInt8.random(in: 60...128, using: &generator) }
    let pairs = MetPairs(pairs: (0..<90).map { CandidatePairs.pack($0, $0 + 7) }, slots: slots)
    let payload = try pairs.encoded(5..<85, TextCompressor())
    let decompressor = try TextDecompressor()
    let back = try #require(MetPairs(payload, nodes: 97, decompressor))
    #expect(back.pairs == Array(pairs.pairs[5..<85]) && back.slots == Array(slots[5..<85]))
    #expect(MetPairs(payload, nodes: 91, decompressor) == nil)
    let end = GroupEnd(pairs: 9, LSHBanding.Statistics(), crowded: [false, true, true]).encoded
    #expect(GroupEnd(end, nodes: 3)?.crowded == [1, 2] && GroupEnd(end, nodes: 2) == nil)
    for bytes in [payload, end] {
      for _ in 0..<2000 {
        var damaged = bytes
        damaged[Int.random(in: 0..<damaged.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
        if Bool.random(using: &generator) {
          damaged.removeLast(Int.random(in: 0..<damaged.count, using: &generator))
        }
        _ = MetPairs(damaged, nodes: 97, decompressor)
        _ = GroupEnd(damaged, nodes: 97)
        _ = GroupBasis(damaged)
      }
    }
  }

  private func expectFault(
    _ code: SidikError.Code,
    _ words: String,
    location: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
  ) async {
    await #expect(sourceLocation: location) {
      try await body()
    } throws: { error in
      guard let error = error as? SidikError else { return false }
      return error.code == code && (words.isEmpty || error.message.contains(words))
    }
  }
}
