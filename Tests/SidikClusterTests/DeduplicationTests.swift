import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct DeduplicationTests {
  private func deduplicate(
    _ documents: [TestDocument],
    keep: KeepPolicy = .first,
    loosest: Level = .variant
  ) async throws -> DeduplicationResult {
    try await Deduplication(PipelineConfiguration(threads: 2), keep: keep, loosest: loosest)
      .run(RecordSource(documents))
  }

  /// Stories with 1 to 8 copies of up to 12 changed words in 80, in random order.
  private func corpus(seed: UInt64) -> [TestDocument] {
    var generator = SeededGenerator(seed: seed)
    var documents: [TestDocument] = []
    for story in 0..<40 {
      let base = randomText(words: 80, &generator)
      for copy in 0..<Int.random(in: 1...8, using: &generator) {
        let changes = Int.random(in: 0...12, using: &generator)
        documents.append(TestDocument("\(story)-\(copy)", edited(base, words: changes, &generator)))
      }
    }
    return documents.shuffled(using: &generator)
  }

  private func kept(_ result: DeduplicationResult) -> [Int] {
    result.decisions.indices.filter { result.decisions[$0].isKept }
  }

  @Test(arguments: [1, 2, 3], [Level.exact, .copy, .variant])
  func removedDocumentsHaveAKeeperThatStays(seed: UInt64, loosest: Level) async throws {
    let documents = corpus(seed: seed)
    let result = try await deduplicate(documents, loosest: loosest)
    #expect(result.decisions.count == documents.count)
    var copies = [Int](repeating: 0, count: documents.count)
    for case .removed(let keeper, let level, _, _) in result.decisions {
      #expect(result.decisions[keeper].isKept)
      #expect(level <= loosest)
      copies[keeper] += 1
    }
    for (document, decision) in result.decisions.enumerated() {
      if case .kept(let count) = decision { #expect(count == copies[document]) }
    }
    if loosest == .exact {
      #expect(kept(result).count == Set(documents.map(\.text)).count)
    } else {
      #expect(kept(result).count < documents.count)
    }
  }

  /// What is left is what another run would leave, whatever the policy.
  @Test(arguments: [4, 5], [KeepPolicy.first, .longest, .earliest])
  func aSecondRunRemovesNothing(seed: UInt64, keep: KeepPolicy) async throws {
    let documents = corpus(seed: seed)
    let left = kept(try await deduplicate(documents, keep: keep)).map { documents[$0] }
    let again = try await deduplicate(left, keep: keep)
    #expect(again.decisions == Array(repeating: .kept(copies: 0), count: left.count))
    #expect(again.passes == 1)
  }

  @Test func policiesChooseTheKeeper() async throws {
    var generator = SeededGenerator(seed: 9)
    let text = randomText(words: 60, &generator)
    let documents = [
      TestDocument("a", text, source: "grup", time: "2024-03-01"),
      TestDocument("b", text + " " + word(1) + " " + word(2), source: "koran", time: "2024-02-01"),
      TestDocument("c", text, source: "radio", time: "2024-01-01"),
    ]
    for (keep, index) in [
      (KeepPolicy.first, 0), (.longest, 1), (.earliest, 2), (.source(["radio", "koran"]), 2),
      (.source(["koran"]), 1), (.source(["lain"]), 0),
    ] {
      let result = try await deduplicate(documents, keep: keep)
      #expect(kept(result) == [index], "\(keep)")
      #expect(result.decisions[index] == .kept(copies: 2))
    }
  }

  @Test func policiesAreReadFromTheirNames() {
    #expect(KeepPolicy("first") == .first)
    #expect(KeepPolicy("best:skor") == .best(field: "skor"))
    #expect(KeepPolicy("source:a,b") == .source(["a", "b"]))
    for wrong in ["", "best", "source", "first:x", "newest"] { #expect(KeepPolicy(wrong) == nil) }
  }

  /// A large family of which nothing may go: the work follows its edges.
  @Test func aFamilyThatStaysCostsLinearWork() async throws {
    var generator = SeededGenerator(seed: 11)
    let base = randomText(words: 60, &generator)
    let documents = (0..<3000).map { TestDocument("\($0)", base + " nomor \($0)") }
    let result = try await deduplicate(documents, loosest: .exact)
    #expect(kept(result).count == documents.count)
    #expect(result.passes == 1)
    #expect(result.statistics.compared < 40 * documents.count)
  }

  @Test func nothingGivesNothing() async throws {
    let none = try await deduplicate([])
    #expect(none.decisions.isEmpty && none.passes == 1)
    let blank = try await deduplicate([TestDocument("a", ""), TestDocument("b", "  ")])
    #expect(kept(blank) == [0, 1])
  }
}
