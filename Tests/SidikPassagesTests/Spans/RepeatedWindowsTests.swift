import SidikTestSupport
import Testing

@testable import SidikPassages

@Suite struct RepeatedWindowsTests {
  /// Documents put together from one store of words, so that runs of all lengths stand in several places.
  private func documents(_ vocabulary: Int, _ seed: Int) -> [[UInt64]] {
    var generator = SeededGenerator(seed: UInt64(1000 * vocabulary + seed))
    var all: [UInt64] = []
    return (0..<12).map { _ in
      var words: [UInt64] = []
      while words.count < Int.random(in: 0...60, using: &generator) {
        if Bool.random(using: &generator) || all.count < 20 {
          for _ in 0..<Int.random(in: 1...8, using: &generator) {
            words.append(
              UInt64.random(in: 1...UInt64(vocabulary), using: &generator) &* 0x9E37_79B9
            )
          }
        } else {
          let length = Int.random(in: 1...min(20, all.count), using: &generator)
          let start = Int.random(in: 0...all.count - length, using: &generator)
          words += all[start..<start + length]
        }
      }
      all += words
      return words
    }
  }

  /// What stands in two places, by nested loops.
  private func covered(_ documents: [[UInt64]], width: Int, scope: PassageScope) -> Set<[Int]> {
    var places: [(document: Int, start: Int)] = []
    for (number, words) in documents.enumerated() where words.count >= width {
      for start in 0...words.count - width { places.append((number, start)) }
    }
    var covered: Set<[Int]> = []
    for (number, a) in places.enumerated() {
      for b in places[..<number] {
        if scope == .within, a.document != b.document { continue }
        if scope == .across, a.document == b.document { continue }
        let x = documents[a.document][a.start..<a.start + width]
        guard x.elementsEqual(documents[b.document][b.start..<b.start + width]) else { continue }
        for place in [a, b] {
          for offset in 0..<width { covered.insert([place.document, place.start + offset]) }
        }
      }
    }
    return covered
  }

  private func search(
    _ texts: WordTexts,
    _ width: Int,
    _ scope: PassageScope,
    counts: Bool = false,
    among shorter: RepeatedPlaces? = nil,
    mostBytes: Int = .max,
    rounds: ((Int) -> Void)? = nil
  )
    -> RepeatedWindows
  {
    let windows = RepeatedWindows(
      texts,
      width: width,
      scope: scope,
      counts: counts,
      among: shorter,
      memory: KeyedMemory(mostBytes: mostBytes)
    )
    windows.makeRoom((0..<windows.parts).map { windows.count($0) })
    let table = RepeatedWindows.makeTable()
    for round in 0..<windows.rounds {
      let buckets = windows.begin(round)
      for part in 0..<windows.parts { windows.spread(part) }
      for bucket in buckets { windows.resolve(bucket, table) }
    }
    rounds?(windows.rounds)
    windows.finish()
    return windows
  }

  @Test(arguments: [2, 3, 10, 200], PassageScope.allCases)
  func passagesCoverWhatStandsTwice(vocabulary: Int, scope: PassageScope) {
    for (seed, width) in [3, 4, 5, 8, 3, 4, 12].enumerated() {
      let documents = documents(vocabulary, seed)
      var texts = WordTexts()
      texts.append(Array(documents.joined()), lengths: documents.map(\.count))
      let search = ExactPassages(texts, search(texts, width, scope))
      var found: Set<[Int]> = []
      for document in documents.indices {
        search.find(document) { place, other, length in
          #expect(length >= width)
          let home = texts.document(at: place)
          let far = texts.document(at: other)
          #expect(home == document)
          #expect(texts.range(of: home).upperBound >= place + length)
          #expect(texts.range(of: far).upperBound >= other + length)
          #expect(
            texts.words[place..<place + length].elementsEqual(texts.words[other..<other + length])
          )
          if scope == .within { #expect(home == far) }
          if scope == .across { #expect(home != far) }
          for (start, number) in [(place, home), (other, far)] {
            for offset in 0..<length {
              found.insert([number, start - texts.starts[number] + offset])
            }
          }
        }
      }
      let expected = covered(documents, width: width, scope: scope)
      #expect(found == expected, "seed \(seed), width \(width)")
    }
  }

  /// Runs of which every part stands twice are enough to look at.
  @Test(arguments: [2, 3, 10, 200], PassageScope.allCases)
  func shorterRunsLoseNone(vocabulary: Int, scope: PassageScope) {
    for (seed, width) in [3, 4, 5, 8, 12].enumerated() {
      let documents = documents(vocabulary, seed)
      var texts = WordTexts()
      texts.append(Array(documents.joined()), lengths: documents.map(\.count))
      let all = search(texts, width, scope)
      for shorter in 1...width {
        let places = search(texts, shorter, scope).repeatedPlaces()
        #expect(places.width == shorter)
        let found = search(texts, width, scope, among: places)
        #expect(
          texts.words.indices.allSatisfy { found.other(of: $0) == all.other(of: $0) },
          "seed \(seed), width \(width), shorter \(shorter)"
        )
      }
    }
  }

  /// With little memory the texts are gone over several times, and nothing changes.
  @Test(arguments: PassageScope.allCases)
  func roundsChangeNothing(scope: PassageScope) {
    var generator = SeededGenerator(seed: 77)
    var texts = WordTexts()
    for _ in 0..<50 {
      let words = (0..<4000).map { _ in UInt64.random(in: 1...6, using: &generator) }
      texts.append(words, lengths: [words.count])
    }
    let whole = search(texts, 6, scope) { #expect($0 == 1) }
    let parted = search(texts, 6, scope, mostBytes: 600_000) { #expect($0 > 2) }
    #expect(texts.words.indices.allSatisfy { whole.other(of: $0) == parted.other(of: $0) })
  }

  @Test(arguments: [2, 5, 50], 0..<4)
  func countsPlacesAndDocuments(vocabulary: Int, seed: Int) {
    let documents = documents(vocabulary, seed)
    var texts = WordTexts()
    texts.append(Array(documents.joined()), lengths: documents.map(\.count))
    let width = 4
    let windows = search(texts, width, .anywhere, counts: true)
    var expected: [[UInt64]: (first: Int, places: Int, documents: Set<Int>)] = [:]
    for document in 0..<texts.count where texts.range(of: document).count >= width {
      for place in texts.range(of: document).dropLast(width - 1) {
        let run = Array(texts.words[place..<place + width])
        expected[run, default: (place, 0, [])].places += 1
        expected[run]?.documents.insert(document)
      }
    }
    for (_, run) in expected {
      #expect(windows.other(of: run.first) == nil)
      let count = windows.count(of: run.first)
      #expect(count.places == run.places)
      #expect(count.documents == run.documents.count)
    }
  }

  /// Texts that are hard for other methods: linear here, in passages too.
  @Test func hostileTextsHaveFewPassages() {
    let letter = [UInt64](repeating: 7, count: 200_000)
    // A binary de Bruijn sequence: every run of 16 stands once, every run of 15 twice.
    var bits: [UInt64] = []
    var state: UInt32 = 1
    for _ in 0..<(1 << 16) - 1 {
      bits.append(UInt64(state & 1))
      // x^16 + x^14 + x^13 + x^11 + 1, of the longest period.
      let next = (state ^ state >> 2 ^ state >> 3 ^ state >> 5) & 1
      state = state >> 1 | next << 15
    }
    let line = [UInt64](1...20)
    let lines = (0..<10_000).map { _ in line }
    for (documents, most) in [([letter], 1), ([bits], 0), (lines, 10_000)] {
      var texts = WordTexts()
      texts.append(Array(documents.joined()), lengths: documents.map(\.count))
      let search = ExactPassages(texts, search(texts, 20, .anywhere))
      var count = 0
      for document in documents.indices { search.find(document) { _, _, _ in count += 1 } }
      #expect(count <= most)
    }
  }
}
