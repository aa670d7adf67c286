import Foundation
import SidikCluster
import SidikCore
import SidikFormats
import SidikReport
import SidikTestSupport
import Testing

@Suite struct TraceTests {
  /// The trace of the only family of some records.
  static func trace(_ records: [Record]) async throws -> (FamilyTrace, DocumentTable) {
    let folder = try ScratchFolder()
    let file = try folder.write("docs.jsonl", records.map(\.json).joined(separator: "\n"))
    let reader = try InputReader(InputOptions(paths: [file.path]))
    let result = try await Pipeline(PipelineConfiguration(threads: 1)).run(reader)
    try #require(result.families.count == 1)
    return (FamilyTrace(result.families[0], in: result.documents), result.documents)
  }

  static func record(_ id: String, _ source: String?, _ time: String?, by author: String?) -> Record
  {
    Record(id: id, text: story, source: source, author: author, time: time)
  }

  @Test func `follows times, whatever their form and the order of the input`() async throws {
    let (trace, table) = try await Self.trace([
      Self.record("late", "dua", "3 Mei 2024 10:00 WIB", by: "Ani"),
      Self.record("none", nil, nil, by: nil),
      Self.record("first", "satu", "2024-05-01T08:00:00+07:00", by: "Ani"),
      Self.record("second", "dua", "1714527000", by: "Budi"),
      Self.record("third", "tiga", "2024-05-01 02:00", by: "Ani"),
    ])
    #expect(trace.order == .time)
    #expect(trace.documents.map(table.id) == ["first", "second", "third", "late", "none"])
    #expect((trace.untimed, trace.zoneless) == (1, 1))
    #expect(trace.stops.map(\.source) == ["satu", "dua", "tiga", nil])
    #expect(trace.stops.map(\.delay) == [0, 1800, 3600, nil])
    #expect(trace.stops.map(\.documents) == [1, 2, 1, 1])
    #expect(trace.span == 2 * 86400 + 7200)
    #expect(trace.longestGap?.before == 3)
    #expect(trace.bursts.map(\.documents) == [3])
    #expect(trace.bursts.first?.seconds == 3600)
    #expect(trace.reposts == (sameAuthor: 2, otherAuthor: 1, unknownAuthor: 1))
  }

  @Test func `without times the order is that of the input`() async throws {
    let (trace, table) = try await Self.trace([
      Self.record("z", "satu", nil, by: nil), Self.record("a", "dua", "kemarin", by: nil),
    ])
    #expect(trace.order == .input)
    #expect(trace.documents.map(table.id) == ["z", "a"])
    #expect(trace.span == nil && trace.longestGap == nil && trace.bursts.isEmpty)
    var graph = TraceGraph()
    graph.add(trace)
    #expect(graph.untimed == 1)
  }

  @Test func `the network counts who had wording first, as XML that any parser takes`() async throws
  {
    let hostile = "<a & \"b\">\u{1}"
    let (trace, _) = try await Self.trace([
      Self.record("1", hostile, "2024-05-01", by: nil),
      Self.record("2", "dua", "2024-05-02", by: nil),
      Self.record("3", "dua", "2024-05-03", by: nil),
    ])
    var graph = TraceGraph()
    graph.add(trace)
    graph.add(trace)
    let text = String(decoding: graph.gexf(creator: "sidik"), as: UTF8.self)
    #expect(text.contains("label=\"&lt;a &amp; &quot;b&quot;&gt;\u{FFFD}\""))
    #expect(text.contains("<edge id=\"0\" source=\"0\" target=\"1\" weight=\"2\"/>"))
    #expect(text.ranges(of: "<edge ").count == 1)
  }
}

@Suite struct SpreadsheetTests {
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+62811", "'+62811"), ("-x", "'-x"), ("@akun", "'@akun"),
    ("  =A1", "'  =A1"), ("\tx", "'\tx"), ("a=b", "a=b"), ("", ""), ("2024-05-01", "2024-05-01"),
  ])
  func `no cell begins a formula`(text: String, cell: String) {
    var guarded = CSVWriter(guardsFormulas: true)
    guarded.field(text)
    #expect(String(decoding: guarded.bytes, as: UTF8.self) == cell)
    var plain = CSVWriter()
    plain.field(text)
    #expect(String(decoding: plain.bytes, as: UTF8.self) == text)
  }

  @Test func `numbers stay numbers`() {
    var rows = CSVWriter(guardsFormulas: true)
    rows.field(-1)
    rows.field(-0.5, decimals: 2)
    #expect(String(decoding: rows.bytes, as: UTF8.self) == "-1,-0.5")
  }
}

@Suite struct Base64Tests {
  /// RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func `published vectors`(text: String, letters: String) {
    #expect(String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self) == letters)
  }

  @Test func `any bytes come back`() throws {
    var random = SeededGenerator(seed: 3)
    for length in [0, 1, 2, 3, 63, 64, 65, 1000, 100_000] {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      let letters = String(decoding: Base64.encode(bytes), as: UTF8.self)
      #expect(Data(base64Encoded: letters) == Data(bytes))
      #expect(try gunzip(Data(try GzipOutput.compress(bytes))) == Data(bytes))
    }
  }
}
