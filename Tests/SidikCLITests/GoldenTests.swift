import Foundation
import SidikTestSupport
import Testing

/// Runs every case of `Golden/`.
@Suite struct GoldenTests {
  @Test func thereAreCases() {
    #expect(GoldenCase.all.count >= 60)
    #expect(FileManager.default.isExecutableFile(atPath: SidikProgram.path))
  }

  @Test(arguments: GoldenCase.all)
  func answersAsRecorded(_ golden: GoldenCase) throws {
    let line = try #require(golden.expected("cmd"), "has no cmd")
    let scratch = try golden.prepared()
    let before = try Inventory(scratch)
    let outcome = try SidikProgram.run(String(decoding: line, as: UTF8.self), in: scratch)
    #expect(!outcome.isTimedOut)
    try before.expectUnchanged(scratch)
    let answer = GoldenCase.Answer(outcome)
    if GoldenCase.isRewriting {
      try golden.rewrite(answer)
      return
    }
    let stdout = golden.expected("stdout") ?? Data()
    #expect(
      answer.stdout == stdout,
      "stdout:\n\(String(decoding: answer.stdout, as: UTF8.self))"
    )
    let glob = String(decoding: golden.expected("stderr.glob") ?? Data(), as: UTF8.self)
    let mismatch = GlobLines(glob).mismatch(answer.stderr)
    #expect(mismatch == nil, "stderr \(mismatch ?? "")")
    let status = String(decoding: golden.expected("exit") ?? Data("0".utf8), as: UTF8.self)
    #expect("\(answer.status)" == status.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  @Test func globsMatchWholeLines() {
    #expect(GlobLines("a*c\n").mismatch("abbc\n") == nil)
    #expect(GlobLines("a*c\n").mismatch("abbcd\n") != nil)
    #expect(GlobLines("*\n").mismatch("\n") == nil)
    #expect(GlobLines("a\n").mismatch("a\nb\n") != nil)
    #expect(GlobLines("").mismatch("a\n") != nil)
    #expect(GlobLines("*b*b\n").mismatch("abab\n") == nil)
  }
}

/// The files of a folder with their bytes and times, to show that nothing changed them.
struct Inventory {
  private struct Entry: Equatable {
    let bytes: Data
    let time: Date?
  }

  private var entries: [String: Entry] = [:]

  init(_ scratch: ScratchFolder) throws {
    for name in scratch.files() { entries[name] = try Self.entry(scratch, name) }
  }

  private static func entry(_ scratch: ScratchFolder, _ name: String) throws -> Entry {
    let values = try FileManager.default.attributesOfItem(atPath: scratch.file(name).path)
    return Entry(bytes: try scratch.data(name), time: values[.modificationDate] as? Date)
  }

  /// Expects every file to be as it was, and no temporary file beside them or in `tmp`.
  func expectUnchanged(
    _ scratch: ScratchFolder,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      let now = try? Self.entry(scratch, name)
      #expect(now == entry, "\(name) was changed", sourceLocation: location)
    }
    let left = scratch.files().filter { $0.hasPrefix("tmp/") || $0.contains(".sidik-") }
    #expect(left == [], "temporary files were left", sourceLocation: location)
  }
}
