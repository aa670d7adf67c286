import SidikCore
import SidikTestSupport
import Testing

@testable import SidikPassages

@Suite struct PassageCoverageTests {
  private typealias Rule = PassageCoverage

  @Test func documentsWithoutFeatures() {
    let some = grams("harga beras naik lagi di pasar induk")
    for (shorter, longer) in [([], []), ([], some), (some, [])] {
      let measured = coverage(shorter: shorter, longer: longer)
      #expect(measured == .none)
    }
  }

  @Test func aCopyIsCoveredBothWays() {
    var generator = SeededGenerator(seed: 1)
    for words in [6, 20, 150, 5000] {
      let copy = grams(text(randomWords(words, vocabulary: 5000, &generator)))
      let measured = coverage(shorter: copy, longer: copy)
      #expect(measured.ofShorter == 1 && measured.ofLonger == 1)
    }
  }

  /// A passage inside a longer page, a word put in here and there.
  @Test func aPassageWithInsertionsIsCovered() {
    var generator = SeededGenerator(seed: 2)
    let page = randomWords(500, vocabulary: 5000, &generator)
    var passage = Array(page[200..<300])
    for place in stride(from: 90, to: 0, by: -15) { passage.insert(9000 + place, at: place) }
    let measured = coverage(shorter: grams(text(passage)), longer: grams(text(page)))
    #expect(measured.ofShorter > 0.97)
    #expect(abs(measured.ofLonger - 0.2) < 0.03)
  }

  /// One letter in ten is another: 41 of 100 grams are gone, no passage is.
  @Test(arguments: 0..<8)
  func misspeltTextIsCovered(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let original = text(randomWords(120, vocabulary: 5000, &generator))
    let misspelt = String(
      original.map { letter in
        letter != " " && Int.random(in: 0..<10, using: &generator) == 0 ? "x" : letter
      }
    )
    let measured = coverage(shorter: grams(misspelt), longer: grams(original))
    #expect(measured.ofShorter > 0.9, "\(measured)")
  }

  /// Sentences in another order are the same passages.
  @Test func movedPassagesAreCovered() {
    var generator = SeededGenerator(seed: 5)
    let sentences = (0..<8).map { _ in randomWords(15, vocabulary: 5000, &generator) }
    let moved = sentences.reversed().joined()
    let measured = coverage(
      shorter: grams(text(moved)),
      longer: grams(text(sentences.joined()))
    )
    #expect(measured.ofShorter > 0.95 && measured.ofLonger > 0.95)
  }

  /// A sentence was rewritten in place; where nothing stands on its other side it is not covered.
  @Test func rewrittenWordsAreBridged() {
    var generator = SeededGenerator(seed: 6)
    let (head, tail) = (
      randomWords(40, vocabulary: 5000, &generator), randomWords(40, vocabulary: 5000, &generator)
    )
    let old = randomWords(10, vocabulary: 5000, &generator)
    let new = (0..<10).map { 9000 + $0 }
    let bridged = coverage(
      shorter: grams(text(head + new + tail)),
      longer: grams(text(head + old + tail))
    )
    #expect(bridged.ofShorter > 0.98 && bridged.ofLonger > 0.98)
    let open = coverage(shorter: grams(text(head + new)), longer: grams(text(head + old + tail)))
    #expect(abs(open.ofShorter - 0.8) < 0.06, "\(open)")
    let long = (0..<60).map { 9100 + $0 }
    let inserted = coverage(
      shorter: grams(text(head + tail)),
      longer: grams(text(head + long + tail))
    )
    #expect(inserted.ofShorter > 0.95 && inserted.ofLonger < 0.7, "\(inserted)")
  }

  /// Chinese sentences are short in characters: moved ones are found all the same.
  @Test func denseScriptsHaveShorterPassages() {
    var generator = SeededGenerator(seed: 9)
    let sentences = (0..<12).map { _ in
      (0..<18).map { _ in Int.random(in: 0x4E00...0x9000, using: &generator) }
    }
    func text(_ parts: some Sequence<[Int]>) -> String {
      String(String.UnicodeScalarView(parts.joined().compactMap(Unicode.Scalar.init)))
    }
    let (longer, shorter) = (grams(text(sentences)), grams(text(sentences.reversed())))
    let meter = PassageMeter()
    unsafe longer.withUnsafeBufferPointer { unsafe meter.prepare(longer: $0) }
    let (dense, sparse) = unsafe shorter.withUnsafeBufferPointer {
      unsafe (meter.measure(shorter: $0, isDense: true), meter.measure(shorter: $0))
    }
    #expect(dense.ofShorter > 0.9 && sparse.ofShorter < 0.2, "\(dense) \(sparse)")
  }

  /// Short texts find many of their grams in a long one, but in no order.
  @Test func chanceMatchesCountForLittle() {
    var generator = SeededGenerator(seed: 3)
    var sum = 0.0
    for _ in 0..<20 {
      let long = randomWords(700, vocabulary: 300, &generator)
      let short = randomWords(12, vocabulary: 300, &generator)
      let (few, many) = (grams(text(short)), grams(text(long)))
      let inLong = Set(many)
      #expect(few.count { inLong.contains($0) } * 3 > few.count, "no chance matches to ignore")
      let measured = coverage(shorter: few, longer: many).ofShorter
      #expect(measured < 0.6)
      sum += measured
    }
    #expect(sum / 20 < 0.1, "mean \(sum / 20)")
  }

  /// In a book nearly every gram of five characters stands too often to say where.
  @Test func aParagraphIsFoundInABook() {
    var generator = SeededGenerator(seed: 4)
    let book = randomWords(40_000, vocabulary: 900, &generator)
    let longer = grams(text(book))
    #expect(longer.count > Rule.wideFrom)
    let paragraph = grams(text(book[20_000..<20_100]))
    #expect(coverage(shorter: paragraph, longer: longer).ofShorter > 0.95)
    let other = grams(text(randomWords(100, vocabulary: 900, &generator)))
    #expect(coverage(shorter: other, longer: longer).ofShorter < 0.1)
  }

  /// Text made to have as many matches as can be, in linear time.
  @Test(arguments: [1, 2, 3, 64, 999])
  func periodicText(period: Int) {
    let count = runsSlowTests ? 2_000_000 : 200_000
    var generator = SeededGenerator(seed: UInt64(period))
    let letters = (0..<period).map { _ in generator.next() }
    let sequence = (0..<count).map { letters[$0 % period] }
    let measured = coverage(shorter: Array(sequence[..<(count / 2)]), longer: sequence)
    #expect(measured.ofShorter == 0, "grams that stand this often say nothing")
  }

  @Test func lengthsAskedOfPassages() {
    #expect(Rule.leastLength(of: 0) == 16)
    #expect(Rule.leastLength(of: 60) == 20)
    #expect(Rule.leastLength(of: 5000) == 36)
  }

  /// A search that may end early says the same of all pairs that are wanted.
  @Test(arguments: 0..<40)
  func whatIsWantedIsMeasuredToTheEnd(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let meter = PassageMeter()
    let source = randomWords(400, vocabulary: 300, &generator)
    let share = Double.random(in: 0...1, using: &generator)
    // Whole sentences of the source, single words of it, or others.
    var words: [Int] = []
    while words.count < 20 + seed * 5 {
      let start = Int.random(in: 0..<380, using: &generator)
      if Double.random(in: 0..<1, using: &generator) < share {
        words += source[start..<start + Int.random(in: 3...20, using: &generator)]
      } else {
        words += randomWords(Int.random(in: 1...12, using: &generator), vocabulary: 300, &generator)
      }
    }
    let (shorter, longer) = (grams(text(words)), grams(text(source)))
    let whole = coverage(shorter: shorter, longer: longer, meter)
    for least in [0.1, 0.3, 0.5, 0.7, 0.9, 1] {
      let early = unsafe shorter.withUnsafeBufferPointer {
        unsafe meter.measure(shorter: $0, least: least)
      }
      #expect(early == whole || (early == .none && whole.ofShorter < least))
    }
    #expect(coverage(shorter: shorter, longer: longer, meter) == whole, "lanes are left free")
  }
}
