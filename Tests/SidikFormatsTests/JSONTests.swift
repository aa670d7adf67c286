import CSidikKernels
import Foundation
import SidikTestSupport
import Testing

@testable import SidikFormats

@Suite struct JSONTests {
  private static func walk(_ bytes: [UInt8]) -> (fine: Bool, walker: JSONWalker) {
    var walker = JSONWalker()
    let fine = unsafe bytes.withUnsafeBufferPointer { unsafe walker.walk($0) }
    return (fine, walker)
  }

  private static func value(
    _ generator: inout SeededGenerator,
    _ depth: Int
  ) -> String {
    switch Int.random(in: 0..<(depth > 3 ? 5 : 7), using: &generator) {
    case 0: return "null"
    case 1: return ["true", "false"].randomElement(using: &generator) ?? ""
    case 2:
      return ["0", "-1", "12.5", "1e9", "-0.25E-3", "7"].randomElement(using: &generator) ?? ""
    case 5:
      let parts = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        value(&generator, depth + 1)
      }
      return "[" + parts.joined(separator: " , ") + "]"
    case 6: return object(&generator, depth + 1)
    default: return string(&generator)
    }
  }

  private static func string(_ generator: inout SeededGenerator) -> String {
    let parts = [
      "a", "kata panjang sekali ", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "é", "😀",
      "{", "]", ",", "\\/", "\\t", "12345678",
    ]
    let count = Int.random(in: 0...6, using: &generator)
    let text = (0..<count).map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
    return "\"" + text + "\""
  }

  private static func object(_ generator: inout SeededGenerator, _ depth: Int) -> String {
    let keys = ["text", "id", "x", "y\\u0061", "long name"]
    let members = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
      "\"\(keys.randomElement(using: &generator) ?? "")\" : \(value(&generator, depth))"
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  @Test func agreesWithFoundationOnSoundAndDamagedObjects() throws {
    var generator = SeededGenerator(seed: 42)
    var sound = 0
    var broken = 0
    for round in 0..<6000 {
      var bytes = Array(Self.object(&generator, 0).utf8)
      if round % 2 == 1, !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch round % 6 {
        case 1: bytes.remove(at: place)
        case 3: bytes[place] = Array("{}[]\",:\\0e-xu".utf8).randomElement(using: &generator) ?? 0
        default: bytes = Array(bytes[..<place])
        }
      }
      // Foundation refuses lone surrogates, which are repaired here.
      guard let checked = String(validating: bytes, as: UTF8.self),
        round % 2 == 0 || !(checked.contains("ud83d") || checked.contains("ude00"))
      else { continue }
      let known = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
      let (fine, walker) = Self.walk(bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(fine == (known != nil), "\(text)")
      if fine { sound += 1 } else { broken += 1 }
      if fine, let known {
        #expect(walker.result.count >= known.count, "\(text)")
      }
    }
    #expect(sound > 2000 && broken > 500)
  }

  @Test(arguments: [
    ("", SIDIK_JSON_ENDS_EARLY, 0), ("  ", SIDIK_JSON_ENDS_EARLY, 2),
    ("[]", SIDIK_JSON_NOT_OBJECT, 0),
    ("{", SIDIK_JSON_ENDS_EARLY, 1), ("{a", SIDIK_JSON_BAD_KEY, 1),
    ("{\"a\" 1}", SIDIK_JSON_NO_COLON, 5), ("{\"a\":}", SIDIK_JSON_BAD_VALUE, 5),
    ("{\"a\":01}", SIDIK_JSON_NO_COMMA, 6), ("{\"a\":-}", SIDIK_JSON_BAD_NUMBER, 5),
    ("{\"a\":\"\\q\"}", SIDIK_JSON_BAD_ESCAPE, 6), ("{\"a\":\"x", SIDIK_JSON_OPEN_STRING, 7),
    ("{\"a\":[1}", SIDIK_JSON_MISMATCH, 7), ("{} x", SIDIK_JSON_TRAILING, 3),
    ("{\"a\":1,}", SIDIK_JSON_BAD_VALUE, 7), ("{\"a\":\"\\u12G4\"}", SIDIK_JSON_BAD_ESCAPE, 6),
    ("{\"a\":tru}", SIDIK_JSON_BAD_VALUE, 5),
  ])
  func namesTheFault(_ text: String, _ fault: Int, _ offset: Int) {
    let (fine, walker) = Self.walk(Array(text.utf8))
    #expect(!fine)
    #expect(Int(walker.result.fault) == fault, "\(text)")
    #expect(walker.result.fault_offset == offset, "\(text)")
  }

  @Test func depthIsBounded() {
    for (depth, fine) in [(1022, true), (1023, true), (1024, false), (200_000, false)] {
      let text =
        "{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        + "}"
      #expect(Self.walk(Array(text.utf8)).fine == fine, "\(depth)")
    }
  }

  @Test func stringsOfEveryLengthEndWhereTheyEnd() {
    for length in 0...70 {
      for escape in 0..<max(1, length) {
        var text = [UInt8](repeating: UInt8(ascii: "x"), count: length)
        if length > 1, escape + 1 < length {
          text[escape] = UInt8(ascii: "\\")
          text[escape + 1] = UInt8(ascii: "n")
        }
        let bytes = Array("{\"t\":\"".utf8) + text + Array("\"}".utf8)
        let (fine, walker) = Self.walk(bytes)
        #expect(fine)
        #expect(walker.members[0].value_end - walker.members[0].value_start == length)
      }
    }
  }

  @Test func unescapingAgreesWithFoundation() throws {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<3000 {
      let quoted = Self.string(&generator)
      var bytes = Array(quoted.utf8.dropFirst().dropLast())
      var lone = 0
      let kept = unsafe sidik_json_unescape(&bytes, bytes.count, &lone)
      let known =
        try JSONSerialization.jsonObject(with: Data("[\(quoted)]".utf8)) as? [String]
      #expect(known?.first == String(decoding: bytes[..<kept], as: UTF8.self))
      #expect(lone == 0)
    }
  }

  @Test(arguments: [
    ("\\ud800", 1, "\u{FFFD}"), ("\\udc00x", 1, "\u{FFFD}x"),
    ("\\ud800\\ud800", 2, "\u{FFFD}\u{FFFD}"),
    ("\\ud83d\\u0041", 1, "\u{FFFD}A"), ("\\ud83d\\ude00", 0, "😀"), ("\\u0000", 0, "\u{0}"),
  ])
  func loneSurrogatesAreRepaired(_ escaped: String, _ count: Int, _ expected: String) throws {
    let scratch = try Scratch()
    let reading = try readAll(scratch.write("a.jsonl", "{\"text\":\"\(escaped)\"}\n"))
    #expect(reading.texts == [expected])
    #expect(reading.problems.compactMap(\.repaired) == (count > 0 ? [count] : []))
  }

  @Test func theLastOfRepeatedNamesCounts() throws {
    let scratch = try Scratch()
    let reading = try readAll(
      scratch.write("a.jsonl", "{\"text\":\"satu\",\"id\":\"x\",\"text\":\"dua\",\"id\":\"y\"}\n")
    )
    #expect(reading.texts == ["dua"] && reading.ids == ["y"])
  }

  @Test func nestedAndEscapedNamesAreFound() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      "a.jsonl",
      "{\"a\":{\"b\":{\"c\":\"dalam\"}},\"i\\u0064\":\"x\",\"user\":{\"name\":\"Ani\"}}\n{\"a\":{}}\n"
    )
    let reading = try readAll(path) {
      $0.fields = FieldMapping(text: "a.b.c", author: "user.name")
    }
    #expect(reading.texts == ["dalam"] && reading.ids == ["x"])
    #expect(reading.documents.first?.author == "Ani")
    #expect(reading.problems.map(\.reason) == ["no field `a.b.c`"])
  }

  @Test func fieldsAreFoundByThemselves() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      "a.jsonl",
      "{\"Judul\":\"pendek\",\"Narasi\":\"isi\",\"Tanggal\":\"25/04/2021\",\"URL\":\"u1\",\"Penulis\":\"A\",\"Sumber\":\"s\"}\n"
    )
    let reading = try readAll(path)
    let first = try #require(reading.documents.first)
    #expect(first.string == "isi" && first.id == "u1" && first.time == "25/04/2021")
    #expect(first.author == "A" && first.source == "s")
    let unknown = try readAll(
      scratch.write("b.jsonl", "{\"p\":\"x\",\"q\":\"lebih panjang\"}\n{\"p\":\"y\",\"q\":\"z\"}\n")
    )
    #expect(unknown.texts == ["lebih panjang", "z"])
    #expect(unknown.notes.first?.message.contains("`q`") == true)
  }

  @Test func brokenElementsOfAnArrayCostOnlyThemselves() throws {
    let scratch = try Scratch()
    let text = """
      [
        {"id":"a","text":"satu"},
        {"id":"b","text":"putus
        },
        {"id":"c","text":"tiga"},
        {"id":"d" "text":"tanpa koma"},
        {"id":"e","text":"lima"}
      ]
      sisa
      """
    let path = try scratch.write("a.json", text)
    let whole = try readAll(path)
    #expect(whole.ids == ["a", "c", "e"])
    #expect(whole.problems.map(\.line) == [3, 6, 9])
    for size in 1...text.utf8.count {
      #expect(try readAll(path) { $0.chunkBytes = size } == whole)
    }
  }

  @Test func oneObjectAndLinesInDotJSON() throws {
    let scratch = try Scratch()
    #expect(try readAll(scratch.write("a.json", "{\"text\":\"x\"}")).texts == ["x"])
    #expect(try readAll(scratch.write("b.json", "{\n\"text\":\"x\"\n}\n")).texts == ["x"])
    let lines = try readAll(scratch.write("c.json", "{\"text\":\"x\"}\n{\"text\":\"y\"}\n"))
    #expect(lines.texts == ["x", "y"])
    #expect(lines.notes.first?.message.hasPrefix("JSON Lines") == true)
    #expect(try readAll(scratch.write("d.jsonl", "[{\"text\":\"x\"}]")).texts == ["x"])
    #expect(try readAll(scratch.write("e.json", "[]")).documents.isEmpty)
  }
}
