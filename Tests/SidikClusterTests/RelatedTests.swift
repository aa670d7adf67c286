import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct RelatedTests {
  /// Six texts of other words, of which three quote one speech.
  static let documents: [TestDocument] = {
    var generator = SeededGenerator(seed: 11)
    let speech = randomText(words: 24, &generator)
    return (0..<6).map { number in
      let (before, after) = (
        randomText(words: 40, &generator), randomText(words: 30 + number, &generator)
      )
      let quoted = number < 3 ? [before, speech, after] : [before, after]
      return TestDocument("d\(number)", quoted.joined(separator: " "))
    }
  }()

  /// A copy of each.
  static let copies = documents.map { TestDocument($0.id + "x", $0.text + " lagi") }

  private func cluster(
    related: Bool,
    threads: Int = 2,
    _ documents: [TestDocument] = documents
  )
    async throws -> PipelineResult
  {
    var configuration = PipelineConfiguration(threads: threads)
    if related { configuration.profile.rule.related = VerificationRule.relatedCoverage }
    return try await Pipeline(configuration).run(RecordSource(documents))
  }

  private func pairs(_ result: PipelineResult) -> Set<[String]> {
    Set(result.edges.map { [result.documents.id($0.a), result.documents.id($0.b)].sorted() })
  }

  @Test func separateTextsWithOneSpeechAreRelated() async throws {
    let result = try await cluster(related: true)
    #expect(pairs(result) == [["d0", "d1"], ["d0", "d2"], ["d1", "d2"]])
    #expect(result.families.isEmpty)
    for edge in result.edges {
      #expect(edge.level == .related && edge.weight == 0)
      let coverage = try #require(edge.scores.coverage)
      #expect(coverage >= VerificationRule.relatedCoverage && coverage < 0.7)
    }
  }

  @Test func theyAreLeftOutUnlessAskedFor() async throws {
    #expect(try await cluster(related: false).edges.isEmpty)
  }

  @Test func threadsAndOrderChangeNothing() async throws {
    let first = try await cluster(related: true, threads: 1)
    let other = try await cluster(related: true, threads: 4, Self.documents.reversed())
    #expect(pairs(first) == pairs(other))
  }

  /// Asking for related pairs changes no family.
  @Test func familiesAreTheSame() async throws {
    let copies = Self.documents + Self.copies
    let (with, without) = try await (
      cluster(related: true, copies),
      cluster(related: false, copies)
    )
    #expect(with.familyIDs == without.familyIDs && with.familyIDs.count == 6)
    #expect(pairs(with).isSuperset(of: pairs(without)))
    #expect(pairs(with).count > pairs(without).count)
  }

  @Test func theFingerprintSaysSo() {
    var rule = VerificationRule.containing
    let name = rule.name
    rule.related = 0.1
    #expect(rule.name != name)
  }
}
