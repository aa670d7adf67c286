import SidikTestSupport
import Testing

@testable import SidikCore

@Suite struct FeatureExtractorTests {
  private func sequence(_ text: String, _ unit: FeatureUnit) -> [UInt64] {
    let extractor = FeatureExtractor(unit: unit, keys: HashKeys())
    return unsafe Array(text.utf8).withUnsafeBufferPointer { unsafe Array(extractor.sequence($0)) }
  }

  private func set(_ text: String, _ unit: FeatureUnit) -> [UInt64] {
    let extractor = FeatureExtractor(unit: unit, keys: HashKeys())
    return unsafe Array(text.utf8).withUnsafeBufferPointer { unsafe Array(extractor.set($0)) }
  }

  @Test(arguments: [FeatureUnit.characters(5), .characters(9), .words(5), .words(1)])
  func shortTextsHaveOneFeatureAndEmptyOnesNone(unit: FeatureUnit) {
    #expect(sequence("", unit).isEmpty)
    #expect(sequence("a", unit).count == 1)
    #expect(sequence("a", unit) != sequence("b", unit))
    #expect(sequence("ab", .characters(5)) != sequence("ba", .characters(5)))
  }

  @Test func gramsAreCounted() {
    #expect(sequence("abcdefg", .characters(5)).count == 3)
    #expect(sequence("satu dua tiga empat lima enam", .words(5)).count == 2)
    #expect(sequence("abcde abcde", .characters(5)).count == 7)
    #expect(set("abcdeabcde", .characters(5)).count == 5)
  }

  @Test func denseScriptsHaveShorterGrams() {
    // Six ideographs: grams of three begin at the first four.
    #expect(sequence("新闻报道内容", .characters(5)).count == 4)
    #expect(sequence("新闻报道内容", .words(5)).count == 2)
    // A line break between ideographs says nothing.
    #expect(sequence("新闻 报道内容", .characters(5)) == sequence("新闻报道内容", .characters(5)))
    #expect(sequence("사과 나무", .characters(5)) != sequence("사과나무", .characters(5)))
  }

  @Test func sameWordsElsewhereGiveTheSameFeatures() {
    let whole = Set(sequence("alpha beta gamma delta epsilon zeta", .words(5)))
    let part = sequence("beta gamma delta epsilon zeta", .words(5))
    #expect(part.count == 1 && whole.contains(part[0]))
  }

  @Test func overlapsOfNothingAreNothing() {
    let none = Overlap(shared: 0, first: 0, second: 0)
    #expect(none.jaccard == 0 && none.containment == 0)
    let some = Overlap(shared: 3, first: 4, second: 6)
    #expect(some.jaccard == 3.0 / 7 && some.containmentOfFirst == 0.75)
    #expect(some.containmentOfSecond == 0.5 && some.containment == 0.75)
  }
}
