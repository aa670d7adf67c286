import CSidikKernels
import Foundation
import SidikTestSupport
import Testing

@testable import SidikFormats

@Suite struct EncodingTests {
  static let text = "{\"id\":\"é\",\"text\":\"“Kabar” – 5 € 😀\"}\n{\"id\":\"b\",\"text\":\"dua\"}\n"

  @Test(arguments: [
    ("UTF-8", [] as [UInt8], String.Encoding.utf8), ("UTF-8", [0xEF, 0xBB, 0xBF], .utf8),
    ("UTF-16LE", [0xFF, 0xFE], .utf16LittleEndian), ("UTF-16BE", [0xFE, 0xFF], .utf16BigEndian),
    ("UTF-16LE", [], .utf16LittleEndian), ("UTF-16BE", [], .utf16BigEndian),
  ])
  func isDetectedAndGivenBack(
    _ name: String,
    _ mark: [UInt8],
    _ encoding: String.Encoding
  ) throws {
    let scratch = try Scratch()
    let bytes = mark + Array(try #require(Self.text.data(using: encoding)))
    let path = try scratch.write("a.jsonl", bytes)
    for size in [4, 7, 64, 1 << 20] {
      let reading = try readAll(path) {
        $0.blockBytes = size
        $0.chunkBytes = size
      }
      #expect(reading.ids == ["é", "b"])
      #expect(reading.texts == ["“Kabar” – 5 € 😀", "dua"])
      #expect(reading.notes.first?.message.contains(name) == true)
      #expect(reading.problems.isEmpty)
      #expect(mark + reading.documents.flatMap(\.record) == bytes)
    }
  }

  @Test func windows1252IsDetected() throws {
    let scratch = try Scratch()
    let bytes = Array("text\n".utf8) + [0x93] + Array("Kabar".utf8) + [0x94, 0x20, 0x80, 10]
    let reading = try readAll(scratch.write("a.csv", bytes))
    #expect(reading.texts == ["“Kabar” €"])
    #expect(reading.notes.first?.message.contains("Windows-1252") == true)
    #expect(reading.documents.flatMap(\.record) == Array(bytes[5...]))
  }

  @Test func lateWindows1252IsDetected() throws {
    let scratch = try Scratch()
    var bytes: [UInt8] = []
    for line in 0..<100 { bytes += Array("baris \(line)\n".utf8) }
    bytes += Array("kata ".utf8) + [0x93, 0x61, 0x94, 10]
    let path = try scratch.write("a.txt", bytes)
    for chunk in [1, 50, 4096] {
      let reading = try readAll(path) {
        $0.format = .lines
        $0.sampleBytes = 64
        $0.blockBytes = 32
        $0.chunkBytes = chunk
      }
      #expect(reading.texts.last == "kata “a”")
      #expect(reading.documents.count == 101)
      #expect(reading.documents.flatMap(\.record) == bytes)
      #expect(reading.notes.map(\.message).contains("turns out to be Windows-1252"))
    }
  }

  @Test func brokenBytesStayUTF8AndAreCounted() throws {
    let scratch = try Scratch()
    var bytes = Array("{\"id\":\"a\",\"text\":\"é dan “x” ".utf8) + [0xFF, 0xE2, 0x80]
    bytes += Array("\"}\n{\"id\":\"b\",\"text\":\"baik\"}\n".utf8)
    let path = try scratch.write("a.jsonl", bytes)
    let reading = try readAll(path)
    #expect(reading.ids == ["a", "b"])
    #expect(reading.documents[0].text.suffix(3) == [0xFF, 0xE2, 0x80])
    #expect(reading.problems.map(\.repaired) == [3])
    #expect(reading.problems.map(\.offset) == [bytes.firstIndex(of: 0xFF)])
    #expect(reading.documents.flatMap(\.record) == bytes)
    let strict = try readAll(path) { $0.onError = .quarantine }
    #expect(strict.ids == ["b"] && strict.problems.map(\.repaired) == [nil])
    #expect(throws: (any Error).self) { try readAll(path) { $0.onError = .fail } }
  }

  @Test func loneSurrogatesSurvive() throws {
    let scratch = try Scratch()
    var units = Array("text\nsatu ".utf16) + [0xD800] + Array(" dua ".utf16) + [0xDC00, 0xDBFF]
    units += Array("\n".utf16)
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in units { bytes += [UInt8(unit & 255), UInt8(unit >> 8)] }
    let path = try scratch.write("a.csv", bytes)
    for size in [4, 5, 6, 100] {
      let reading = try readAll(path) { $0.blockBytes = size }
      #expect(reading.documents.flatMap(\.record) == Array(bytes[12...]))
      #expect(reading.problems.map(\.repaired) == [9])
      #expect(reading.problems.map(\.offset) == [2 + 2 * 10])
    }
  }

  @Test func anOddByteAtTheEndIsNoted() throws {
    let scratch = try Scratch()
    let reading = try readAll(scratch.write("a.txt", [0xFF, 0xFE, 0x61, 0, 0x62]))
    #expect(reading.texts == ["a"])
    #expect(reading.notes.contains { $0.kind == .warning })
  }

  @Test func utf32IsRefused() throws {
    let scratch = try Scratch()
    let path = try scratch.write("a.txt", [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0])
    #expect(throws: (any Error).self) { try readAll(path) }
  }

  @Test(arguments: TextEncoding.allCases)
  func decodingIsUndoneByEncoding(_ encoding: TextEncoding) {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<500 {
      let count = round % 40 * 2
      let bytes = (0..<count).map { _ -> UInt8 in
        // Surrogate halves are to be frequent.
        let odd = [0xD8, 0xDC, 0xDB, 0xDF, 0x00] as [UInt8]
        return Bool.random(using: &generator)
          ? odd.randomElement(using: &generator) ?? 0 : UInt8.random(in: 0...255, using: &generator)
      }
      var decoded: [UInt8] = []
      #expect(encoding.decode(bytes, 0..<count, final: true, onto: &decoded) == count)
      var back: [UInt8] = []
      encoding.encode(decoded, 0..<decoded.count, onto: &back)
      #expect(back == bytes)
      #expect(encoding.encodedCount(decoded, 0..<decoded.count) == count)
    }
  }

  @Test func theCensusAgreesWithTheStandardLibrary() {
    var generator = SeededGenerator(seed: 5)
    let interesting: [UInt8] = [
      0x61, 0x80, 0xBF, 0xC2, 0xDF, 0xE0, 0xA0, 0xED, 0x9F, 0xEF, 0xF0, 0x90, 0xF4, 0x8F, 0xFF,
    ]
    for round in 0..<20000 {
      let bytes = (0..<round % 67).map { _ in interesting.randomElement(using: &generator) ?? 0 }
      let census = Kernels.utf8Census(bytes)
      #expect((census.broken == 0) == (String(validating: bytes, as: UTF8.self) != nil))
      if census.broken > 0 {
        #expect(String(validating: bytes[..<census.first], as: UTF8.self) != nil)
      }
    }
  }
}
