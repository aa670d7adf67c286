import Foundation
import Sidik
import SidikTestSupport

/// The library that ends a process at one of its writing calls, built from `kill-at-write.c`.
enum KillShim {
  /// Where it was built; nil where there is no C compiler.
  static let path: String? = {
    let source = ProjectFiles.url("Tests/SidikCLITests/Index/kill-at-write.c").path
    guard let scratch = try? ScratchFolder() else { return nil }
    let library = scratch.file("kill-at-write.so").path
    let line =
      "for cc in cc clang gcc; do command -v $cc >/dev/null && "
      + "$cc -shared -fPIC -O1 -Wall -Wextra -Werror -o '\(library)' '\(source)' -ldl && exit 0; "
      + "done; exit 1"
    guard let outcome = try? SidikProgram.run(line, in: scratch), outcome.status == 0 else {
      return nil
    }
    unsafe kept = scratch
    return library
  }()

  private nonisolated(unsafe) static var kept: ScratchFolder?
}

/// What is done to an index, so that it can be ended anywhere: made by a seed.
struct KillScenario {
  /// One call of the program.
  struct Step {
    let name: String
    /// `$INDEX` is the folder.
    let line: String
    /// Whether a list of ids may be what the index holds when the step was ended.
    let allows: (_ before: [String], _ after: [String], _ now: [String], _ stdout: String) -> Bool
  }

  let seed: UInt64
  let scratch: ScratchFolder
  let steps: [Step]

  init(seed: UInt64) throws {
    self.seed = seed
    scratch = try ScratchFolder()
    var generator = SeededGenerator(seed: seed)
    let words = (0..<200).map { _ in "kata\(UInt32.random(in: 0 ... .max, using: &generator))" }
    func records(_ prefix: String, _ count: Int) -> String {
      (0..<count).map { number in
        let text = (0..<12).map { _ in words.randomElement(using: &generator) ?? "" }
        let date = "2026-01-\(10 + number % 20)T00:00:00Z"
        return #"{"id":"\#(prefix)\#(number)","text":"\#(text.joined(separator: " "))","#
          + #""time":"\#(date)"}"# + "\n"
      }.joined()
    }
    let size = Int.random(in: 2...5, using: &generator)
    try scratch.write("first.jsonl", records("a", size * 11 + 1))
    try scratch.write("second.jsonl", records("b", size * 4))
    try scratch.write("third.jsonl", records("c", 7))
    try scratch.write("ids.txt", "a1\na5\nb2\nlain\n")
    let texts = UInt64.random(in: 0...1, using: &generator) == 0 ? "--store-text" : ""
    let prepared = try SidikProgram.run(
      "$SIDIK index create \(texts) index && $SIDIK index create \(texts) other && "
        + "$SIDIK index add --quiet other third.jsonl",
      in: scratch
    )
    guard prepared.status == 0 else { throw CocoaError(.fileWriteUnknown) }
    steps = Self.steps(size)
  }

  private static func steps(_ size: Int) -> [Step] {
    [
      Step(
        name: "add",
        line: "$SIDIK index add --quiet --commits --commit-every \(size) index first.jsonl"
      ) { before, after, now, stdout in
        // What was said to be committed is there, and at most one commit more.
        let said = stdout.split(separator: "\n").count * size
        let count = now.count - before.count
        return now == Array(after.prefix(now.count))
          && count >= min(said, after.count - before.count)
          && count <= said + size && (count % size == 0 || now == after)
      },
      Step(
        name: "filter",
        line: "$SIDIK filter --quiet --index index --add --flush-every \(size) second.jsonl"
      ) { before, after, now, stdout in
        // What was learnt has gone on.
        now == Array(after.prefix(now.count)) && now.count >= before.count
          && now.dropFirst(before.count).allSatisfy { stdout.contains("\"id\":\"\($0)\"") }
      },
      Step(name: "remove", line: "$SIDIK index remove --quiet --ids ids.txt index", allows: either),
      Step(
        name: "expire",
        line: "$SIDIK index expire --quiet --before 2026-01-15 index",
        allows: either
      ),
      Step(name: "merge", line: "$SIDIK index merge --quiet index other", allows: either),
      Step(name: "compact", line: "$SIDIK index compact --quiet index", allows: either),
    ]
  }

  private static func either(
    _ before: [String],
    _ after: [String],
    _ now: [String],
    _ stdout: String
  ) -> Bool { now == before || now == after }

  var folder: String { scratch.file("index").path }

  /// The ids in the index, by a reader of the test's own.
  func ids() throws -> [String] {
    let snapshot = try IndexSnapshot(folder: folder)
    var ids: [String] = []
    try snapshot.forEach { place, _ in
      ids.append(String(decoding: try snapshot.id(place), as: UTF8.self))
    }
    return ids
  }

  /// Runs a step under the shim.
  func run(_ step: Step, _ settings: [String: String]) throws -> SidikProgram.Outcome {
    var environment = settings
    environment["KILL_FOLDER"] = folder
    let line = "LD_PRELOAD='\(KillShim.path ?? "")' exec \(step.line)"
    return try SidikProgram.run(line, in: scratch, environment: environment)
  }

  /// Puts the index as it was before the step.
  func restore(_ name: String) throws {
    let manager = FileManager.default
    try? manager.removeItem(atPath: folder)
    try manager.copyItem(at: scratch.file(name), to: scratch.file("index"))
  }

  /// Keeps the index as it is now.
  func keep(_ name: String) throws {
    try FileManager.default.copyItem(at: scratch.file("index"), to: scratch.file(name))
  }
}
