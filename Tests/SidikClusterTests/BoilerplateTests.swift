import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

/// What is cut, what is not, and what follows for levels and removals.
@Suite struct BoilerplateTests {
  /// Unrelated articles in one frame of a site.
  private func pages(_ count: Int, own: Int, frame: Int, seed: UInt64) -> [TestDocument] {
    var generator = SeededGenerator(seed: seed)
    let (head, foot) = (
      randomText(words: frame / 3, &generator), randomText(words: frame - frame / 3, &generator)
    )
    return (0..<count).map { number in
      let text = [head, randomText(words: own, &generator), foot].joined(separator: " ")
      return TestDocument("page\(number)", text, source: "situs.example")
    }
  }

  @Test func framesOfASiteJoinNothing() async throws {
    let pages = pages(6, own: 30, frame: 90, seed: 1)
    #expect(try await cluster(pages, profile: Profile.auto.with(.none)).families.count == 1)
    let result = try await cluster(pages)
    #expect(result.families.isEmpty)
    #expect(result.statistics.boilerplateSources == 1)
    #expect(result.statistics.boilerplatePassages == 2)
    #expect(result.statistics.maskedDocuments == 6)
    let whole = try await cluster(pages, profile: Profile.auto.with(.none))
    #expect(result.documents.rows.map(\.scalars) == whole.documents.rows.map(\.scalars))
  }

  @Test func aFormulaInTheMiddleJoinsNothing() async throws {
    var generator = SeededGenerator(seed: 2)
    let formula = randomText(words: 110, &generator)
    let checks = (0..<5).map { number in
      let text = [randomText(words: 12, &generator), formula, randomText(words: 25, &generator)]
      return TestDocument("cek\(number)", text.joined(separator: " "), source: "cek.example")
    }
    #expect(try await cluster(checks, profile: Profile.auto.with(.none)).families.count == 1)
    #expect(try await cluster(checks).families.isEmpty)
  }

  /// However often a story is reposted on one source, it is no boilerplate of it.
  @Test(arguments: [1, 2, 3]) func repostsOnOneSourceStayTogether(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let story = randomText(words: 160, &generator)
    let words = story.split(separator: " ")
    let copies = (0..<28).map { number -> TestDocument in
      let text =
        switch number % 4 {
        case 0: edited(story, words: number, &generator)
        case 1: words.prefix(80 + 2 * number).joined(separator: " ")
        case 2: story + " " + randomText(words: number / 2, &generator)
        default: mistyped(story, share: number, &generator)
        }
      return TestDocument("s\(number)", text, source: "situs.example")
    }
    let others = pages(6, own: 60, frame: 30, seed: seed + 100)
    let documents = copies + others
    let story5 = Set(runs(of: story))
    let learnt = try await boilerplate(of: documents).shingles
    #expect(!learnt.isEmpty)
    #expect(learnt.allSatisfy { line in !story5.contains { line.hasSuffix($0) } })
    let plain = try await cluster(copies, profile: Profile.auto.with(.none))
    let result = try await cluster(documents)
    #expect(Set(result.familyIDs[0]) == Set(plain.familyIDs[0]))
  }

  /// Copies whose heads are equal and whose ends differ do not lose their heads.
  @Test func aStoryWithoutASourceKeepsItsHead() async throws {
    var generator = SeededGenerator(seed: 5)
    let story = randomText(words: 120, &generator)
    let words = story.split(separator: " ").map { String($0) }
    let copies = (0..<28).map { number -> TestDocument in
      let tail = words.dropFirst(50).joined(separator: " ")
      let text =
        words.prefix(50).joined(separator: " ") + " "
        + edited(tail, words: 1 + number / 2, &generator)
      return TestDocument("s\(number)", text)
    }
    #expect(try await boilerplate(of: copies).passages.isEmpty)
    #expect(try await cluster(copies).families.map(\.members.count) == [28])
  }

  private func mistyped(
    _ text: String,
    share percent: Int,
    _ generator: inout SeededGenerator
  ) -> String {
    String(
      text.map { letter in
        letter != " " && Int.random(in: 0..<400, using: &generator) < percent ? "x" : letter
      }
    )
  }

  @Test func chatFramesAreCutAtEdgesOnly() async throws {
    var generator = SeededGenerator(seed: 6)
    let (head, foot) = (randomText(words: 12, &generator), randomText(words: 12, &generator))
    let posts = (0..<10).map { number in
      TestDocument("p\(number)", "\(head) \(randomText(words: 25, &generator)) \(foot)")
    }
    #expect(try await boilerplate(of: Array(posts.dropLast(3))).passages.isEmpty)
    let passages = try await boilerplate(of: posts).passages
    #expect(passages.map(\.text).sorted() == [head, foot].sorted())
    #expect(Set(passages.map(\.place)) == [.start, .end])
    let inside = TestDocument("x", randomText(words: 30, &generator) + " \(head) " + "akhir kata")
    let result = try await cluster(posts + [inside])
    #expect(result.statistics.maskedDocuments == 10)
  }

  @Test func aPageOfNothingButItsFrameStaysWhole() async throws {
    let pages = pages(5, own: 30, frame: 60, seed: 7)
    let words = pages[0].text.split(separator: " ")
    let frame = (words.prefix(20) + words.suffix(40)).joined(separator: " ")
    let empty = [
      TestDocument("empty1", frame + " satu", source: "situs.example"),
      TestDocument("empty2", frame + " dua", source: "situs.example"),
    ]
    let result = try await cluster(pages + empty)
    #expect(result.familyIDs.map(Set.init) == [["empty1", "empty2"]])
  }

  /// Equal apart from boilerplate is a copy; equal as a whole is exact, whatever the sources.
  @Test func onlyWholeTextsAreExact() async throws {
    var pages = pages(5, own: 40, frame: 30, seed: 8)
    let words = pages[0].text.split(separator: " ").map { String($0) }
    pages.append(TestDocument("bare", words[10..<50].joined(separator: " "), source: "lain"))
    pages.append(TestDocument("whole", pages[0].text, source: "lain"))
    let result = try await cluster(pages)
    let levels = Dictionary(
      uniqueKeysWithValues: result.families[0].members.map {
        (result.documents.id($0.document), $0)
      }
    )
    #expect(result.families.count == 1)
    #expect(Set(levels.keys) == ["page0", "bare", "whole"])
    let pair = result.edges.first {
      Set([result.documents.id($0.a), result.documents.id($0.b)]) == ["page0", "whole"]
    }
    #expect(pair?.level == .exact)
    for edge in result.edges where [edge.a, edge.b].contains(5) {
      #expect(edge.level == .copy)
      #expect(edge.scores.jaccard == 1)
    }
  }

  /// Removing pages can leave too few to learn a frame from; another run must see the same.
  @Test(arguments: [1, 2, 3, 4]) func dedupOfItsOwnOutputRemovesNothing(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    var documents: [TestDocument] = []
    for site in 0..<8 {
      let pages = pages(4 + site % 3, own: 40, frame: 60, seed: seed * 100 + UInt64(site))
      documents += pages.map { TestDocument("\(site)\($0.id)", $0.text, source: "situs\(site)") }
      let words = pages[0].text.split(separator: " ").map { String($0) }
      let bare = words[20..<60].joined(separator: " ")
      documents.append(TestDocument("bare\(documents.count)", edited(bare, words: 2, &generator)))
    }
    documents.shuffle(using: &generator)
    let configuration = PipelineConfiguration(threads: 2)
    let first = try await Deduplication(configuration).run(RecordSource(documents))
    let left = documents.indices.filter { first.decisions[$0].isKept }
    #expect(left.count < documents.count)
    let again = try await Deduplication(configuration).run(RecordSource(left.map { documents[$0] }))
    #expect(again.decisions.allSatisfy { $0.isKept })
    #expect(again.passes == 1)
  }

  @Test func givenPassagesHoldWhereTheySay() async throws {
    var generator = SeededGenerator(seed: 11)
    let passage = randomText(words: 30, &generator)
    func documents(_ text: (String) -> String) -> [TestDocument] {
      ["satu", "dua"].map {
        TestDocument($0, text(randomText(words: 14, &generator)), source: "situs")
      }
    }
    func isCut(
      _ text: (String) -> String,
      _ place: BoilerplatePlace,
      _ source: String?
    ) async throws
      -> Bool
    {
      let list = Boilerplate([
        .init(source: source, place: place, text: passage.uppercased() + "!")
      ])
      let result = try await cluster(documents(text), profile: Profile.auto.with(.given(list)))
      #expect([0, 2].contains(result.statistics.maskedDocuments))
      return result.statistics.maskedDocuments == 2
    }
    let front: (String) -> String = { "\(passage) \($0)" }
    let middle: (String) -> String = { "kata \(passage) \($0)" }
    let back: (String) -> String = { "\($0) \(passage)" }
    for source in [nil, "situs"] {
      #expect(try await isCut(front, .start, source))
      #expect(try await !isCut(middle, .start, source))
      #expect(try await !isCut(back, .start, source))
      #expect(try await isCut(back, .end, source))
      #expect(try await !isCut(front, .end, source))
      for text in [front, middle, back] { #expect(try await isCut(text, .anywhere, source)) }
    }
    #expect(try await !isCut(front, .start, "lain"))
    #expect(try await !isCut(middle, .anywhere, "lain"))
  }
}
