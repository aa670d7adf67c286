import SidikTestSupport
import Testing

@testable import SidikEvaluation

private func document(_ number: Int) -> EvaluationDocument {
  var random = SeededGenerator(seed: UInt64(number))
  let stock = EditLexicon.synonyms.map { $0[0] }
  let words = (0..<60).map { _ in stock[Int(random.next() % UInt64(stock.count))] }
  return EvaluationDocument(
    id: "d\(number)",
    text: words.joined(separator: " ") + ".",
    source: "asal.example",
    time: "2024-02-28T23:50:00+07:00"
  )
}

@Suite struct EditMatrixTests {
  let bases = (0..<6).map(document)
  let distractors = (100..<112).map(document)

  /// Every document in exactly one group, ids unique.
  private func check(_ corpus: LabelledCorpus) {
    let ids = corpus.documents.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(corpus.truth.flatMap { $0 }.sorted() == ids.sorted())
    let known = Set(ids)
    #expect(corpus.pairs.allSatisfy { known.contains($0.a) && known.contains($0.b) })
  }

  @Test func oneOfEachKindMakesTwentyEightDocumentsAStory() {
    let corpus = EditMatrix(seed: 3, regime: .oneOfEachKind).build(bases: bases)
    check(corpus)
    #expect(corpus.truth.allSatisfy { $0.count == 28 })
    #expect(corpus.pairs.count == 6 * 27)
    #expect(Set(corpus.documents.map(\.kind)).count == 28)
  }

  @Test func fewCopiesStayInTheirRange() {
    let many = (0..<80).map(document)
    let corpus = EditMatrix(seed: 3, regime: .few(2...5)).build(bases: many)
    check(corpus)
    #expect(Set(corpus.truth.map { $0.count - 1 }) == [2, 3, 4, 5])
  }

  @Test func trapsAreSinglesAndUseUpTheirTexts() {
    var traps = EditMatrix.Traps(digests: 3, boilerplatePages: 4, prefixedPosts: 5, splices: 2)
    traps.storiesPerDigest = 4
    let matrix = EditMatrix(seed: 3, regime: .few(2...2), traps: traps)
    let corpus = matrix.build(bases: bases, distractors: distractors)
    check(corpus)
    let count = { (kind: String) in corpus.documents.filter { $0.kind == kind }.count }
    #expect(count("digest") == 3 && count("splice") == 2)
    #expect(count("chrome") == 4 && count("prefixed") == 5)
    #expect(corpus.truth.filter { $0.count == 1 }.count == 3 + 2 + 12)
    #expect(corpus.pairs.filter { $0.label == "digest" }.count == 12)
    for page in corpus.documents where page.kind == "chrome" {
      #expect(page.text.hasPrefix(matrix.pageChrome.header))
      #expect(page.source == matrix.pageChrome.source)
    }
  }

  @Test func copiesAreLaterAndElsewhere() {
    let corpus = EditMatrix(seed: 9, regime: .oneOfEachKind).build(bases: bases)
    for story in corpus.truth {
      let documents = story.compactMap { id in corpus.documents.first { $0.id == id } }
      for (earlier, later) in zip(documents, documents.dropFirst()) {
        #expect((earlier.time ?? "") < (later.time ?? ""))
        #expect(later.source != "asal.example")
        #expect(later.base == story[0])
      }
    }
  }

  @Test func aStoryDoesNotDependOnTheOthers() {
    let matrix = EditMatrix(seed: 5, regime: .few(2...5))
    let all = matrix.build(bases: bases).documents
    let one = matrix.build(bases: [bases[4]]).documents
    #expect(one.allSatisfy(all.contains))
    #expect(EditMatrix(seed: 6, regime: .few(2...5)).build(bases: bases).documents != all)
  }

  @Test func missingFieldsStayMissing() {
    let bare = EvaluationDocument(id: "x", text: "satu dua tiga empat lima enam")
    let corpus = EditMatrix(seed: 1, regime: .oneOfEachKind).build(bases: [bare])
    #expect(corpus.documents.allSatisfy { $0.source == nil && $0.time == nil })
  }

  @Test(arguments: [
    ("2024-02-28T23:50:00+07:00", 1440, "2024-02-29T23:50:00+07:00"),
    ("2023-12-31T23:59:30Z", 1, "2024-01-01T00:00:30Z"),
    ("1900-02-28T00:00:00", 1440, "1900-03-01T00:00:00"),
    ("2000-02-28T00:00:00", 1440, "2000-02-29T00:00:00"),
    ("2024-01-17T06:40:00+07:00", 0, "2024-01-17T06:40:00+07:00"),
  ])
  func momentsMove(from: String, minutes: Int, to: String) throws {
    var time = try #require(RepostTime(from))
    time.add(minutes: minutes)
    #expect(time.text == to)
  }

  @Test(arguments: [
    "", "kemarin", "2024-13-01T00:00:00", "2024-01-01 00:00:00", "2024-01-01T24:00:00",
  ])
  func otherFormsAreNoMoments(text: String) {
    #expect(RepostTime(text) == nil)
  }
}
