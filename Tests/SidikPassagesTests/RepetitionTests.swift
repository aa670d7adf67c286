import SidikCore
import SidikTestSupport
import Testing

@testable import SidikPassages

@Suite struct RepetitionTests {
  /// The rule by nested loops: a word is repeated when it lies in 20 words that stood earlier.
  private func naive(_ words: [Int]) -> Set<Int> {
    let width = Repetition.leastWords
    var repeated: Set<Int> = []
    guard words.count > width else { return repeated }
    for later in 1...words.count - width {
      for earlier in 0..<later
      where words[earlier..<earlier + width].elementsEqual(words[later..<later + width]) {
        repeated.formUnion(later..<later + width)
        break
      }
    }
    return repeated
  }

  private func check(_ words: [Int], _ finder: RepetitionFinder) {
    let found = repetition(text(words), finder)
    let expected = naive(words)
    #expect(found.words == words.count)
    #expect(Set(found.repeated.joined()) == expected)
    #expect(found.repeated.reduce(0) { $0 + $1.count } == expected.count, "ranges overlap")
    for (range, next) in zip(found.repeated, found.repeated.dropFirst()) {
      #expect(range.upperBound <= next.lowerBound)
    }
    let share = words.isEmpty ? 0 : Double(expected.count) / Double(words.count)
    #expect(abs(found.share - share) < 1e-12)
  }

  /// Random pieces put together from one store, so that runs of all lengths about 20 stand
  /// earlier, next to each other and over each other.
  @Test(arguments: [1, 2, 3, 30, 1000], 0..<8)
  func followsTheRule(vocabulary: Int, seed: Int) {
    var generator = SeededGenerator(seed: UInt64(vocabulary * 100 + seed))
    let finder = RepetitionFinder(keys: HashKeys())
    var words = randomWords(60, vocabulary: vocabulary, &generator)
    while words.count < 330 {
      if Bool.random(using: &generator) {
        let count = Int.random(in: 1...40, using: &generator)
        words += randomWords(count, vocabulary: vocabulary, &generator)
      } else {
        let length = Int.random(in: 1...30, using: &generator)
        let start = Int.random(in: 0...words.count - length, using: &generator)
        words += words[start..<start + length]
      }
    }
    check(words, finder)
  }

  @Test func theFindersMemoryIsUsedAgain() {
    var generator = SeededGenerator(seed: 8)
    let finder = RepetitionFinder(keys: HashKeys())
    for count in [300, 5, 0, 41, 300, 19, 20, 21] {
      let words = randomWords(count, vocabulary: 1000, &generator)
      check(words + words, finder)
    }
  }

  @Test func lengthsRoundTheLeastRun() {
    let finder = RepetitionFinder(keys: HashKeys())
    for length in 0...45 {
      check(Array(0..<length) + Array(0..<length), finder)
      check(Array(0..<length) + [99] + Array(0..<length) + [98], finder)
      check(Array(repeating: 7, count: length), finder)
    }
    #expect(repetition(text(Array(0..<19) + Array(0..<19))).repeated.isEmpty)
    #expect(repetition(text(Array(0..<20) + Array(0..<20))).repeated == [20..<40])
  }

  /// Two runs of ten that stood earlier apart are no run of twenty that stood earlier.
  @Test func neighboursFromDifferentPlacesAreNoRun() {
    let (first, second) = (Array(0..<10), Array(10..<20))
    let words = first + Array(100..<130) + second + Array(200..<230) + first + second
    check(words, RepetitionFinder(keys: HashKeys()))
    #expect(repetition(text(words)).repeated.isEmpty)
  }

  /// The page of a careless scraper: the article twice, one line of the second copy broken.
  @Test func anArticleThatStandsTwice() {
    var generator = SeededGenerator(seed: 9)
    let article = (0..<12).map { _ in randomWords(25, vocabulary: 5000, &generator) }
    let once = article.map { text($0) }.joined(separator: ".\n\n")
    var broken = article
    broken.insert(Array(article[5][12...]), at: 6)
    broken[5] = Array(article[5][..<12])
    let twice = once + "\n\n" + broken.map { text($0) }.joined(separator: "!\n") + "\nBaca juga"
    var normaliser = Normaliser(.auto)
    let found = repetition(normaliser.normalise(twice).string)
    #expect(found.words == 602)
    #expect(found.repeated == [300..<600])
    #expect(abs(found.share - 0.5) < 0.01)
    #expect(repetition(normaliser.normalise(once).string).repeated.isEmpty)
  }

  @Test func anEditInTheSecondCopyCostsItsWordOnly() {
    var generator = SeededGenerator(seed: 10)
    let article = randomWords(200, vocabulary: 5000, &generator)
    var second = article
    second[100] = 9999
    second.remove(at: 150)
    #expect(repetition(text(article + second)).repeated == [200..<300, 301..<399])
  }

  @Test func charactersAreWordsInScriptsWithoutSpaces() {
    var generator = SeededGenerator(seed: 11)
    let scalars = (0..<60).compactMap { _ in
      Unicode.Scalar(UInt32.random(in: 0x4E00...0x9F00, using: &generator))
    }
    let line = String(String.UnicodeScalarView(scalars))
    let found = repetition(line + line)
    #expect(found.words == 120 && found.repeated == [60..<120])
  }

  /// Periodic text is all repetition from its second period on, and costs linear time.
  @Test(arguments: [1, 2, 7, 20, 21, 1000])
  func periodicText(period: Int) {
    let count = runsSlowTests ? 1_000_000 : 60_000
    let period = (0..<period).map(word)
    let words = (0..<count).map { period[$0 % period.count] }.joined(separator: " ")
    let clock = ContinuousClock()
    var found = Repetition(words: 0, repeated: [])
    let time = clock.measure { found = repetition(words) }
    #expect(found.words == count)
    #expect(found.repeated == [period.count..<count])
    #expect(time < .seconds(runsSlowTests ? 60 : 10))
  }

  @Test func noWords() {
    #expect(repetition("").share == 0 && repetition("").words == 0)
    #expect(repetition("satu") == Repetition(words: 1, repeated: []))
  }
}
