import SidikTestSupport
import Testing

@testable import SidikPassages

@Suite struct SlotMeterTests {
  @Test func wordsAreDividedAndNumbersTakenTogether() {
    func words(_ text: String) -> [String] {
      let fixed = FixedText(text)
      let words = SlotWords()
      unsafe words.take(fixed.view)
      return (0..<words.count).map { place in
        let text = unsafe String(decoding: words.text(place..<place + 1), as: UTF8.self)
        return (words[place].isNumber ? "#" : "") + text
      }
    }
    #expect(words("") == [])
    #expect(words("a") == ["a"])
    #expect(
      words("bayar rp500 ke 0800 0000 0204 ya") == [
        "bayar", "#rp500", "ke", "#0800 0000 0204", "ya",
      ]
    )
    #expect(words("k0ta 14 s4y4 2024") == ["k0ta", "#14 s4y4 2024"])
    // Words of every length round the eight bytes that are read at once, at the end and before it.
    for length in 1...26 {
      let word = String("abcdefghijklmnopqrstuvwxyz".prefix(length))
      #expect(words(word) == [word])
      #expect(words("\(word) \(word)s") == [word, word + "s"])
      let number = String(repeating: "7", count: length)
      #expect(words("no \(number) ya") == ["no", "#" + number, "ya"])
    }
    #expect(words("élan ٣٤ 東京") == ["élan", "٣٤", "東京"])
  }

  @Test func numbersThatChangeAndNumbersThatStay() {
    let pair = SlotPair(
      "harga 12 naik jadi 40 per kilo pada 7 mei",
      "harga 15 naik jadi 44 per kilo pada 7 mei"
    )
    #expect(pair.slots == [["12", "15"], ["40", "44"]])
    #expect(pair.measures.numberSlots == 2 && pair.measures.wordSlots == 0)
    #expect(pair.measures.changedNumbers == 2 && pair.measures.keptNumbers == 1)
    #expect(pair.measures.frame > 0.8 && pair.measures.frame < 1)
  }

  @Test func theSameDigitsAreTheSameNumber() {
    let apart = SlotPair("biaya rp 553 tiap bulan saja", "biaya rp553 tiap bulan saja")
    #expect(apart.measures.numberSlots == 0 && apart.measures.wordSlots == 1)
    // A number that only one side has is put in, not changed.
    let added = SlotPair("datang 5 mei ya", "datang minggu 5 6 mei ya")
    #expect(added.measures.numberSlots == 0)
  }

  @Test func aNameStandsInTwoSlots() {
    let pair = SlotPair(
      "yth nasabah layar di kota ini harap ke layar segera",
      "yth nasabah pelita di kota ini harap ke pelita segera"
    )
    #expect(pair.measures.nameSlots == 2 && pair.measures.names == 1)
    #expect(pair.measures.wordSlots == 2)
    // Common words are none, nor is what stands in the other text too.
    let common = SlotPair(
      "yth nasabah layar di kota ini harap ke layar segera",
      "yth nasabah pelita di kota ini harap ke pelita segera",
      isRare: { $0 != "pelita" }
    )
    #expect(common.measures.nameSlots == 0 && common.measures.wordSlots == 2)
    let once = SlotPair("tolong ke layar segera ya", "tolong ke pelita segera ya")
    #expect(once.measures.nameSlots == 0)
  }

  @Test func spellingsOfOneWordAreNoNames() {
    let pair = SlotPair(
      "orang yang datang besok bawa payung lalu yang pulang malam bawa payung juga",
      "orang yg datang besok bawa pyung lalu yg pulang malam bawa pyung juga"
    )
    #expect(pair.measures.nameSlots == 0 && pair.measures.wordSlots == 4)
    var spelling = SlotSpelling()
    func areOne(_ a: String, _ b: String) -> Bool {
      let (x, y) = (FixedText(a), FixedText(b))
      let (one, back) = unsafe (spelling.areOne(x.view, y.view), spelling.areOne(y.view, x.view))
      #expect(one == back)
      return one
    }
    #expect(areOne("yang", "yg") && areOne("payung", "payumg") && areOne("bri", "bri festival"))
    #expect(!areOne("layar", "pelita") && !areOne("bca", "bni"))
    #expect(areOne("", "apa") && areOne("sama", "sama"))
  }

  /// Other text is no slot, and slots end somewhere.
  @Test func longGapsAreNoSlots() {
    let long = (0...SlotMeter.mostWords).map(letters).joined(separator: " ")
    let pair = SlotPair("awal \(long) akhir", "awal lain akhir")
    #expect(pair.slots.isEmpty && pair.measures.wordSlots == 0)
    let digits = (0..<60_000).map { "\($0)" }.joined(separator: " ")
    let others = (60_000..<120_000).map { "\($0)" }.joined(separator: " ")
    #expect(SlotPair("awal \(digits) akhir", "awal \(others) akhir").slots.isEmpty)
    let many = (0..<2000).map { "\(letters($0)) \($0)" }.joined(separator: " ")
    let shifted = (0..<2000).map { "\(letters($0)) \($0 + 5000)" }.joined(separator: " ")
    let counted = SlotPair(many, shifted).measures
    #expect(counted.numberSlots == SlotMeter.mostSlots && counted.keptNumbers == 0)
  }

  @Test func textsWithoutWordsHaveNothing() {
    for (a, b) in [("", ""), ("", "ada"), ("12 13", "14 15"), ("satu", "dua")] {
      let pair = SlotPair(a, b)
      #expect(pair.measures.frame == 0 && pair.slots.isEmpty)
    }
    #expect(SlotPair("sama saja", "sama saja").measures.frame == 1)
  }

  /// The texts change places, the answer stays.
  @Test func theOrderOfTheTextsDoesNotMatter() {
    var generator = SeededGenerator(seed: 31)
    for _ in 0..<150 {
      var (a, b) = ([String](), [String]())
      for place in 0..<Int.random(in: 1...40, using: &generator) {
        let word = letters(place)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0:
          a.append("\(Int.random(in: 0..<50, using: &generator))")
          b.append("\(Int.random(in: 0..<50, using: &generator))")
        case 1:
          a.append("layar")
          b.append("pelita")
        default:
          a.append(word)
          b.append(word)
        }
      }
      let one = SlotPair(a.joined(separator: " "), b.joined(separator: " "))
      let back = SlotPair(b.joined(separator: " "), a.joined(separator: " "))
      if a.joined().count != b.joined().count {
        #expect(one.measures == back.measures)
        #expect(one.slots == back.slots.map { [$0[1], $0[0]] })
      }
    }
  }

  @Test func traitsAreNumbersAndRepeatedRareWords() {
    let finder = unsafe SlotTraitsFinder { text in
      unsafe String(decoding: text, as: UTF8.self) != "dan"
    }
    func traits(_ text: String) -> SlotTraits {
      let fixed = FixedText(text)
      return unsafe finder.find(fixed.view)
    }
    #expect(!SlotTraits.unknown.isKnown)
    #expect(traits("").isKnown && traits("").numbers == 0)
    #expect(traits("12 13 ya 14 rp500 tidak 15").numbers == 3)
    let layar = traits("bank layar dan bank layar dan satu kota")
    let pelita = traits("bank pelita dan bank pelita dan dua kota")
    #expect(layar.mayHaveOtherNames(than: pelita) && pelita.mayHaveOtherNames(than: layar))
    #expect(!layar.mayHaveOtherNames(than: layar))
    let book = String(repeating: "bab 1 layar dan ", count: SlotTraits.mostBytes / 16)
    #expect(traits(book).numbers == Int32(SlotTraits.mostBytes / 16))
    #expect(traits(book + "x") == .none && traits(book + "x").isKnown)
    // Only one of them has a name of its own; and a word that stands once is none.
    #expect(!layar.mayHaveOtherNames(than: traits("bank dan bank dan layar saja")))
    #expect(!traits("bank layar").mayHaveOtherNames(than: traits("bank pelita")))
    #expect(!traits("dan dan dan").mayHaveOtherNames(than: layar))
  }
}
