import SidikCore
import SidikTestSupport
import Testing

@Suite struct SourceWordsTests {
  /// Where the words of a text stand: told from the letters, and by the offsets of normalising.
  private func places(
    _ text: [UInt8],
    _ options: NormaliserOptions
  ) -> (told: [Range<Int>?], tracked: [Range<Int>]) {
    let normalised = foldBytes(text, options, tracking: true)
    var ranges: [Range<Int>] = []
    let extractor = FeatureExtractor(unit: .words(1), keys: HashKeys())
    var hashes: [UInt64] = []
    unsafe normalised.bytes.withUnsafeBufferPointer {
      unsafe WordRanges.find($0, into: &ranges)
      hashes = unsafe Array(extractor.words($0))
    }
    let words = SourceWords(options)
    unsafe text.withUnsafeBufferPointer { text in
      let own = unsafe extractor.words(words.split(text))
      unsafe hashes.withUnsafeBufferPointer { unsafe words.align(own, with: $0) }
    }
    return (ranges.indices.map { words.range(of: $0) }, ranges.compactMap(normalised.sourceRange))
  }

  /// Words that no rule changes, each of its own.
  private func plain(_ number: Int) -> String {
    let letters = Array("bcdfghjklmnpqrstvwxz")
    return "kata" + String([letters[number / 20 % 20], "e", letters[number % 20], "u"])
  }

  /// Between words of their own, whatever the folds make of a piece, those told are the right ones.
  @Test(arguments: everyProfile)
  func toldPlacesAreThoseOfOffsets(_ options: NormaliserOptions) {
    var maker = TextMaker(seed: 31)
    var told = 0
    for round in 0..<200 {
      var text = ""
      for number in 0..<12 {
        text += plain(round &* 7 + number) + [" ", ", ", " — ", "\n"][number % 4]
        if number % 3 == 1 { text += maker.text(1) + " " }
      }
      let bytes = Array(text.utf8)
      let found = places(bytes, options)
      for (place, tracked) in zip(found.told, found.tracked) {
        guard let place else { continue }
        told += 1
        // Letters that a fold drops belong to the word too.
        #expect(
          place.lowerBound <= tracked.lowerBound && tracked.upperBound <= place.upperBound,
          "\(text): \(place), \(tracked)"
        )
      }
    }
    let isLetterwise = options.folds.isSuperset(of: [.compatibility, .punctuation])
    #expect(isLetterwise ? told > 1500 : told == 0)
  }

  @Test(arguments: [
    "Kabar BAIK, dari \u{201C}Jakarta\u{201D} — 2021!", "кошка и собака дома", "日本語のtextです",
    "\u{1F600} halo\u{1F600}dunia", "été déjà", "",
  ])
  func plainTextsAreToldWhole(_ text: String) {
    let found = places(Array(text.utf8), .auto)
    #expect(found.told == found.tracked.map(Optional.some))
  }

  /// Words before and behind a place where their number changed are told, those within are not.
  @Test func whatJoinsIsLeftToOffsets() {
    let found = places(Array("satu dua g r a t i s tiga empat lima".utf8), .auto)
    #expect(found.tracked.count == 6)
    #expect(found.told.map { $0 != nil } == [true, true, false, true, true, true])
    #expect(found.told[3] == found.tracked[3])
  }

  @Test func anyBytesAreTaken() {
    var maker = TextMaker(seed: 32)
    for count in 0..<300 {
      let bytes = maker.bytes(count)
      let found = places(bytes, .auto)
      for place in found.told.compactMap({ $0 }) {
        #expect(!place.isEmpty && place.upperBound <= bytes.count)
      }
    }
  }
}
