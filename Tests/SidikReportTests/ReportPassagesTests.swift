import Foundation
import SidikCluster
import SidikCore
import SidikReport
import SidikTestSupport
import Testing

/// The passages that a page holds, against the texts it holds.
@Suite struct ReportPassagesTests {
  /// What one page says of pairs of places.
  private struct Found {
    var counts: [[Int]: Int] = [:]
    var passages: [[Int]: [(a: Range<Int>, b: Range<Int>, row: [Int])]] = [:]

    init(_ page: WrittenPage) throws {
      var next = 0
      func column(_ name: String) throws -> [Int] {
        try #require(page.passages[name] as? [Int], "\(name)")
      }
      let columns = try ["a", "a_length", "b", "b_length", "words", "score", "exact"].map(column)
      func take(_ pair: [Int], _ count: Int) {
        counts[pair] = count
        passages[pair] = (next..<next + max(0, count)).map { row in
          let values = columns.map { $0[row] }
          return (
            values[0]..<values[0] + values[1], values[2]..<values[2] + values[3], values
          )
        }
        next += max(0, count)
      }
      let members = try column("members")
      let starts = try page.column("families", "first", Int.self)
      let sizes = try page.column("families", "size", Int.self)
      for (start, size) in zip(starts, sizes) {
        for place in start..<start + size { take([start, place], members[place]) }
      }
      let pairs = try #require(page.passages["pairs"] as? [String: [Int]])
      let (a, b, all) = try (
        #require(pairs["a"]), #require(pairs["b"]), #require(pairs["count"])
      )
      #expect(members.count == sizes.reduce(0, +) && a.count == all.count && b.count == all.count)
      for number in all.indices { take([a[number], b[number]], all[number]) }
      #expect(columns.allSatisfy { $0.count == next })
    }
  }

  private static let passage =
    "Kementerian Kesehatan menegaskan bahwa vaksin yang beredar sudah melalui uji klinis tahap tiga "
    + "dan diawasi Badan Pengawas Obat dan Makanan sejak Januari sampai hari ini di seluruh provinsi"

  /// Bytes count, whatever stands before the passage and within it.
  @Test(arguments: [
    "", "😀👨‍👩‍👧 𝗕𝗲𝗿𝗶𝘁𝗮 — ", "e\u{301}a\u{308} i\u{302} kalimat lain. ", "漢字を書く。 ",
    "\u{200B}se\u{AD}belum\u{FEFF} itu\u{202E} ini\u{202C}: ", "مرحبا بكم في المدينة ",
  ])
  func `places slice the originals to the wording`(before: String) async throws {
    let shouted = Self.passage.uppercased().replacing(" ", with: "\u{A0} ")
    let page = try await page(of: [
      Record(id: "a", text: Self.passage + ". Akhir.", time: "2024-01-01T00:00:00Z"),
      Record(id: "b", text: before + shouted + " ujung lain", time: "2024-01-02T00:00:00Z"),
    ])
    #expect(page.passages["least"] as? Int == 8)
    let found = try Found(page)
    let texts = try page.documentTexts().map { Array(($0 ?? "").utf8) }
    let passages = try #require(found.passages[[0, 1]])
    #expect(passages.count == 1 && found.counts[[0, 0]] == 0)
    let only = try #require(passages.first)
    #expect(String(decoding: texts[0][only.a], as: UTF8.self) == Self.passage)
    #expect(String(decoding: texts[1][only.b], as: UTF8.self) == shouted)
    #expect(only.row.suffix(3) == [Self.passage.split(separator: " ").count, 10_000, 1])
  }

  @Test func `equal words are noted, not searched`() async throws {
    let page = try await page(of: [
      Record(id: "a", text: story, time: "2024-01-01T00:00:00Z"),
      Record(id: "b", text: story, time: "2024-01-02T00:00:00Z"),
      Record(id: "c", text: story.uppercased() + "!!", time: "2024-01-03T00:00:00Z"),
      Record(id: "d", text: story + " Sebarkan", time: "2024-01-04T00:00:00Z"),
    ])
    #expect(page.passages["members"] as? [Int] == [0, -2, -2, 1])
  }

  @Test func `without the folds of the run nothing is searched`() async throws {
    let page = try await page(of: copies, knowsFolds: false)
    #expect(page.passages["least"] is NSNull)
    #expect(page.passages["members"] as? [Int] == [0, -1, -1])
    #expect(page.passages["a"] as? [Int] == [])
  }

  /// What `explain` and `compare --passages` would say, of every pair that the page opens by itself.
  @Test func `passages are those of the engine`() async throws {
    let records = try Record.bundled()
    let page = try await page(of: records)
    let found = try Found(page)
    let texts = try page.documentTexts().map { Array(($0 ?? "").utf8) }
    let finder = SpanFinder(.evidence(PipelineConfiguration(threads: 1)))
    var changed = 0
    for (pair, passages) in found.passages where found.counts[pair] != -2 && pair[0] != pair[1] {
      let spans = try await finder.passages(of: texts[pair[0]], texts[pair[1]])
      #expect(found.counts[pair] == spans.count)
      #expect(
        Set(passages.map { [$0.a.lowerBound, $0.a.upperBound, $0.b.lowerBound, $0.b.upperBound] })
          == Set(
            spans.map {
              [
                $0.a.bytes.lowerBound, $0.a.bytes.upperBound, $0.b.bytes.lowerBound,
                $0.b.bytes.upperBound,
              ]
            }
          )
      )
      changed += spans.count { !$0.isExact }
    }
    #expect(changed > 100)
    // The pairs to decide about, and each family's weakest link.
    let borderline = try zip(
      page.column("pairs", "a", Int.self),
      page.column("pairs", "b", Int.self)
    )
    for (a, b) in borderline { #expect(found.counts[[a, b]] != nil) }
    let starts = try page.column("families", "first", Int.self)
    for (family, start) in starts.enumerated() {
      guard let weakest = Self.weakest(page, family, start) else { continue }
      #expect(found.counts[weakest] != nil)
    }
  }

  /// As the page finds it: the first of the pairs with the least of the larger score.
  private static func weakest(_ page: WrittenPage, _ family: Int, _ start: Int) -> [Int]? {
    guard let first = page.edges["first"], let a = page.edges["a"], let b = page.edges["b"],
      let jaccard = page.edges["jaccard"], let containment = page.edges["containment"]
    else { return nil }
    return (first[family]..<first[family + 1])
      .min { max(jaccard[$0], containment[$0]) < max(jaccard[$1], containment[$1]) }
      .map { [start + a[$0], start + b[$0]] }
  }
}
