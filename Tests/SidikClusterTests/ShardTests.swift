import Foundation
import SidikCore
import SidikStore
import SidikTestSupport
import Testing

@testable import SidikCluster

/// Any split into shards answers like one run; no damage to a shard goes unnoticed.
@Suite struct ShardTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func documents() -> [TestDocument] {
    var generator = SeededGenerator(seed: 9)
    var documents: [TestDocument] = [TestDocument("none", ""), TestDocument("signs", "?!")]
    for story in 0..<12 {
      let text = randomText(words: 40 + story, &generator)
      for copy in 0..<4 {
        documents.append(
          TestDocument(
            "\(story).\(copy)",
            copy == 3 ? text : edited(text, words: copy, &generator),
            source: copy == 1 ? nil : "s\(copy)",
            time: copy == 2 ? "2024-02-0\(copy + 1)" : nil
          )
        )
      }
    }
    return documents
  }

  /// Writes shards of several sources and gives their files.
  private func write(
    _ parts: [[TestDocument]],
    shards: Int,
    _ configuration: PipelineConfiguration
  ) async throws -> [String] {
    var paths: [String] = []
    for (number, part) in parts.enumerated() {
      for index in 1...shards {
        let shard = try #require(Shard(index: index, count: shards))
        var bytes: [UInt8] = []
        let answer = try await ShardWriter(configuration).run(RecordSource(part), shard) {
          bytes += $0
        }
        #expect(answer.statistics.documents <= part.count)
        paths.append(try save(bytes, "\(number)-\(index)-\(shards).shard"))
      }
    }
    return paths
  }

  private func save(_ bytes: [UInt8], _ name: String) throws -> String {
    try scratch.write(name, bytes).path
  }

  @Test(arguments: [Profile.auto, .corpus], [1, 2, 5])
  func anySplitAnswersLikeOneRun(profile: Profile, shards: Int) async throws {
    let all = documents()
    let configuration = PipelineConfiguration(profile: profile, threads: 2)
    let whole = try await Pipeline(configuration).run(RecordSource(all))
    for parts in [[all], [Array(all[30...]), [], Array(all[..<30])]] {
      var files = try await write(parts, shards: shards, configuration)
      files.reverse()
      let result = try await Pipeline(configuration).run(ShardSource(files, configuration))
      #expect(result.families.map(\.identifier) == whole.families.map(\.identifier))
      #expect(result.familyIDs == whole.familyIDs && !whole.familyIDs.isEmpty)
      #expect(result.statistics.documents == all.count)
      #expect(result.statistics.textBytes == whole.statistics.textBytes)
      #expect(result.statistics.edges == whole.statistics.edges)
      for (a, b) in zip(result.families, whole.families) {
        #expect(a.firstSeen == b.firstSeen && a.weakest == b.weakest && a.level == b.level)
      }
    }
  }

  @Test func equalTextsGoTogether() async throws {
    let shard = try #require(Shard(index: 2, count: 7))
    let texts = (0..<200).map { Array("text \($0)".utf8) }
    let taken = texts.map { text in unsafe text.withUnsafeBufferPointer { unsafe shard.takes($0) } }
    #expect(taken.contains(true) && taken.contains(false))
    for index in 1...7 where index != 2 {
      let other = try #require(Shard(index: index, count: 7))
      for (text, isTaken) in zip(texts, taken) where isTaken {
        #expect(unsafe !text.withUnsafeBufferPointer { unsafe other.takes($0) })
      }
    }
    #expect(Shard(index: 0, count: 3) == nil && Shard(index: 4, count: 3) == nil)
  }

  @Test func everyDamageIsFound() async throws {
    let configuration = PipelineConfiguration(profile: .auto, threads: 1)
    let path = try await write([Array(documents()[..<6])], shards: 1, configuration)[0]
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(ShardSource.isShard(path))
    var generator = SeededGenerator(seed: 4)
    let flips = (0..<60).map { _ in Int.random(in: 8..<bytes.count, using: &generator) }
    for (number, place) in ([8, 12, 40, bytes.count - 1] + flips).enumerated() {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8(number % 8)
      try await expectDamage(damaged, configuration)
    }
    for length in [8, 11, 30, 200, bytes.count - 28, bytes.count - 1] {
      try await expectDamage(Array(bytes[..<length]), configuration)
    }
    try await expectDamage(bytes + [0], configuration)
    var other = configuration
    other.keys = HashKeys(seed: 2)
    try await expectDamage(bytes, other)
  }

  private func expectDamage(_ bytes: [UInt8], _ configuration: PipelineConfiguration) async throws {
    let path = try save(bytes, "damaged.shard")
    await #expect {
      try await Pipeline(configuration).run(ShardSource([path], configuration))
    } throws: { error in
      (error as? SidikError)?.code == .incompatible
    }
  }

  /// Payloads whose checksums are right but whose numbers are not must end in nil, not in a trap.
  @Test func noPayloadIsTrusted() async throws {
    let worker = SketchWorker(PipelineConfiguration(profile: .auto, threads: 1))
    let chunk = try #require(RecordSource(documents(), perChunk: 5).nextChunk())
    var sketched = try worker.sketch(chunk)
    sketched.problems = [
      RecordProblem(file: "f", line: 3, offset: 9, reason: "why", outcome: .repaired(bytes: 2)),
      RecordProblem(
        file: "g",
        line: 4,
        offset: 1,
        reason: "r",
        outcome: .quarantined(record: 1..<5)
      ),
    ]
    let (payload, packed) = try sketched.encoded(TextCompressor())
    let back = try #require(SketchedChunk.decoded(payload, packed, TextDecompressor()))
    #expect(back.texts == sketched.texts && back.fields == sketched.fields)
    #expect(back.signatures == sketched.signatures && back.problems == sketched.problems)
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<3000 {
      var damaged = payload
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        // Mostly where the numbers stand.
        let end = Bool.random(using: &generator) ? min(400, damaged.count) : damaged.count
        damaged[Int.random(in: 0..<end, using: &generator)] = UInt8.random(
          in: 0...255,
          using: &generator
        )
      }
      if Bool.random(using: &generator) {
        damaged.removeLast(Int.random(in: 0..<damaged.count, using: &generator))
      }
      _ = SketchedChunk.decoded(damaged, packed, try TextDecompressor())
    }
  }
}
