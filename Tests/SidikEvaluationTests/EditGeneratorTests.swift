import SidikTestSupport
import Testing

@testable import SidikEvaluation

private let sample = """
  KOTA SUMBER ANGIN – Hujan deras membuat anak-anak pulang lebih awal. "Kami tidak tahu harga \
  cabai naik," kata seorang ibu di pasar.

  Petugas akan memeriksa rumah-rumahnya besok pagi! Air sudah surut sampai mata kaki?
  """

private let otherScripts = [
  "波音町の小さな駅で、大時計が再び動き始めた。修理したのは傘職人である。",
  "ชาวบ้านช่วยกันสร้างสะพานไม้ไผ่ข้ามคลอง\nเสร็จภายในเจ็ดวัน",
  "افتتح أهالي القرية مخبزًا تعاونيًّا. وقال رئيس الجمعية إن الفكرة بدأت من حديث قصير.",
  "हवापुर गाँव के लोगों ने एक कुएँ को चालू कर दिया है। यह कुआँ बंद पड़ा था।",
]

private func words(_ text: String) -> [Substring] {
  text.split { $0 == " " || $0 == "\n" }
}

@Suite struct EditGeneratorTests {
  let generator = EditGenerator(seed: 7)

  @Test func theMatrixHasTwentySevenKindsWithNamesOfTheirOwn() {
    #expect(EditKind.matrix.count == 27)
    #expect(EditKind.all.count == 33)
    #expect(Set(EditKind.all.map(\.name)).count == 33)
    for kind in EditKind.all { #expect(EditKind(name: kind.name) == kind) }
    #expect(EditKind(name: "nothing") == nil)
    #expect(EditKind.anyScript.allSatisfy(EditKind.all.contains))
  }

  @Test(arguments: EditKind.all)
  func anEditIsTheSameEveryTimeAndChangesTheText(kind: EditKind) {
    let first = generator.apply(kind, to: sample, with: otherScripts[0])
    #expect(first == EditGenerator(seed: 7).apply(kind, to: sample, with: otherScripts[0]))
    #expect(first != sample)
    #expect(!first.isEmpty)
  }

  @Test(arguments: EditKind.all)
  func smallestTextsSurviveEveryEdit(kind: EditKind) {
    for text in ["", " ", "\n\n", "a", "ab", ".", "a b", "😀", "\u{301}", "-", "a-", "\u{0}"] {
      let edited = generator.apply(kind, to: text, with: text)
      let again = generator.apply(kind, to: text, with: text)
      #expect(edited == again)
      #expect(edited.unicodeScalars.count < text.unicodeScalars.count * 2 + 2000)
    }
  }

  @Test(arguments: EditKind.anyScript, otherScripts)
  func kindsForAnyScriptChangeIt(kind: EditKind, text: String) {
    #expect(generator.apply(kind, to: text) != text)
  }

  @Test func seedsAndVariantsGiveOtherCopies() {
    let kind = EditKind.typo(percent: 10)
    let one = generator.apply(kind, to: sample)
    #expect(one != EditGenerator(seed: 8).apply(kind, to: sample))
    #expect(one != generator.apply(kind, to: sample, variant: 1))
  }

  @Test(arguments: [2, 5, 10, 100])
  func typosTouchTheShareOfLettersTheyName(percent: Int) {
    let letters = sample.unicodeScalars.filter(EditScalars.isLetter).count
    let edited = generator.apply(.typo(percent: percent), to: sample)
    let distance = levenshtein(Array(sample.unicodeScalars), Array(edited.unicodeScalars))
    #expect(distance <= max(1, letters * percent / 100) * 2)
    #expect(distance >= letters * percent / 100 / 3)
  }

  @Test func invisibleCharactersAndMarksLeaveTheLetters() {
    let hidden = generator.apply(.zeroWidth(percent: 20), to: sample)
    let visible = hidden.unicodeScalars.filter { !LookAlikes.invisible.contains($0) }
    #expect(Array(visible) == Array(sample.unicodeScalars))
    let letters = sample.unicodeScalars.filter(EditScalars.isLetter).count
    #expect(hidden.unicodeScalars.count - visible.count == letters * 20 / 100)
    let marked = generator.apply(.diacritics(percent: 20), to: sample)
    let bare = marked.unicodeScalars.filter { !LookAlikes.marks.contains($0) }
    #expect(Array(bare) == Array(sample.unicodeScalars))
  }

  @Test func lookAlikesReplaceOneForOne() {
    let edited = Array(generator.apply(.homoglyphs(percent: 50), to: sample).unicodeScalars)
    let old = Array(sample.unicodeScalars)
    #expect(edited.count == old.count)
    var changed = 0
    for (new, old) in zip(edited, old) where new != old {
      changed += 1
      #expect(LookAlikes.homoglyphs(of: old).contains(new))
    }
    #expect(changed == old.filter(EditScalars.isASCIILetter).count / 2)
  }

  @Test func leetUsesDigitsOnly() {
    let edited = Array(generator.apply(.leet(percent: 20), to: sample).unicodeScalars)
    for (new, old) in zip(edited, sample.unicodeScalars) where new != old {
      #expect(LookAlikes.leet(old) == new)
    }
  }

  @Test func cutsKeepTheirShareOfTheWords() {
    let all = words(sample)
    let head = words(generator.apply(.truncation(keptPercent: 50), to: sample))
    #expect(head == Array(all.prefix(all.count / 2)))
    let excerpt = words(generator.apply(.excerpt(percent: 40, startPercent: 30), to: sample))
    #expect(excerpt == Array(all[(all.count * 30 / 100)...].prefix(all.count * 40 / 100)))
    let middle = words(generator.apply(.cutBothEnds, to: sample))
    #expect(middle == Array(all[(all.count / 5)...].prefix(all.count * 60 / 100)))
  }

  @Test func framesHoldTheWholeText() {
    #expect(generator.apply(.doubled, to: sample) == sample + "\n\n" + sample)
    let forwarded = generator.apply(.forwardPrefix, to: sample)
    #expect(forwarded.contains("\n\n" + sample + "\n\n"))
    let chrome = SiteChrome(
      source: "s",
      header: "HEAD",
      advertisement: "AD",
      related: "MORE",
      footer: "END"
    )
    let page = generator.apply(.siteWrap, to: sample, chrome: chrome)
    #expect(
      page.hasPrefix("HEAD\n") && page.hasSuffix("\nMORE\nEND") && page.contains("\n\nAD\n\n")
    )
    let framed = words(page).filter { !["HEAD", "AD", "MORE", "END"].contains($0) }
    #expect(framed == words(sample))
  }

  @Test func shufflingKeepsTheSentences() {
    let edited = generator.apply(.sentenceShuffle, to: sample)
    #expect(EditWork.sentences(edited).sorted() == EditWork.sentences(sample).sorted())
    #expect(EditWork.sentences(sample).count == 4)
  }

  @Test func slangFoldsDoubledWordsAndKeepsCapitals() {
    let edited = generator.apply(.slang, to: "Tidak ada anak-anak di rumah-rumahnya, kupu-kupuan")
    #expect(edited == "Ga ada anak2 di rumah2nya, kupu2an")
  }

  @Test func capitalsReplacePunctuationInsideWordsByABlank() {
    let edited = generator.apply(.casePunctuation, to: "Anak-anak (muda), Rp52.000! élan ж")
    #expect(edited == "ANAK ANAK MUDA RP52 000 ÉLAN Ж")
  }

  @Test func wordsAreDeletedAndReplacedInTheirShare() {
    let all = words(sample)
    let fewer = words(generator.apply(.wordDeletion(percent: 10), to: sample))
    #expect(fewer.count == all.count - all.count / 10)
    let other = words(generator.apply(.wordSubstitution(percent: 30), to: sample))
    #expect(other != all)
    #expect(Set(all).subtracting(other).count <= all.count * 30 / 100)
  }

  @Test func overridesReadTheSameOnceTurnedBack() {
    let edited = generator.apply(.bidi, to: sample)
    var turned: [Unicode.Scalar] = []
    var reversed: [Unicode.Scalar]?
    for scalar in edited.unicodeScalars {
      switch scalar.value {
      case 0x202E: reversed = []
      case 0x202C:
        turned += (reversed ?? []).reversed()
        reversed = nil
      case 0x2066, 0x2069, 0x200F: break
      default:
        if reversed == nil { turned.append(scalar) } else { reversed?.append(scalar) }
      }
    }
    #expect(turned == Array(sample.unicodeScalars))
  }

  @Test func aSpliceHoldsHalfOfEach() {
    let edited = generator.apply(
      .splice,
      to: "satu dua tiga empat",
      with: "lima enam tujuh delapan"
    )
    #expect(edited == "satu dua\n\ntujuh delapan")
  }

  @Test func wordListsAreInSmallLettersWithoutDoubles() {
    let keys = [
      EditLexicon.slang.map(\.0), EditLexicon.pictures.map(\.0),
      EditLexicon.synonyms.map { $0[0] },
    ]
    for list in keys {
      #expect(Set(list).count == list.count)
      for key in list {
        #expect(key.unicodeScalars.allSatisfy { (0x61...0x7A).contains($0.value) })
      }
    }
    #expect(EditLexicon.synonyms.allSatisfy { $0.count > 1 && !$0.dropFirst().contains($0[0]) })
  }
}

/// The edit distance, row by row.
private func levenshtein(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var row = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var corner = row[0]
    row[0] = i + 1
    for (j, y) in b.enumerated() {
      let up = row[j + 1]
      row[j + 1] = min(up + 1, row[j] + 1, corner + (x == y ? 0 : 1))
      corner = up
    }
  }
  return row[b.count]
}
