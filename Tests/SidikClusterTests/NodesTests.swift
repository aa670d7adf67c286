import SidikCore
import SidikIndex
import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct NodesTests {
  private func corpus(_ documents: [TestDocument]) async throws -> Corpus {
    try await SketchStage(configuration: PipelineConfiguration(threads: 1))
      .run(RecordSource(documents)).corpus
  }

  private func ids(_ nodes: Nodes, _ corpus: Corpus) -> Set<[String]> {
    Set(nodes.documents.map { $0.map { corpus.documents.id(Int($0)) } })
  }

  @Test func equalTextsAreOneNodeOrderedByID() async throws {
    let corpus = try await corpus([
      TestDocument("c", "Harga beras naik lagi"), TestDocument("x", "Harga beras turun lagi"),
      TestDocument("a", "HARGA BERAS, naik lagi!"), TestDocument("b", "harga\nberas naik\tlagi"),
    ])
    #expect(
      ids(Nodes(corpus, documents: Array(0..<corpus.documents.count)), corpus) == [
        ["a", "b", "c"], ["x"],
      ]
    )
  }

  @Test func equalIDsAreOrderedByTime() async throws {
    let corpus = try await corpus([
      TestDocument("a", "sama saja", time: "2024-02-01"),
      TestDocument("a", "sama saja", time: "2024-01-01"),
    ])
    let nodes = Nodes(corpus, documents: Array(0..<corpus.documents.count))
    #expect(nodes.documents == [[1, 0]] && nodes.first(0) == 1)
  }

  @Test func blankTextsAreEqualToNothing() async throws {
    let blanks =
      ["", "", " ", " ", "\n\t", "\n\t", "\u{A0}\u{A0}", "\u{A0}\u{A0}"]
      + ["\u{200B}\u{FEFF}", "\u{200B}\u{FEFF}", "\u{0}", "\u{0}"]
    let corpus = try await corpus(
      blanks.enumerated().map { TestDocument("blank\($0.offset)", $0.element) }
    )
    let nodes = Nodes(corpus, documents: Array(0..<corpus.documents.count))
    #expect(nodes.count == blanks.count)
    #expect(corpus.documents.rows.allSatisfy { $0.scalars == 0 })
  }

  @Test func textsOfSignsAloneAreEqualByteForByte() async throws {
    let corpus = try await corpus([
      TestDocument("a", "😀😀"), TestDocument("b", "😀😀"), TestDocument("c", "😀"),
      TestDocument("d", "!!!"), TestDocument("e", "!!!"), TestDocument("f", "!!"),
    ])
    #expect(
      ids(Nodes(corpus, documents: Array(0..<corpus.documents.count)), corpus) == [
        ["a", "b"], ["c"], ["d", "e"], ["f"],
      ]
    )
    let result = try await cluster([
      TestDocument("a", "😀😀"), TestDocument("b", "😀😀"), TestDocument("c", "😀😀😀"),
    ])
    #expect(result.familyIDs == [["a", "b"]])
    #expect(result.statistics.emptyDocuments == 3)
  }

  /// Digests are no proof: texts of one digest are compared.
  @Test func aDigestCollisionKeepsTextsApart() throws {
    let texts = ["tujuh", "enam", "tujuh", "lima", "enam!", "tujuh"]
    let spool = try Spool()
    var table = DocumentTable()
    let signatures = SignatureMatrix()
    for (index, text) in texts.enumerated() {
      let offset = try spool.append(text.utf8)
      table.append(
        DocumentTable.Row(
          textOffset: offset,
          textLength: text.utf8.count,
          scalars: text.utf8.count,
          digest: ExactDigest(high: 7, low: 7)
        ),
        id: Array("\(index)".utf8)[...],
        source: nil,
        author: nil,
        time: nil
      )
    }
    let corpus = Corpus(documents: table, texts: try spool.map(), signatures: signatures)
    // Shorter texts first, then by their bytes: no order of the input shows.
    #expect(
      Nodes(corpus, documents: Array(0..<corpus.documents.count)).documents == [
        [1], [3], [4], [0, 2, 5],
      ]
    )
  }

  @Test func theNumbersOfNodesDoNotDependOnTheInput() async throws {
    var generator = SeededGenerator(seed: 2)
    let documents = (0..<200).map { TestDocument("d\($0)", word($0 % 150)) }
    let first = try await corpus(documents)
    let order = Nodes(first, documents: Array(0..<first.documents.count)).documents.map {
      $0.map { first.documents.id(Int($0)) }
    }
    for _ in 0..<5 {
      let other = try await corpus(documents.shuffled(using: &generator))
      #expect(
        Nodes(other, documents: Array(0..<other.documents.count)).documents.map {
          $0.map { other.documents.id(Int($0)) }
        } == order
      )
    }
  }
}
