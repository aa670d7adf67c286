import SidikCore
import SidikTestSupport
import Testing

@testable import SidikFormats

/// Damaged inputs of every format: never a crash, and the same whatever the chunks.
@Suite struct HostileInputTests {
  private static let extra = Array("\"{}[],;:\\\n\r\t\u{0}u".utf8) + [0xFF, 0xE2, 0x80, 0x93]

  private static func damaged(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      let byte = extra.randomElement(using: &generator) ?? 0
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes[place] = byte
      case 1: bytes.insert(byte, at: place)
      case 2: bytes.remove(at: place)
      default: bytes.removeSubrange(place..<min(bytes.count, place + 9))
      }
    }
    return bytes
  }

  private enum Outcome: Equatable {
    case read(Reading)
    case refused(String)
  }

  private static func outcome(_ options: InputOptions) throws -> Outcome {
    do {
      return .read(try readAll(options))
    } catch let error as SidikError {
      return .refused(error.description)
    }
  }

  @Test(arguments: 0..<24)
  func damageIsTheSameInAnyChunks(_ seed: Int) throws {
    let scratch = try Scratch()
    var generator = SeededGenerator(seed: UInt64(seed))
    for round in 0..<60 {
      let sample = Samples.all[round % Samples.all.count]
      let encoding = TextEncoding.allCases.randomElement(using: &generator) ?? .utf8
      let bytes = Self.damaged(RecordFilterTests.encoded(sample.content, encoding), &generator)
      var options = InputOptions(paths: [try scratch.write(sample.name, bytes)])
      options.blockBytes = [4, 33, 1 << 18].randomElement(using: &generator) ?? 4
      options.sampleBytes = [16, 64, 1 << 20].randomElement(using: &generator) ?? 16
      options.maxRecordBytes = [60, 100, 1 << 20].randomElement(using: &generator) ?? 60
      if sample.name == "a.txt" { options.format = .lines }
      let whole = try Self.outcome(options)
      for chunk in [1, 2, 3, 7, 16, 50] {
        options.chunkBytes = chunk
        #expect(try Self.outcome(options) == whole, "\(chunk): \(bytes)")
      }
    }
  }

  @Test func linesAreAllAccountedFor() throws {
    let scratch = try Scratch()
    var generator = SeededGenerator(seed: 77)
    for _ in 0..<200 {
      let bytes = Self.damaged(Array(Samples.jsonl.utf8), &generator)
      let path = try scratch.write("a.jsonl", bytes)
      let ink = bytes.split(separator: 10).filter { line in
        !line.allSatisfy { FormatSniffer.isSpace($0) }
      }
      let reading = try readAll(path)
      let set = reading.problems.filter { $0.repaired == nil }.count
      #expect(reading.documents.count + set == ink.count)
    }
  }

  @Test func theSecondPassGivesEveryLineBack() throws {
    let scratch = try Scratch()
    var generator = SeededGenerator(seed: 78)
    for _ in 0..<100 {
      let bytes = Self.damaged(Array(Samples.jsonl.utf8), &generator)
      let path = try scratch.write("a.jsonl", bytes)
      let output = try RecordFilterTests.filter([path])
      let ink = bytes.split(separator: 10).filter { line in
        !line.allSatisfy { FormatSniffer.isSpace($0) }
      }
      #expect(output.split(separator: 10) == ink)
    }
  }
}
