import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct ComparisonTests {
  private func compare(_ a: String, _ b: String) async throws -> Comparison {
    try Comparison(Array(a.utf8), Array(b.utf8), PipelineConfiguration(threads: 1))
  }

  @Test func levelsFromEqualToUnrelated() async throws {
    var generator = SeededGenerator(seed: 21)
    let text = randomText(words: 120, &generator)
    let other = randomText(words: 120, &generator)
    #expect(try await compare(text, text.uppercased() + "!!").scores.level == .exact)
    #expect(try await compare(text, edited(text, words: 4, &generator)).scores.level == .copy)
    let excerpt = text.split(separator: " ")[20..<70].joined(separator: " ")
    #expect(try await compare(excerpt, text).scores.level == .excerpt)
    let half = text.split(separator: " ")[..<40].joined(separator: " ")
    #expect(try await compare(half + " " + other, text).scores.level == .related)
    #expect(try await compare(text, other).scores.level == nil)
  }

  @Test func scoresAreSaidOfTheFirstAndTheSecond() async throws {
    var generator = SeededGenerator(seed: 22)
    let text = randomText(words: 100, &generator)
    let part = text.split(separator: " ")[..<40].joined(separator: " ")
    for _ in 0..<4 {
      let one = try await compare(part, text).scores
      #expect(one.containmentOfFirst > 0.99 && one.containmentOfSecond < 0.5)
      let two = try await compare(text, part).scores
      #expect(two.containmentOfSecond == one.containmentOfFirst)
      #expect(two.containmentOfFirst == one.containmentOfSecond)
      #expect(two.jaccard == one.jaccard)
    }
  }

  @Test func textsWithNothingInThemShareNothing() async throws {
    for (a, b) in [("", ""), ("", "ada isi di sini"), ("!!!", "???"), (" ", "")] {
      let comparison = try await compare(a, b)
      #expect(comparison.scores.level == nil)
      #expect(comparison.scores.jaccard == 0 && comparison.estimatedJaccard == 0)
    }
  }

  @Test func aDoubledTextSaysSo() async throws {
    var generator = SeededGenerator(seed: 23)
    let text = randomText(words: 90, &generator)
    let comparison = try await compare(text, text + "\n" + text)
    #expect(comparison.repeats.0 == 0 && comparison.repeats.1 > 0.45)
    #expect(comparison.scores.level == .copy)
  }
}
