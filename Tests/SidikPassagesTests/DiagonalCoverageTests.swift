import SidikCore
import SidikTestSupport
import Testing

@testable import SidikPassages

@Suite struct DiagonalCoverageTests {
  private typealias Rule = DiagonalCoverage

  /// The rule by nested loops: all matches of grams that stand seldom enough; bands of diagonals
  /// `drift` wide, laid twice, half a width apart; a match counts that lies with enough others
  /// of its band in a window.
  private func naive(shorter: [UInt64], longer: [UInt64]) -> (shorter: Set<Int>, longer: Set<Int>) {
    var bands: [[Int]: [(place: Int, other: Int)]] = [:]
    for (place, gram) in shorter.enumerated() {
      let others = longer.indices.filter { longer[$0] == gram }
      guard others.count <= Rule.mostPlaces else { continue }
      for other in others {
        for offset in [0, Rule.drift / 2] {
          let diagonal = other - place + shorter.count + offset
          bands[[offset, diagonal / Rule.drift], default: []].append((place, other))
        }
      }
    }
    var found: (shorter: Set<Int>, longer: Set<Int>) = ([], [])
    for matches in bands.values {
      for first in matches {
        let window = matches.filter { (0...Rule.window).contains($0.place - first.place) }
        guard window.count >= Rule.leastMatches else { continue }
        found.shorter.formUnion(window.map(\.place))
        found.longer.formUnion(window.map(\.other))
      }
    }
    return found
  }

  private func check(_ shorter: [UInt64], _ longer: [UInt64], _ meter: CoverageMeter) {
    let measured = coverage(shorter: shorter, longer: longer, meter)
    let expected = naive(shorter: shorter, longer: longer)
    let ofShorter = Double(expected.shorter.count) / Double(max(1, shorter.count))
    let ofLonger = Double(expected.longer.count) / Double(max(1, longer.count))
    #expect(abs(measured.ofShorter - ofShorter) < 1e-12)
    #expect(abs(measured.ofLonger - ofLonger) < 1e-12)
  }

  @Test(arguments: [20, 60, 400], 0..<6)
  func followsTheRule(vocabulary: Int, seed: Int) {
    var generator = SeededGenerator(seed: UInt64(vocabulary * 10 + seed))
    let meter = CoverageMeter()
    let long = randomWords(60, vocabulary: vocabulary, &generator)
    var short = randomWords(12, vocabulary: vocabulary, &generator)
    for _ in 0..<3 {
      let length = Int.random(in: 1...8, using: &generator)
      let start = Int.random(in: 0...long.count - length, using: &generator)
      short += long[start..<start + length]
      short += randomWords(
        Int.random(in: 0...3, using: &generator),
        vocabulary: vocabulary,
        &generator
      )
    }
    check(grams(text(short)), grams(text(long)), meter)
    check(grams(text(long)), grams(text(short)), meter)
    check(grams(text(long)), grams(text(long)), meter)
  }

  /// Grams as numbers of a small alphabet: matches everywhere, up to the most places and over.
  @Test(arguments: [1, 2, 5, 30], 0..<4)
  func followsTheRuleOnDenseMatches(alphabet: Int, seed: Int) {
    var generator = SeededGenerator(seed: UInt64(alphabet * 10 + seed))
    let letters = (0..<alphabet).map { _ in generator.next() }
    func sequence(_ count: Int) -> [UInt64] {
      (0..<count).map { _ in letters.randomElement(using: &generator) ?? 0 }
    }
    let meter = CoverageMeter()
    for (n, m) in [(1, 1), (6, 7), (7, 7), (8, 9), (40, 50), (50, 40), (30, 8 * alphabet)] {
      check(sequence(n), sequence(m), meter)
    }
  }

  @Test func documentsWithoutFeatures() {
    let some = grams("harga beras naik lagi di pasar induk")
    for (shorter, longer) in [([], []), ([], some), (some, [])] {
      let measured = coverage(shorter: shorter, longer: longer)
      #expect(measured.ofShorter == 0 && measured.ofLonger == 0)
    }
  }

  @Test func aCopyIsCoveredBothWays() {
    var generator = SeededGenerator(seed: 1)
    let copy = grams(text(randomWords(150, vocabulary: 5000, &generator)))
    let measured = coverage(shorter: copy, longer: copy)
    #expect(measured.ofShorter == 1 && measured.ofLonger == 1)
  }

  /// A passage inside a longer page, a word put in here and there.
  @Test func aPassageWithInsertionsIsCovered() {
    var generator = SeededGenerator(seed: 2)
    let page = randomWords(500, vocabulary: 5000, &generator)
    var passage = Array(page[200..<300])
    for place in stride(from: 90, to: 0, by: -15) { passage.insert(9000 + place, at: place) }
    let (shorter, longer) = (grams(text(passage)), grams(text(page)))
    let measured = coverage(shorter: shorter, longer: longer)
    // Six words of some eight characters, and four grams before each, are not in the page.
    #expect(measured.ofShorter > 0.85 && measured.ofShorter < 1)
    #expect(abs(measured.ofLonger - 0.2) < 0.03)
  }

  /// Short texts find many of their grams in a long one, but in no order.
  @Test func chanceMatchesCountForLittle() {
    var generator = SeededGenerator(seed: 3)
    var (worst, sum) = (0.0, 0.0)
    for _ in 0..<20 {
      let long = randomWords(700, vocabulary: 300, &generator)
      let short = randomWords(9, vocabulary: 300, &generator)
      let (few, many) = (grams(text(short)), grams(text(long)))
      let inLong = Set(many)
      #expect(few.count { inLong.contains($0) } * 3 > few.count, "no chance matches to ignore")
      let measured = coverage(shorter: few, longer: many).ofShorter
      worst = max(worst, measured)
      sum += measured
    }
    // Sets alone would say a third and more each time; the rule asks for 0.6 in order.
    #expect(worst < 0.45 && sum / 20 < 0.15, "worst \(worst), mean \(sum / 20)")
    let strangers = coverage(
      shorter: grams(text(randomWords(30, vocabulary: 90_000, &generator))),
      longer: grams(text(randomWords(700, vocabulary: 90_000, &generator)))
    )
    #expect(strangers.ofShorter < 0.02)
  }

  /// Text made to have as many matches as can be, in linear time.
  @Test(arguments: [1, 2, 3, 64, 999])
  func periodicText(period: Int) {
    let count = runsSlowTests ? 2_000_000 : 200_000
    var generator = SeededGenerator(seed: UInt64(period))
    let letters = (0..<period).map { _ in generator.next() }
    let sequence = (0..<count).map { letters[$0 % period] }
    let clock = ContinuousClock()
    let time = clock.measure {
      let measured = coverage(shorter: Array(sequence[..<(count / 2)]), longer: sequence)
      #expect(measured.ofShorter == 0, "grams that stand this often say nothing")
    }
    #expect(time < .seconds(runsSlowTests ? 60 : 5))
  }
}
