import SidikTestSupport
import Testing

@testable import SidikPassages

@Suite struct NearPassagesTests {
  /// A text of words that are as rare as those of a language.
  private func text(_ count: Int, _ generator: inout SeededGenerator) -> [UInt64] {
    (0..<count).map { _ in
      let rank = UInt64.random(in: 1...2000, using: &generator)
      let word = UInt64.random(in: 1...rank, using: &generator)
      return word &* 0x9E37_79B9_7F4A_7C15
    }
  }

  private func passages(_ documents: [[UInt64]], _ leads: [PassageLead]) -> [Passage] {
    var texts = WordTexts()
    texts.append(Array(documents.joined()), lengths: documents.map(\.count))
    let rule = NearRule(leastWords: 20, ofWords: texts.words.count)
    var leads = leads
    return NearPassages(texts, WordWeights(texts), rule).find(documents.count - 1, &leads)
  }

  /// A passage of 60 words of which every fifth was changed, in other text on both sides.
  @Test(arguments: 0..<5)
  func findsTheEndsOfChangedWording(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let passage = text(60, &generator)
    var changed = passage
    for place in stride(from: 4, to: 60, by: 5) { changed[place] = UInt64(900_000 + place) }
    let first = text(200, &generator) + passage + text(150, &generator)
    let second = text(90, &generator) + changed + text(300, &generator)
    // Pairs of equal words lead from one to the other.
    let leads = [10, 20, 30, 40].map {
      PassageLead(document: 0, place: first.count + 90 + $0, other: 200 + $0, length: 0)
    }
    let found = passages([first, second], leads)
    let only = try #require(found.first)
    #expect(found.count == 1)
    #expect(!only.isExact)
    #expect(abs(only.earlier.words.lowerBound - 200) <= 4)
    #expect(abs(only.earlier.words.upperBound - 260) <= 4)
    #expect(abs(only.later.words.lowerBound - 90) <= 4)
    #expect(abs(only.later.words.upperBound - 150) <= 4)
    #expect(only.score > 0.7)
  }

  @Test func moveOfSentencesIsOnePassage() throws {
    var generator = SeededGenerator(seed: 31)
    let sentences = (0..<6).map { _ in text(15, &generator) }
    let moved = [2, 0, 1, 5, 4, 3].flatMap { sentences[$0] }
    let first = text(100, &generator) + sentences.joined() + text(100, &generator)
    let second = text(100, &generator) + moved + text(100, &generator)
    let lead = PassageLead(document: 0, place: first.count + 100, other: 130, length: 15)
    let found = passages([first, second], [lead])
    let only = try #require(found.first)
    #expect(found.count == 1)
    #expect(abs(only.earlier.words.lowerBound - 100) <= 8)
    #expect(abs(only.later.words.upperBound - 190) <= 8)
  }

  @Test func strangersHaveNoPassage() {
    var generator = SeededGenerator(seed: 5)
    let (first, second) = (text(400, &generator), text(400, &generator))
    let leads = [50, 60].map {
      PassageLead(document: 0, place: 400 + $0, other: $0, length: 0)
    }
    #expect(passages([first, second], leads).isEmpty)
  }

  @Test func aLonePairOfWordsLeadsNowhere() {
    var generator = SeededGenerator(seed: 6)
    let words = text(100, &generator)
    let lead = PassageLead(document: 0, place: 150, other: 50, length: 0)
    #expect(passages([words, words], [lead]).isEmpty)
  }

  @Test func innerPassagesAreLeftOut() {
    func passage(_ a: Range<Int>, _ b: Range<Int>) -> Passage {
      Passage(
        earlier: .init(document: 0, words: a),
        later: .init(document: 1, words: b),
        score: 1,
        isExact: true
      )
    }
    let wide = passage(10..<60, 5..<55)
    let inner = passage(20..<40, 15..<35)
    let crossing = passage(20..<70, 15..<65)
    let other = passage(80..<99, 15..<35)
    var kept = [inner, crossing, other, wide, wide]
    PassageList.dropInner(&kept)
    #expect(kept == [wide, other, crossing])
  }
}
