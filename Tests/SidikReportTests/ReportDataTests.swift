import Foundation
import SidikCluster
import SidikCore
import SidikReport
import SidikTestSupport
import Testing

@testable import SidikReport

@Suite struct ReportDataTests {
  @Test func `columns hold families, members and times`() async throws {
    let page = try await page(of: copies)
    #expect(page.run["format"] as? Int == 2)
    #expect(page.run["inputs"] as? [String] == ["docs.jsonl"])
    let totals = try #require(page.run["totals"] as? [String: Any])
    #expect(totals["documents"] as? Int == 4)
    #expect(totals["families"] as? Int == 1)
    #expect(totals["members"] as? Int == 3)
    #expect(try page.column("documents", "id") == ["a", "b", "c"])
    #expect(try page.column("documents", "place") == [0, 1, 2])
    #expect(page.run["sources"] as? [String] == ["satu", "dua", "tiga"])
    #expect(page.run["source_documents"] as? [Int] == [2, 1, 1])
    #expect(page.run["source_members"] as? [Int] == [2, 1, 0])
    #expect(try page.column("documents", "source") == [0, 1, 0])
    #expect(try page.column("documents", "zone") == [1, 0, 0])
    let seconds = try page.column("documents", "seconds", Any.self)
    #expect(seconds[0] as? Int == 1_714_525_200)
    #expect(seconds[1] as? Int == 1_714_640_400)
    #expect(seconds[2] is NSNull)
    #expect(try page.column("days", "day") == [19844, 19845])
    #expect(try page.column("days", "documents") == [1, 2])
    #expect(try page.column("days", "copies") == [0, 1])
    #expect(try page.column("families", "size") == [3])
    #expect(try page.column("families", "first") == [0])
    let opening = try page.column("families", "opening", String.self)[0]
    #expect(story.hasPrefix(opening) && opening.count > 100 && opening.count <= 160)
  }

  @Test func `texts are the originals, and equal ones stand once`() async throws {
    let page = try await page(of: copies)
    #expect(try page.documentTexts() == [story, story + " Sebarkan!", story])
    #expect(page.texts.count == 1)
    #expect(page.texts[0].count == 2 * story.utf8.count + 10)
  }

  @Test func `edges join places of one family`() async throws {
    let page = try await page(of: copies)
    #expect(page.edges["first"] == [0, page.edges["a"]?.count ?? -1])
    let pairs = Set(zip(page.edges["a"] ?? [], page.edges["b"] ?? []).map { [$0, $1] })
    #expect(pairs.contains([0, 2]))
    #expect(pairs.allSatisfy { $0[0] < $0[1] && $0[1] < 3 })
  }

  @Test func `families of one are shown where asked for, and not counted`() async throws {
    let page = try await page(of: copies, singletons: true)
    #expect(try page.column("families", "size") == [3, 1])
    let totals = try #require(page.run["totals"] as? [String: Any])
    #expect(totals["families"] as? Int == 1)
    #expect(totals["members"] as? Int == 3)
  }

  @Test func `a corpus without families gives a page`() async throws {
    let page = try await page(of: [copies[3]])
    #expect(try page.column("families", "id", String.self).isEmpty)
    #expect(page.texts.isEmpty)
    #expect(page.edges["first"] == [0])
  }

  @Test func `threads change nothing`() async throws {
    let records = try Record.bundled()
    let one = try await page(of: records, threads: 1)
    let three = try await page(of: records, threads: 3)
    #expect(one.html == three.html)
    #expect(try one.documentTexts().count == one.column("documents", "id", String.self).count)
    let kinds = try one.column("pairs", "kind", String.self)
    let strengths = try one.column("pairs", "strength", Int.self)
    let (weak, apart) = (kinds.count { $0 == "weak" }, kinds.count { $0 == "apart" })
    #expect(weak > 10 && apart > 0 && weak + apart == kinds.count)
    #expect(strengths.prefix(weak) == strengths.prefix(weak).sorted()[...])
    #expect(strengths.suffix(apart) == strengths.suffix(apart).sorted(by: >)[...])
  }

  @Test func `the language is that of the element`() async throws {
    #expect(try await page(of: copies, language: .id).html.contains("<html lang=\"id\">"))
  }
}

@Suite struct OpeningTests {
  @Test(arguments: [
    ("", ""), ("  a\n\tb  ", "a b"), ("kata", "kata"),
    (String(repeating: "x", count: 300), String(repeating: "x", count: 160)),
    (
      String(repeating: "kata ", count: 60),
      String(repeating: "kata ", count: 31) + "kata"
    ),
  ])
  func `is one line of at most 160 characters`(text: String, line: String) {
    #expect(Opening.of(Array(text.utf8)) == line)
  }
}
