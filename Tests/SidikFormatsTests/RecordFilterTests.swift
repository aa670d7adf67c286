import Foundation
import SidikCore
import Testing

@testable import SidikFormats

@Suite struct RecordFilterTests {
  /// Runs the second pass and gives the output's bytes.
  static func filter(
    _ paths: [String],
    annotates: Bool = false,
    chunkBytes: Int = 1 << 19,
    keep: (FilteredRecord) -> (Bool, String?) = { _ in (true, nil) }
  ) throws -> [UInt8] {
    let scratch = try Scratch()
    let reader = try InputReader(InputOptions(paths: paths, chunkBytes: chunkBytes))
    while try reader.nextRecords() != nil {}
    let output = try OutputFile.open(scratch.path + "/out")
    let writer = RecordWriter(output, annotates: annotates)
    let second = reader.secondPass()
    try RecordFilter(second).forEach { record in
      let (wanted, annotation) = keep(record)
      if wanted { try writer.write(record, annotation: annotation.map { Array($0.utf8) }) }
    }
    try writer.finish(second)
    return try scratch.read("out")
  }

  static func encoded(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
    var bytes: [UInt8] = encoding.isUTF16 ? encoding.mark : []
    let source = Array(text.utf8)
    encoding.encode(source, 0..<source.count, onto: &bytes)
    return bytes
  }

  @Test(arguments: TextEncoding.allCases)
  func keptRowsAreTheSameBytes(_ encoding: TextEncoding) throws {
    let scratch = try Scratch()
    let text = "id;text;x\r\n1;“satu”;\r\n2;\"d;u\r\na\";y\r\n3;tiga é"
    let bytes = Self.encoded(text, encoding)
    let path = try scratch.write("a.csv", bytes)
    for chunk in [1, 9, 1000] {
      #expect(try Self.filter([path], chunkBytes: chunk) == bytes)
      let less = try Self.filter([path], chunkBytes: chunk) { ($0.ordinal != 1, nil) }
      #expect(less == Self.encoded("id;text;x\r\n1;“satu”;\r\n3;tiga é", encoding))
      let last = try Self.filter([path], chunkBytes: chunk) { ($0.ordinal != 2, nil) }
      #expect(last == Self.encoded("id;text;x\r\n1;“satu”;\r\n2;\"d;u\r\na\";y\r\n", encoding))
    }
  }

  @Test(arguments: TextEncoding.allCases)
  func rowsAreAnnotatedInTheirColumn(_ encoding: TextEncoding) throws {
    let scratch = try Scratch()
    let text = "id;text\r\n1;“satu”\r\n2;dua;;\r\n3;tiga"
    let path = try scratch.write("a.csv", Self.encoded(text, encoding))
    let output = try Self.filter([path], annotates: true) { _ in (true, "{\"k\":\"é\"}") }
    let value = encoding == .windows1252 ? "\\u00e9" : "é"
    let cell = "\"{\"\"k\"\":\"\"\(value)\"\"}\""
    let expected =
      "id;text;sidik\r\n1;“satu”;\(cell)\r\n2;dua;\(cell);;\r\n3;tiga;\(cell)"
    #expect(output == Self.encoded(expected, encoding))
    let back = try readAll(scratch.write("b.csv", output))
    #expect(back.texts == ["“satu”", "dua", "tiga"])
  }

  @Test func everySampleComesBack() throws {
    let scratch = try Scratch()
    for (name, content) in Samples.all where name != "a.txt" {
      let path = try scratch.write(name, content)
      let output = try Self.filter([path])
      let again = try readAll(scratch.write("again-" + name, output))
      let first = try readAll(path)
      #expect(again.texts == first.texts, "\(name)")
      #expect(again.problems.map(\.reason) == first.problems.map(\.reason), "\(name)")
      // What was written once is written the same again.
      #expect(try Self.filter([scratch.path + "/again-" + name]) == output, "\(name)")
    }
  }

  @Test func arraysStayArrays() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      "a.json",
      "[ {\"text\":\"a\"} ,{\"text\":\"b\" },{\"text\":\"c\"}]"
    )
    #expect(
      try Self.filter([path]) { ($0.ordinal != 0, nil) }
        == Array("[\n{\"text\":\"b\" },\n{\"text\":\"c\"}\n]\n".utf8)
    )
    #expect(try Self.filter([path]) { _ in (false, nil) } == Array("[]\n".utf8))
    let output = try Self.filter([path], annotates: true) { ($0.ordinal == 1, "{\"n\":1}") }
    #expect(output == Array("[\n{\"text\":\"b\",\"sidik\":{\"n\":1} }\n]\n".utf8))
  }

  @Test func membersAreAddedAndReplaced() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      "a.jsonl",
      "{\"text\":\"a\"}\n{\"sidik\":1,\"text\":\"b\"}\n{\"text\":\"c\",\"sidik\":\"x\"}\n{\"text\":\"d\"}"
    )
    let output = try Self.filter([path], annotates: true) { ($0.ordinal != 3, "9") }
    #expect(
      String(decoding: output, as: UTF8.self)
        == "{\"text\":\"a\",\"sidik\":9}\n{\"text\":\"b\",\"sidik\":9}\n{\"text\":\"c\",\"sidik\":9}\n"
    )
    let all = try Self.filter([path], annotates: true) { ($0.ordinal == 3, "9") }
    #expect(String(decoding: all, as: UTF8.self) == "{\"text\":\"d\",\"sidik\":9}")
  }

  @Test func linesAndTexts() throws {
    let scratch = try Scratch()
    let text = try scratch.write("t/a.txt", "isi \"a\"\n")
    #expect(
      try Self.filter([text], annotates: true) { _ in (true, "{}") }
        == Array("{\"id\":\"a.txt\",\"text\":\"isi \\\"a\\\"\\n\",\"sidik\":{}}\n".utf8)
    )
    #expect(
      try Self.filter([text]) == Array("{\"id\":\"a.txt\",\"text\":\"isi \\\"a\\\"\\n\"}\n".utf8)
    )
  }

  @Test func severalInputsMakeOneOutput() throws {
    let scratch = try Scratch()
    let a = try scratch.write("a.csv", "id,text\n1,a")
    let b = try scratch.write("b.csv", "id,text\n2,b\n")
    let c = try scratch.write("c.csv", "id,isi\n3,c\n")
    #expect(try Self.filter([a, b]) == Array("id,text\n1,a\n2,b\n".utf8))
    #expect(throws: SidikError.self) { try Self.filter([a, c]) }
    let reader = try InputReader(InputOptions(paths: [a, b, c]))
    #expect(throws: SidikError.self) { try reader.requireOneFormat() }
    try InputReader(InputOptions(paths: [a, b])).requireOneFormat()
  }

  @Test func quarantinedRecordsKeepTheirPlace() throws {
    let scratch = try Scratch()
    let text = "{\"text\":\"a\"}\nrusak\n{\"text\":\"b\"}\n"
    let path = try scratch.write("a.jsonl", text)
    var seen: [Int?] = []
    let output = try Self.filter([path]) { record in
      seen.append(record.ordinal)
      return (true, nil)
    }
    #expect(seen == [0, nil, 1] && output == Array(text.utf8))
  }

  @Test(.enabled(if: Shared.isPresent, "the shared corpora are not beside the package"))
  func theScrapeComesBackByteForByte() throws {
    let path = Shared.path("id-turnbackhoax-2021/scraped-windows-1252.csv")
    let file = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(try Self.filter([path]) == file)
    let lines = Shared.path("id-hoax-topics/docs.jsonl")
    #expect(try Self.filter([lines]) == Array(try Data(contentsOf: URL(fileURLWithPath: lines))))
  }
}
