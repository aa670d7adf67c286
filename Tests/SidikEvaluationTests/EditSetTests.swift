import SidikCluster
import SidikCore
import SidikTestSupport
import Testing

@testable import SidikEvaluation
@testable import SidikReport

private func documents(_ count: Int, length: Int) -> [EvaluationDocument] {
  var generator = SeededGenerator(seed: UInt64(length))
  return (0..<count).map { number in
    var text = "Kabar \(number)."
    while text.utf8.count < length { text += " Warga desa \(generator.next() % 9999) berkumpul." }
    return EvaluationDocument(id: "n\(number)", text: text)
  }
}

@Suite struct EditSetTests {
  @Test func theSettingFollowsTheLengths() {
    #expect(EditSet.setting(of: documents(5, length: 2000)) == .article)
    #expect(EditSet.setting(of: documents(5, length: 200)) == .chat)
    #expect(EditSet.setting(of: []) == .chat)
  }

  @Test func usualNumbersMakeTheUsualSets() {
    let texts = documents(800, length: 700)
    let corpus = EditSet(.article, .oneOfEachKind, seed: 3).build(from: texts)
    #expect(corpus.truth.count { $0.count == 28 } == 60)
    #expect(corpus.documents.count { $0.kind == "chrome" } == 30)
    #expect(corpus.documents.count { $0.kind == "digest" } == 6)
    #expect(corpus.truth.count { $0.count == 1 } == 600 + 30 + 6)
    #expect(corpus.documents.allSatisfy { $0.source != nil })
    #expect(Set(corpus.documents.map(\.id)).count == corpus.documents.count)
    let copies = EditedCopy.of(corpus)
    #expect(copies.count == 60 * 27 && Set(copies.map(\.kind)).count == 27)
  }

  @Test func chatsAreShortAndHaveNoSource() {
    var texts = documents(40, length: 300) + documents(20, length: 3000)
    for place in texts.indices {
      texts[place].id = "c\(place)"
      texts[place].source = "s"
    }
    var set = EditSet(.chat, .twoToFive, seed: 3, kinds: EditKind.all)
    (set.bases, set.distractors) = (20, 10)
    let corpus = set.build(from: texts)
    #expect(corpus.truth.count { (3...6).contains($0.count) } == 20)
    #expect(corpus.documents.allSatisfy { $0.source == nil })
    #expect(corpus.documents.count { $0.kind == "splice" } == 25)
    for document in corpus.documents where document.kind == "base" && document.id == document.base {
      let isStory = corpus.truth.contains { $0.count > 1 && $0[0] == document.id }
      #expect(!isStory || EditSet.chatLengths.contains(document.text.unicodeScalars.count))
    }
  }

  @Test func theOrderOfTheTextsChangesNothing() {
    let texts = documents(100, length: 700)
    var set = EditSet(.article, .twoToFive, seed: 11)
    (set.bases, set.distractors) = (12, 30)
    let corpus = set.build(from: texts)
    let other = set.build(from: texts.reversed() + [texts[0]])
    #expect(EditSetWriter.contents(corpus) == EditSetWriter.contents(other))
    set.seed = 12
    #expect(EditSetWriter.contents(set.build(from: texts)) != EditSetWriter.contents(corpus))
  }

  @Test func filesCanBeReadBack() throws {
    var set = EditSet(.article, .oneOfEachKind, seed: 5)
    (set.bases, set.distractors) = (4, 10)
    let corpus = set.build(from: documents(60, length: 700))
    let files = EditSetWriter.contents(corpus).map { file in
      file.split(separator: 10, omittingEmptySubsequences: true).map { Array($0) }
    }
    #expect(files.count == EditSetWriter.names.count)
    #expect(files[0].compactMap { JSONValue($0)?["text"]?.id } == corpus.documents.map(\.text))
    #expect(try Truth(lines: files[1], file: "truth.jsonl") == .groups(corpus.truth))
    #expect(EditedCopy.read(files[2]).filter { $0.id != $0.base } == EditedCopy.of(corpus))
    #expect(try Truth(lines: files[3], file: "pairs.tsv") == .pairs(corpus.pairs))
  }

  @Test func aRunSeesSourcesAndIsScored() async throws {
    var set = EditSet(.article, .oneOfEachKind, seed: 5, kinds: [.casePunctuation, .doubled])
    (set.bases, set.distractors) = (6, 12)
    let corpus = set.build(from: documents(80, length: 700))
    let result = try await Pipeline(PipelineConfiguration(threads: 1))
      .run(CorpusSource(corpus.documents))
    #expect(result.documents.count == corpus.documents.count)
    #expect((0..<result.documents.count).allSatisfy { result.documents.source($0) != nil })
    let families = FoundFamilies.of(result)
    var report = EvaluationReport(
      families: families,
      edges: FoundEdge.of(result),
      truth: .groups(corpus.truth)
    )
    report.add(kinds: EditedCopy.of(corpus), families: families)
    #expect(report.kinds.map(\.kind) == ["case_punct", "double"])
    #expect(report.kinds.allSatisfy { $0.joined == 6 && $0.count == 6 })
  }
}
