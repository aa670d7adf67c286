import SidikCore
import SidikIndex
import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct PipelineTests {
  @Test(arguments: Profile.all)
  func anEmptyCorpus(profile: Profile) async throws {
    let result = try await cluster([], profile: profile)
    #expect(result.families.isEmpty && result.edges.isEmpty && result.documents.count == 0)
    #expect(result.statistics.compared == 0 && result.statistics.nodes == 0)
  }

  @Test(arguments: Profile.all)
  func fewDocuments(profile: Profile) async throws {
    let one = try await cluster([TestDocument("a", "Harga beras naik")], profile: profile)
    #expect(one.families.isEmpty && one.documents.count == 1 && one.statistics.nodes == 1)
    let blank = try await cluster([TestDocument("a", "")], profile: profile)
    #expect(blank.families.isEmpty && blank.statistics.emptyDocuments == 1)
    let blanks = try await cluster(
      (0..<60).map { TestDocument("\($0)", $0 % 2 == 0 ? "" : " \n") },
      profile: profile
    )
    #expect(blanks.families.isEmpty && blanks.edges.isEmpty)
    #expect(blanks.statistics.banding.met == 0)
    let two = try await cluster(
      [TestDocument("a", "Harga beras naik"), TestDocument("b", "harga  beras naik")],
      profile: profile
    )
    #expect(two.familyIDs == [["a", "b"]] && two.edges.map(\.level) == [.exact])
  }

  @Test func oneCharacterAMillionTimes() async throws {
    let megabyte = String(repeating: "a", count: 1 << 20)
    let periodic = String(repeating: "ab ", count: 1 << 17)
    let result = try await cluster([
      TestDocument("a", megabyte), TestDocument("b", megabyte + "!"),
      TestDocument("c", periodic), TestDocument("d", "aaaa"), TestDocument("e", periodic + "c"),
    ])
    #expect(result.familyOf["a"] == result.familyOf["b"] && result.familyOf["a"] != nil)
    #expect(result.familyOf["c"] == result.familyOf["e"] && result.familyOf["c"] != nil)
    #expect(result.familyOf["a"] != result.familyOf["c"])
    #expect(result.repeating.contains(2) && result.repeating.contains(4))
  }

  /// Ids may repeat: every document is kept, in its own right.
  @Test func idsThatRepeat() async throws {
    var generator = SeededGenerator(seed: 1)
    let base = randomText(words: 60, &generator)
    let result = try await cluster([
      TestDocument("a", base), TestDocument("a", base),
      TestDocument("a", edited(base, words: 2, &generator)),
      TestDocument("a", randomText(words: 60, &generator)),
    ])
    #expect(result.documents.count == 4)
    #expect(result.familyIDs == [["a", "a", "a"]])
    #expect(Set(result.families[0].members.map(\.document)) == [0, 1, 2])
  }

  @Test func tenThousandEqualDocuments() async throws {
    let count = 10_000
    let result = try await cluster(
      (0..<count).map {
        TestDocument("d\(10_000 + $0)", $0 % 2 == 0 ? "Awas hoaks uang!" : "awas HOAKS uang")
      },
      perChunk: 500
    )
    #expect(result.families.count == 1 && result.families[0].members.count == count)
    #expect(result.families[0].level == .exact)
    #expect(result.edges.count == count - 1)
    #expect(result.statistics.nodes == 1 && result.statistics.compared == 0)
    let members = result.familyIDs[0]
    #expect(members == members.sorted())
  }

  /// Copies of one story that differ by a word: one family, pairs linear in the copies.
  @Test func manyNearIdenticalCopies() async throws {
    let count = runsSlowTests ? 3000 : 1000
    let result = try await cluster(copies(count, changes: 1), perChunk: 100)
    #expect(result.familyIDs.map(\.count) == [count])
    #expect(result.statistics.compared < 300 * count)
  }

  /// Hundreds of copies too different to be taken together: most of them come together, in
  /// rounds of samples, at a number of comparisons that stays linear.
  ///
  /// One family would be better. Comparing all pairs gives one, and glues licence texts, which
  /// are alike for another reason (ARI .84 to .65): see Documentation/Guides/Clustering.md.
  @Test func manyEditedCopies() async throws {
    let count = 400
    let result = try await cluster(copies(count, changes: 5), perChunk: 100)
    #expect(result.statistics.compared < 300 * count)
    #expect(result.statistics.clustered > count * 9 / 10)
    #expect(result.families.count <= 12, "\(result.families.map(\.members.count))")
    #expect((result.families.first?.members.count ?? 0) >= count / 2)
  }

  private func copies(_ count: Int, changes: Int) -> [TestDocument] {
    var generator = SeededGenerator(seed: UInt64(changes))
    let base = randomText(words: 80, &generator)
    return (0..<count).map { TestDocument("d\($0)", edited(base, words: changes, &generator)) }
  }

  /// Statistics agree with the answer.
  @Test func theNumbersAddUp() async throws {
    let reposts = try BundledReposts()
    let result = try await cluster(Array(reposts.documents[..<120]))
    let statistics = result.statistics
    #expect(statistics.documents == 120 && result.documents.count == 120)
    #expect(statistics.families == result.families.count)
    #expect(statistics.clustered == result.families.reduce(0) { $0 + $1.members.count })
    #expect(statistics.edges == result.edges.count)
    #expect(statistics.leaders <= statistics.nodes && statistics.nodes <= 120)
    #expect(
      statistics.textBytes == reposts.documents[..<120].reduce(0) { $0 + $1.text.utf8.count }
    )
    let inFamilies = result.families.flatMap { $0.members.map(\.document) }
    #expect(Set(inFamilies).count == inFamilies.count, "a document in two families")
  }

  /// The page on which the whole article stands twice is one document that repeats itself, and
  /// a near-duplicate of its single copy.
  @Test func anArticleThatStandsTwice() async throws {
    let pages = ["once", "twice", "halte-baru", "jam-menara", "lomba-masak", "pohon-asam"]
    let result = try await cluster(
      pages.map { TestDocument($0, try ProjectFiles.text("corpora/pages/\($0).txt")) }
    )
    #expect(result.repeating.map { result.documents.id($0) } == ["twice"])
    #expect(abs(result.documents.rows[1].repeats - 0.49) < 0.02)
    #expect(result.familyIDs.contains { $0.sorted() == ["once", "twice"] })
    let edge = result.edges.first {
      Set([$0.a, $0.b].map { result.documents.id($0) }) == ["once", "twice"]
    }
    #expect(edge?.level == .copy)
  }
}
