import Foundation
import SidikTestSupport
import Testing

@testable import SidikFormats

@Suite struct WriterTests {
  @Test(arguments: [
    (0.0, 2, "0"), (1.0, 2, "1"), (0.5, 2, "0.5"), (0.125, 2, "0.13"), (-0.125, 2, "-0.13"),
    (-0.001, 2, "0"), (123456.789, 1, "123456.8"), (0.05, 1, "0.1"), (.infinity, 2, "null"),
    (.nan, 2, "null"), (1e300, 2, "1e+300"), (2.0 / 3.0, 4, "0.6667"), (99.999, 2, "100"),
  ])
  func numbersAreFixed(_ value: Double, _ decimals: Int, _ expected: String) {
    var bytes: [UInt8] = []
    JSONWriter.appendDecimal(value, decimals: decimals, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test(arguments: [0, 7, -7, 1234567890, Int.max, Int.min])
  func integersAreWhole(_ value: Int) {
    var bytes: [UInt8] = []
    JSONWriter.appendDecimal(value, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "\(value)")
  }

  @Test func objectsNest() throws {
    var json = JSONWriter()
    json.beginObject()
    json.member("a", "x\"\\\n\u{1}\u{2028}é😀")
    json.key("b")
    json.beginArray()
    json.number(1)
    json.beginObject()
    json.endObject()
    json.bool(false)
    json.null()
    json.raw(Array("[1]".utf8))
    json.endArray()
    json.member("c", 0.25, decimals: 3)
    json.endObject()
    json.endLine()
    json.beginObject()
    json.endObject()
    #expect(
      String(decoding: json.bytes, as: UTF8.self)
        == "{\"a\":\"x\\\"\\\\\\n\\u0001\\u2028é😀\",\"b\":[1,{},false,null,[1]],\"c\":0.25}\n{}"
    )
  }

  @Test func anyBytesBecomeSoundStrings() throws {
    var generator = SeededGenerator(seed: 4)
    for round in 0..<3000 {
      let bytes = (0..<round % 30).map { _ in UInt8.random(in: 0...255, using: &generator) }
      var output: [UInt8] = []
      JSONWriter.appendString(bytes, to: &output)
      let back =
        try JSONSerialization.jsonObject(with: Data([0x5B] + output + [0x5D])) as? [String]
      #expect(back?.first == String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func rowsQuoteWhatNeedsIt() {
    var csv = CSVWriter()
    csv.field("")
    csv.endRow()
    csv.field("a,b")
    csv.field("c\"d")
    csv.field(3)
    csv.field(0.5, decimals: 2)
    csv.field(.nan, decimals: 2)
    csv.endRow()
    #expect(
      String(decoding: csv.bytes, as: UTF8.self) == "\"\"\n\"a,b\",\"c\"\"d\",3,0.5,\n"
    )
  }

  @Test func notesWithTheSameMessageAreTakenTogether() {
    let notes = ["a", "b", "c"].map { InputNote(file: $0, kind: .detected, "text, UTF-8") }
    #expect(InputNote.lines(notes) == ["3 files (a, ...): text, UTF-8"])
    #expect(InputNote.lines([notes[0]]) == ["a: text, UTF-8"])
  }
}
