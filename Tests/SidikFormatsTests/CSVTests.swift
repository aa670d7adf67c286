import CSidikKernels
import SidikTestSupport
import Testing

@testable import SidikFormats

@Suite struct CSVTests {
  /// RFC 4180 a character at a time, lenient in the same ways; nil inside an open quote.
  private static func oracle(_ bytes: [UInt8]) -> [[[UInt8]]]? {
    var rows: [[[UInt8]]] = []
    var row: [[UInt8]] = []
    var field: [UInt8] = []
    var state = 0  // 0 start of field, 1 plain, 2 quoted, 3 after the closing quote
    var index = 0
    var any = false
    var outside = false  // whether the last byte of the field stood outside quotes
    func end() {
      row.append(outside && field.last == 13 ? Array(field.dropLast()) : field)
      (field, state, outside) = ([], 0, false)
    }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      any = true
      if state == 2 {
        if byte == 34, index < bytes.count, bytes[index] == 34 {
          field.append(34)
          index += 1
        } else if byte == 34 {
          state = 3
        } else {
          field.append(byte)
        }
      } else if byte == 34, state == 0 {
        state = 2
      } else if byte == 44 {
        outside = false
        end()
      } else if byte == 10 {
        end()
        rows.append(row)
        (row, any) = ([], false)
      } else {
        field.append(byte)
        outside = true
        if state == 0 { state = 1 }
      }
    }
    if state == 2 { return nil }
    if any {
      end()
      rows.append(row)
    }
    return rows
  }

  @Test func agreesWithAnOracle() {
    var generator = SeededGenerator(seed: 21)
    let alphabet = Array("ab,,\"\"\n\r".utf8)
    var open = 0
    for round in 0..<30000 {
      let bytes = (0..<round % 40).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      var scanner = CSVScanner(delimiter: 44)
      var at = 0
      var rows: [[[UInt8]]] = []
      var isOpen = false
      while at < bytes.count {
        rows.append(scanner.texts(bytes, at..<bytes.count))
        #expect(scanner.row.next > 0)
        at += scanner.row.next
        isOpen = scanner.isOpen
      }
      let known = Self.oracle(bytes)
      if known == nil { open += 1 }
      #expect(isOpen == (known == nil), "\(bytes)")
      if let known {
        #expect(rows == known, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
      }
    }
    #expect(open > 1000)
  }

  @Test func whatIsWrittenReadsBack() {
    var generator = SeededGenerator(seed: 22)
    let alphabet = Array("ab,;\"\n\r é\t".utf8)
    for delimiter in [UInt8(ascii: ","), UInt8(ascii: ";"), 9] {
      for round in 0..<2000 {
        let count = 1 + round % 5
        let fields = (0..<count).map { _ in
          String(
            decoding: (0..<Int.random(in: 0...8, using: &generator)).map { _ in
              alphabet.randomElement(using: &generator) ?? 0
            },
            as: UTF8.self
          )
        }
        var writer = CSVWriter(delimiter: delimiter)
        for field in fields { writer.field(field) }
        writer.endRow()
        var scanner = CSVScanner(delimiter: delimiter)
        let back = scanner.texts(writer.bytes, 0..<writer.bytes.count)
        #expect(back.map { String(decoding: $0, as: UTF8.self) } == fields)
        #expect(scanner.row.next == writer.bytes.count)
      }
    }
  }

  @Test(arguments: [
    ("id,text\n1,a;b;c\n2,d\n", UInt8(ascii: ",")),
    ("id;text\n1;a, b, c\n2;d, e\n", UInt8(ascii: ";")),
    ("id\ttext\n1\ta, b\n", 9), ("id|text\n1|a, b; c\n", UInt8(ascii: "|")),
    ("\"id\";\"te,xt\"\n\"1\";\"a,b\"\n", UInt8(ascii: ";")),
    ("text\nhalo, apa\n", UInt8(ascii: ",")),
  ])
  func theDelimiterIsFound(_ text: String, _ delimiter: UInt8) {
    #expect(DelimiterSniffer(Array(text.utf8), whole: true).delimiter == delimiter)
  }

  @Test func aMissingTextColumnIsAnError() throws {
    let scratch = try Scratch()
    let path = try scratch.write("a.csv", "id,isi\n1,x\n")
    #expect(throws: (any Error).self) {
      try readAll(path) { $0.fields = FieldMapping(text: "naskah") }
    }
    #expect(try readAll(path) { $0.fields = FieldMapping(text: "ISI") }.texts == ["x"])
    let noted = try readAll(path) { $0.fields = FieldMapping(source: "asal") }
    #expect(noted.notes.map(\.message).contains("has no column `asal` (source)"))
  }

  @Test func manyOpenQuotesCostLinearTime() throws {
    let scratch = try Scratch()
    var text = "id,text\n"
    for _ in 0..<60000 { text += "a\",\"\"\"\n" }
    let clock = ContinuousClock()
    let start = clock.now
    let reading = try readAll(scratch.write("a.csv", text))
    #expect(clock.now - start < .seconds(20))
    #expect(reading.documents.count + reading.problems.count == 60000)
  }
}
