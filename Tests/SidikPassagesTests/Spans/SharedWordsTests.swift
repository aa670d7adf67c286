import SidikTestSupport
import Testing

@testable import SidikPassages

/// The counts of words that the search for changed passages rests on, against counting by hand.
@Suite struct SharedWordsTests {
  /// Two texts with much wording in step, some of it changed, left out, doubled or moved.
  private func texts(_ generator: inout SeededGenerator) -> ([UInt64], [UInt64]) {
    let words = UInt64.random(in: 2...400, using: &generator)
    let first = (0..<Int.random(in: 0...120, using: &generator)).map { _ in
      UInt64.random(in: 1...words, using: &generator) &* 0x9E37_79B9_7F4A_7C15
    }
    var second: [UInt64] = []
    for word in first {
      switch Int.random(in: 0..<12, using: &generator) {
      case 0: break
      case 1: second += [word, word]
      case 2: second.append(first.randomElement(using: &generator) ?? word)
      case 3: second.insert(word, at: Int.random(in: 0...second.count, using: &generator))
      case 4: second.append(UInt64.random(in: 0...UInt64.max, using: &generator))
      default: second.append(word)
      }
    }
    return (first, second)
  }

  private func naive(_ first: [UInt64], _ second: [UInt64]) -> Int {
    var left: [UInt64: Int] = [:]
    for word in first { left[word, default: 0] += 1 }
    return second.count { word in
      guard let count = left[word], count > 0 else { return false }
      left[word] = count - 1
      return true
    }
  }

  @Test(arguments: 0..<20)
  func countsAsByHand(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let counter = SharedWords()
    for _ in 0..<20 {
      let (first, second) = texts(&generator)
      let all = first + second
      let shared = unsafe all.withUnsafeBufferPointer {
        unsafe counter.count($0, 0..<first.count, first.count..<all.count)
      }
      #expect(shared == naive(first, second))
    }
  }

  /// By numbers of the words of a document too, and by weight for a range of either.
  @Test(arguments: 0..<20)
  func countsRangesAsByHand(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (first, second) = texts(&generator)
    let all = first + second
    var texts = WordTexts()
    texts.append(all, lengths: [first.count, second.count])
    let weights = WordWeights(texts)
    let words = RegionWords(weights)
    let (a, b) = (0..<first.count, first.count..<all.count)
    unsafe all.withUnsafeBufferPointer { all in
      unsafe words.take(document: a, of: all)
      _ = unsafe words.take(piece: b, of: all)
      #expect(unsafe words.sharedWords(a, b, of: all) == naive(first, second))
    }
    let own = a.lowerBound..<Int.random(in: 0...first.count, using: &generator)
    let other = Int.random(in: 0...second.count, using: &generator)..<second.count
    let likeness = words.likeness(own, other)
    func weight(_ place: Int) -> Int { unsafe Int(weights.places[place]) }
    var left: [UInt64: Int] = [:]
    for place in own { left[all[place], default: 0] += 1 }
    var shared = 0
    for place in other.map({ $0 + first.count }) where left[all[place], default: 0] > 0 {
      left[all[place], default: 0] -= 1
      shared += weight(place)
    }
    #expect(likeness.shared == shared)
    #expect(likeness.first == own.reduce(0) { $0 + weight($1) })
    #expect(likeness.second == other.reduce(0) { $0 + weight($1 + first.count) })
  }

  /// Matches are kept that have one of another word near them in both texts, each found by trying all.
  @Test(arguments: 0..<20)
  func seedsAreThoseOfAllPairs(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (first, second) = texts(&generator)
    let all = first + second
    var texts = WordTexts()
    texts.append(all, lengths: [first.count, second.count])
    var rule = NearRule(leastWords: 20, ofWords: all.count)
    // So every seed that has no other beside it is a box of its own.
    rule.gap = 0
    let words = RegionWords(WordWeights(texts))
    unsafe all.withUnsafeBufferPointer { all in
      unsafe words.take(document: 0..<first.count, of: all)
      _ = unsafe words.take(piece: first.count..<all.count, of: all)
    }
    let found = RareMatches(rule).boxes(words, 0..<first.count) { _ in true }
    var matches: [(Int, Int)] = []
    let (own, far) = unsafe (
      Array(words.rare(inFirst: 0..<first.count)), Array(words.rare(inSecond: 0..<second.count))
    )
    for a in own where own.count(where: { $0.number == a.number }) <= rule.mostPlaces {
      let places = far.filter { $0.number == a.number }
      if places.count > rule.mostPlaces { continue }
      matches += places.map { (Int(a.place), Int($0.place)) }
    }
    let seeds = matches.filter { one in
      matches.contains { two in
        let (x, y) = (abs(one.0 - two.0), abs(one.1 - two.1))
        return x > 0 && x <= rule.pairReach && y > 0 && y <= rule.pairReach
          && first[one.0] != first[two.0]
      }
    }
    let boxes = seeds.map {
      PassageAligner.Box(first: $0.0..<$0.0 + 1, second: $0.1..<$0.1 + 1)
    }
    #expect(found == boxes)
  }
}
