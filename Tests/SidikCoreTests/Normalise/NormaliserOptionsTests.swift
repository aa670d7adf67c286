import SidikCore
import Testing

@Suite struct NormaliserOptionsTests {
  @Test func namesAreStable() {
    #expect(
      Folds.names.map(\.name) == [
        "compatibility", "invisibles", "marks", "confusables", "styled", "punctuation", "emoji",
        "urls", "phones", "forward-marks", "spaced-letters", "reduplication", "leet", "runs",
        "slang",
      ]
    )
    for (index, known) in Folds.names.enumerated() {
      #expect(known.fold.rawValue == 1 << UInt32(index))
      #expect(Folds(name: known.name) == known.fold)
    }
    #expect(Folds(name: "Leet") == nil)
  }

  @Test func theNameHoldsEverythingThatChangesBytes() {
    let name = NormaliserOptions.corpus.name
    #expect(name.hasPrefix("normalise-1/unicode-15.0.0/"))
    #expect(name.hasSuffix("/compatibility+invisibles+punctuation"))
    let profiles: [NormaliserOptions] = [.article, .chat, .corpus, .auto, .init(folds: [])]
    #expect(Set(profiles.map(\.name)).count == profiles.count)
    var slang = NormaliserOptions.chat
    slang.folds.insert(.slang)
    #expect(slang.name.split(separator: "/")[2].contains("-"))
    #expect(NormaliserOptions(folds: []).name.hasSuffix("/none"))
    for options in [.auto, .article, .chat, .corpus, slang, NormaliserOptions(folds: [])] {
      #expect(NormaliserOptions(name: options.name) == options)
      #expect(NormaliserOptions(name: options.name.replacing("15.0.0", with: "14.0.0")) == nil)
    }
    #expect(NormaliserOptions(name: "") == nil)
    #expect(NormaliserOptions(name: NormaliserOptions.auto.name + "+tidy") == nil)
  }

  @Test func autoKeepsNumbersAndIsMadeOfTheOthers() {
    #expect(!NormaliserOptions.auto.folds.contains(.phones))
    #expect(!NormaliserOptions.auto.folds.contains(.forwardMarks))
    #expect(NormaliserOptions.auto.folds.isSuperset(of: NormaliserOptions.article.folds))
    #expect(NormaliserOptions.chat.folds.isSuperset(of: NormaliserOptions.auto.folds))
    #expect(fold("hub 081234567890", .auto) == "hub 081234567890")
  }

  @Test func appliedCountsEachFold() {
    var normaliser = Normaliser(.chat)
    let text = """
      Diteruskan
      ANAK2 p3nipu caf\u{E9}e\u{301} \u{430}pel \u{29C}oax h\u{200B}ai, wooow \u{1F600} p e r i
      https://x.id +62 812-3456-7890 dan lain lain
      """
    let result = normaliser.normalise(text)
    let counts = Dictionary(uniqueKeysWithValues: result.applied.named.map { ($0.name, $0.count) })
    #expect(counts["forward-marks"] == 1)
    #expect(counts["reduplication"] == 1)
    #expect(counts["leet"] == 1)
    #expect(counts["confusables"] == 1)
    #expect(counts["styled"] == 1)
    #expect(counts["invisibles"] == 1)
    #expect(counts["runs"] == 1)
    #expect(counts["emoji"] == 1)
    #expect(counts["spaced-letters"] == 1)
    #expect(counts["urls"] == 1)
    #expect(counts["phones"] == 1)
    #expect(counts["punctuation"] == 1)
    #expect((counts["compatibility"] ?? 0) >= 4)
    #expect((counts["marks"] ?? 0) >= 1)
    #expect(normaliser.normalise("abc").applied.named.isEmpty)
  }
}
