import SidikCore
import SidikPassages
import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct SpanFinderTests {
  static let passage =
    "Kementerian Kesehatan menegaskan bahwa vaksin yang beredar sudah melalui uji klinis tahap tiga "
    + "dan diawasi Badan Pengawas Obat dan Makanan sejak Januari sampai hari ini di seluruh provinsi"

  private func find(
    _ documents: [(id: String, text: String)],
    threads: Int = 2,
    _ change: (inout SpanConfiguration) -> Void = { _ in }
  ) async throws -> SpanResult {
    var configuration = SpanConfiguration(PipelineConfiguration(threads: threads))
    change(&configuration)
    return try await SpanFinder(configuration).run(MemorySource(documents, perChunk: 3))
  }

  private func strings(_ text: String, _ place: PassageSpan.Place) -> (String, String) {
    let scalars = Array(text.unicodeScalars)[place.characters]
    let bytes = Array(text.utf8)[place.bytes]
    var characters = String.UnicodeScalarView()
    characters.append(contentsOf: scalars)
    return (String(characters), String(decoding: bytes, as: UTF8.self))
  }

  /// Offsets count from the original text, whatever was folded before the passage and within it.
  @Test(arguments: [
    "", "😀😀 𝗕𝗲𝗿𝗶𝘁𝗮 — ", "e\u{301}e\u{301}  \t\n", "漢字かな交じり文 ", "\u{200B}\u{FEFF}a\u{AD}b ",
  ])
  func offsetsAreThoseOfTheOriginal(before: String) async throws {
    let shouted = Self.passage.uppercased().replacing(" ", with: "\u{A0} ")
    let documents = [
      (id: "a", text: "Awal. " + Self.passage + ". Akhir."),
      (id: "b", text: before + shouted + " ujung"),
    ]
    for isExact in [true, false] {
      let result = try await find(documents) { $0.isExact = isExact }
      let span = try #require(result.spans.first)
      #expect(result.spans.count == 1)
      #expect(span.isExact && span.score == 1)
      let (a, b) = (strings(documents[0].text, span.a), strings(documents[1].text, span.b))
      #expect(a == (Self.passage, Self.passage))
      #expect(b == (shouted, shouted))
      #expect(String(decoding: result.text(span.b), as: UTF8.self) == shouted)
      let extract = try #require(result.extracts.first)
      #expect(extract.span == span)
      #expect(String(decoding: extract.a, as: UTF8.self) == Self.passage)
      #expect(extract.b == Array(shouted.utf8))
    }
  }

  @Test func scopesAndLengths() async throws {
    let twice = Self.passage + ". Di tengah ada kalimat lain sama sekali. " + Self.passage
    let documents = [(id: "a", text: twice), (id: "b", text: "Pembuka. " + Self.passage)]
    let all = try await find(documents) { $0.isExact = true }
    #expect(all.spans.map { [$0.a.document, $0.b.document] } == [[0, 0], [0, 1]])
    let within = try await find(documents) { $0.scope = .within }
    #expect(within.spans.map { [$0.a.document, $0.b.document] } == [[0, 0]])
    let across = try await find(documents) {
      $0.scope = .across
      $0.isExact = true
    }
    #expect(across.spans.map { [$0.a.document, $0.b.document] } == [[0, 1], [0, 1]])
    #expect(Set(across.spans.map(\.a.words.lowerBound)).count == 2, "both places of the first")
    #expect(try await find(documents) { $0.leastWords = 40 }.spans.isEmpty)
    #expect(try await find(documents) { $0.leastCharacters = 500 }.spans.isEmpty)
  }

  @Test func emptyDocumentsHaveNoPassages() async throws {
    let none = try await find([])
    #expect(none.spans.isEmpty && none.documents.count == 0)
    let blank = try await find([
      (id: "a", text: ""), (id: "b", text: " \n "), (id: "c", text: "?!"),
    ])
    #expect(blank.spans.isEmpty)
    #expect(blank.documents.count == 3)
  }

  /// Copies with words exchanged, in other text: the same answer for any number of threads.
  @Test func threadsChangeNothing() async throws {
    var generator = SeededGenerator(seed: 12)
    let words = Self.passage.split(separator: " ").map(String.init)
    let documents = (0..<60).map { number -> (id: String, text: String) in
      var copy = words
      for _ in 0..<number % 9 {
        copy[Int.random(in: 0..<copy.count, using: &generator)] = "kata\(number)"
      }
      let around = (0..<30).map { _ in "k\(Int.random(in: 0..<500, using: &generator))" }
      return ("d\(number)", (around[..<15] + copy + around[15...]).joined(separator: " "))
    }
    let one = try await find(documents, threads: 1) { $0.leastWords = 8 }
    let four = try await find(documents, threads: 4) { $0.leastWords = 8 }
    #expect(one.spans == four.spans)
    #expect(one.spans.count >= 59)
    #expect(one.spans.contains { !$0.isExact })
  }

  @Test func unitsThatStandAgain() async throws {
    let documents = [
      (
        id: "a",
        text: "Baca juga berita lain di sini.\nSatu dua tiga empat lima enam.\r\nUnik sekali."
      ),
      (id: "b", text: "satu DUA tiga empat lima enam!\n\nbaca juga berita lain di sini\nTutup."),
    ]
    let lines = try await find(documents) {
      $0.unit = .line
      $0.leastWords = 5
    }
    #expect(
      lines.spans.map { [$0.a.characters.lowerBound, $0.b.characters.lowerBound] } == [
        [31, 0], [0, 32],
      ]
    )
    #expect(lines.counts.map { [$0.documents, $0.places] } == [[2, 2], [2, 2]])
    let paragraphs = try await find(documents) {
      $0.unit = .paragraph
      $0.leastWords = 5
    }
    #expect(paragraphs.spans.isEmpty)
  }

  @Test(arguments: [
    (
      TextUnit.sentence, "Satu. \"Dua!\" Tiga 3.5 empat? Lima",
      ["Satu.", "\"Dua!\"", "Tiga 3.5 empat?", "Lima"]
    ),
    (.sentence, "一。二！三", ["一。", "二！", "三"]),
    (.sentence, "Satu\ndua\n\ntiga...", ["Satu\ndua", "tiga..."]),
    (.line, "a\r\n\n  b  \n", ["a", "b"]),
    (.paragraph, "a\nb\n \t\n\nc", ["a\nb", "c"]),
    (.paragraph, " \n\n ", []),
  ])
  func partsOfTexts(unit: TextUnit, text: String, parts: [String]) {
    let bytes = Array(text.utf8)
    let found = unsafe bytes.withUnsafeBufferPointer { unsafe unit.parts(of: $0) }
    #expect(found.map { String(decoding: bytes[$0], as: UTF8.self) } == parts)
  }

  @Test func countsOfFormulas() async throws {
    let documents = (0..<7).map { number in
      (
        id: "\(number)",
        text: "Nomor \(number) lain. " + (number < 5 ? Self.passage : "Tidak ada apa-apa")
      )
    }
    var configuration = SpanConfiguration(PipelineConfiguration())
    configuration.isExact = true
    let result = try await SpanFinder(configuration).count(MemorySource(documents), least: 3)
    let count = try #require(result.counts.first)
    #expect(result.counts.count == 1)
    #expect(count.places == 5 && count.documents == 5)
    #expect(String(decoding: result.text(count.first), as: UTF8.self).hasSuffix(Self.passage))
  }
}
