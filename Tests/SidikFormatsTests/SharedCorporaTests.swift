import Foundation
import Testing

@testable import SidikFormats

@Suite(.enabled(if: Shared.isPresent, "the shared corpora are not beside the package"))
struct SharedCorporaTests {
  @Test(arguments: [
    ("clough-stevenson/docs.jsonl", 100), ("id-hoax-topics/docs.jsonl", 1751),
    ("id-news-hoax-pairs/docs.jsonl", 138), ("id-plagiarism-passages/docs.jsonl", 49),
    ("id-turnbackhoax-2021/docs.jsonl", 1116), ("id-turnbackhoax-2024/docs.jsonl", 3746),
    ("id-whatsapp-messages/docs.jsonl", 282),
  ])
  func agreesWithFoundation(_ name: String, _ count: Int) throws {
    let reading = try readAll(Shared.path(name))
    #expect(reading.documents.count == count)
    #expect(reading.problems.isEmpty)
    let lines = try String(contentsOfFile: Shared.path(name), encoding: .utf8).utf8.split(
      separator: 10
    )
    #expect(lines.count == count)
    for (line, document) in zip(lines, reading.documents) {
      let value = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      #expect(value?["id"] as? String == document.id)
      #expect((value?["text"] as? String).map { Array($0.utf8) } == document.text)
    }
  }

  @Test(arguments: [
    ("id-natural-pairs", 10042), ("id-news-portals", 3147), ("licence-texts", 2684),
    ("newsgroups", 19997), ("tweet-edits", 12704),
  ])
  func compressedSetsAreWhole(_ name: String, _ count: Int) throws {
    let reading = try readAll(Shared.path(name + "/docs.jsonl.zst"))
    #expect(reading.documents.count == count)
    #expect(reading.problems.isEmpty)
  }

  @Test func theScrapeIsFoundToBeWindows1252() throws {
    let path = Shared.path("id-turnbackhoax-2021/scraped-windows-1252.csv")
    let reading = try readAll(path)
    #expect(reading.documents.count == 1116)
    #expect(reading.problems.isEmpty)
    #expect(reading.ids.first == "scraped-windows-1252.csv:2")
    let note = try #require(reading.notes.first?.message)
    #expect(note.contains("Windows-1252") && note.contains("';'") && note.contains("`Body`"))
    let joined = reading.documents.flatMap(\.record)
    let file = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(Array(file.suffix(joined.count)) == joined)
  }

  @Test func theSeedsAreFiveTexts() throws {
    let reading = try readAll(Shared.path("seeds"))
    #expect(reading.documents.count == 5)
    #expect(reading.ids.first == "000_72315a2654206650.txt")
  }
}
