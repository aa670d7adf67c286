import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct BoilerplateLearnerTests {
  /// Texts of several sources with passages of their source strewn in.
  ///
  /// What is a text's own is long, so that a passage too rare to be common makes no texts related.
  private func corpus(seed: UInt64) -> [TestDocument] {
    var generator = SeededGenerator(seed: seed)
    var documents: [TestDocument] = []
    for source in 0..<6 {
      let passages = (0..<5).map { _ in
        randomText(words: Int.random(in: 4...14, using: &generator), &generator)
      }
      for number in 0..<Int.random(in: 2...40, using: &generator) {
        var pieces: [String] = []
        for _ in 0..<Int.random(in: 1...2, using: &generator) {
          let isLong = Int.random(in: 0..<3, using: &generator) > 0
          let own = Int.random(in: isLong ? 250...300 : 1...12, using: &generator)
          pieces.append(randomText(words: own, &generator))
          let passage = passages[Int.random(in: 0..<5, using: &generator)].split(separator: " ")
          let cut = Int.random(in: 0...3, using: &generator)
          pieces.append(passage.dropFirst(cut).joined(separator: " "))
        }
        documents.append(
          TestDocument("\(source)-\(number)", pieces.joined(separator: " "), source: "s\(source)")
        )
      }
    }
    return documents.shuffled(using: &generator)
  }

  /// Posts without a source: half of them begin or end alike.
  private func posts(seed: UInt64) -> [TestDocument] {
    var generator = SeededGenerator(seed: seed)
    let frames = (0..<3).map { _ in
      randomText(words: Int.random(in: 5...12, using: &generator), &generator)
    }
    return (0..<100).map { number in
      let isLong = Int.random(in: 0..<4, using: &generator) > 0
      let words = Int.random(in: isLong ? 130...180 : 1...4, using: &generator)
      let own = randomText(words: words, &generator)
      let frame = frames[Int.random(in: 0..<3, using: &generator)]
      let text =
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: frame + " " + own
        case 1: own + " " + frame
        default: own
        }
      return TestDocument("\(number)", text)
    }
  }

  // The profile `article` leaves random words as they are.
  @Test(arguments: 1...12) func learnsWhatExactCountsSay(seed: UInt64) async throws {
    let documents = corpus(seed: seed)
    let expected = NaiveBoilerplate(documents).shingles
    let learnt = try await boilerplate(of: documents, profile: .article).shingles
    #expect(learnt.subtracting(expected).sorted() == [])
    #expect(expected.subtracting(learnt).sorted() == [])
    #expect(!expected.isEmpty)
  }

  @Test(arguments: 1...8) func learnsEdgesOfPostsWithoutASource(seed: UInt64) async throws {
    let documents = posts(seed: seed)
    let expected = NaiveBoilerplate(documents).shingles
    let learnt = try await boilerplate(of: documents, profile: .article).shingles
    #expect(learnt.subtracting(expected).sorted() == [])
    #expect(expected.subtracting(learnt).sorted() == [])
    #expect(!expected.isEmpty)
  }

  /// Short posts of one site: its advertisement stands amid them, and is no word of their own.
  @Test(arguments: 1...4) func anAdvertisementMakesNoPostsRelated(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let (head, foot, advertisement) = (
      randomText(words: 12, &generator), randomText(words: 20, &generator),
      randomText(words: 14, &generator)
    )
    let posts = (0..<24).map { number in
      let own = [randomText(words: 9, &generator), randomText(words: 6, &generator)]
      let text = [head, own[0], advertisement, own[1], foot].joined(separator: " ")
      return TestDocument("\(number)", text)
    }
    let learnt = try await boilerplate(of: posts, profile: .article).passages.map(\.text)
    #expect(Set(learnt) == [head, foot])
  }

  /// A story of which edited copies alone are posted is no boilerplate of its own, however many.
  @Test(arguments: 1...4) func editedCopiesOfAStoryAreNoWitnesses(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let story = randomText(words: 60, &generator)
    let copies = (0..<40).map { number in
      let copy = edited(story, words: Int.random(in: 1...20, using: &generator), &generator)
      return TestDocument("\(number)", copy)
    }
    let learnt = try await boilerplate(of: copies, profile: .article).passages
    #expect(learnt.isEmpty, "\(learnt.map(\.text))")
  }

  @Test func orderAndThreadsChangeNothing() async throws {
    var generator = SeededGenerator(seed: 77)
    let documents = corpus(seed: 20) + posts(seed: 21)
    let known = try await boilerplate(of: documents)
    let clustered = try await cluster(documents).transcript
    for threads in [1, 3] {
      let shuffled = documents.shuffled(using: &generator)
      #expect(try await boilerplate(of: shuffled, threads: threads) == known)
      #expect(try await cluster(shuffled, threads: threads, perChunk: 5).transcript == clustered)
    }
  }

  /// The list given to another run cuts what that run would have learnt.
  @Test(arguments: [31, 32]) func aListStandsForLearning(seed: UInt64) async throws {
    let documents = corpus(seed: seed) + posts(seed: seed)
    let list = try await boilerplate(of: documents)
    let given = Profile.auto.with(.given(list))
    #expect(
      try await cluster(documents, profile: given).transcript == cluster(documents).transcript
    )
    #expect(try await boilerplate(of: documents, profile: given) == list)
    #expect(given.parameters != Profile.auto.parameters)
  }

  @Test func threeDocumentsAreTooFew() async throws {
    var generator = SeededGenerator(seed: 40)
    let frame = randomText(words: 30, &generator)
    let pages = (0..<4).map { number in
      TestDocument("\(number)", frame + " " + randomText(words: 40, &generator), source: "situs")
    }
    #expect(try await boilerplate(of: pages).passages.map(\.text) == [frame])
    #expect(try await boilerplate(of: Array(pages.dropLast())).passages.isEmpty)
    // A page that is there twice is one page.
    let twice = Array(pages.dropLast()) + [TestDocument("twice", pages[0].text, source: "situs")]
    #expect(try await boilerplate(of: twice).passages.isEmpty)
  }

  @Test func keysAreNumberedAsTheyCome() {
    var generator = SeededGenerator(seed: 50)
    var table = KeyTable()
    var numbers: [UInt64: Int] = [:]
    for _ in 0..<5000 {
      let key = UInt64.random(in: 0..<2000, using: &generator) << 40
      let known = numbers[key]
      #expect(table.number(of: key) == known ?? -1)
      let number = table.insert(key)
      #expect(number == known ?? numbers.count)
      numbers[key] = number
    }
    #expect(table.count == numbers.count)
  }
}
