import Foundation
import SidikTestSupport
import Testing

/// One case of `Golden/`: a command, its inputs, and what it must answer.
///
/// - `cmd`: a line of shell in which `$SIDIK` is the program; lines that begin with `#` say what
///   the case is about;
/// - `in/`: files that lie in the folder where it runs;
/// - `stdout`: compared byte for byte, but that the stamp of version and parameters reads
///   `VERSION/FINGERPRINT`;
/// - `stderr.glob`: lines in which `*` stands for anything;
/// - `exit`: the exit code.
struct GoldenCase: Sendable, CustomTestStringConvertible {
  let name: String
  let folder: URL

  var testDescription: String { name }

  static let root = ProjectFiles.url("Tests/SidikCLITests/Golden")

  /// All cases, by name.
  static let all: [GoldenCase] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return names.sorted().filter { !$0.hasPrefix(".") }.map {
      GoldenCase(name: $0, folder: root.appendingPathComponent($0))
    }
  }()

  /// Whether the files are to be written anew from what the program says now.
  static let isRewriting = ProcessInfo.processInfo.environment["SIDIK_REWRITE"] == "1"

  /// A scratch folder that holds the inputs and an empty folder `tmp`.
  func prepared() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    let inputs = folder.appendingPathComponent("in")
    for name in (try? FileManager.default.contentsOfDirectory(atPath: inputs.path)) ?? [] {
      try FileManager.default.copyItem(
        at: inputs.appendingPathComponent(name),
        to: scratch.file(name)
      )
    }
    return scratch
  }

  /// A file of the case; nil where it has none.
  func expected(_ name: String) -> Data? {
    try? Data(contentsOf: folder.appendingPathComponent(name))
  }

  /// What the program answered, as the case's files have it.
  struct Answer: Equatable {
    var stdout: Data
    var stderr: String
    var status: Int32

    init(_ outcome: SidikProgram.Outcome) {
      stdout = Self.masked(outcome.stdout)
      stderr = outcome.stderr
      status = outcome.status
    }

    /// The bytes with every stamp `1.2.3/0123456789abcdef…` as `VERSION/FINGERPRINT`.
    private static func masked(_ data: Data) -> Data {
      // Byte for byte as Latin-1, so that no other byte is touched.
      let text = String(data: data, encoding: .isoLatin1) ?? ""
      let plain = text.replacing(
        /[0-9]+\.[0-9]+\.[0-9]+\/[0-9a-f]{16,}/,
        with: "VERSION/FINGERPRINT"
      )
      return plain.data(using: .isoLatin1) ?? data
    }
  }

  /// Writes the case's files from an answer; a `stderr.glob` that matches stays as it is.
  func rewrite(_ answer: Answer) throws {
    try answer.stdout.write(to: folder.appendingPathComponent("stdout"))
    try Data("\(answer.status)\n".utf8).write(to: folder.appendingPathComponent("exit"))
    let glob = expected("stderr.glob").map { String(decoding: $0, as: UTF8.self) }
    if let glob, GlobLines(glob).mismatch(answer.stderr) == nil { return }
    try Data(answer.stderr.utf8).write(to: folder.appendingPathComponent("stderr.glob"))
  }
}

/// Lines in which `*` stands for any characters.
struct GlobLines {
  private let lines: [Substring]

  init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// Says where a text differs from the lines; nil where it does not.
  func mismatch(_ text: String) -> String? {
    let found = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, (pattern, line)) in zip(lines, found).enumerated()
    where !Self.matches(Array(pattern.unicodeScalars), Array(line.unicodeScalars)) {
      return "line \(number + 1) is '\(line)', expected '\(pattern)'"
    }
    return lines.count == found.count
      ? nil : "has \(found.count - 1) lines, expected \(lines.count - 1):\n\(text)"
  }

  /// Greedy matching that goes back to the last `*`.
  private static func matches(_ pattern: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> Bool {
    var (p, t) = (0, 0)
    var back: (p: Int, t: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == "*" {
        back = (p, t)
        p += 1
      } else if p < pattern.count, pattern[p] == text[t] {
        p += 1
        t += 1
      } else if let star = back {
        back = (star.p, star.t + 1)
        (p, t) = (star.p + 1, star.t + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}
