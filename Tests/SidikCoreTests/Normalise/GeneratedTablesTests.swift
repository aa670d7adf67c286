import Foundation
import SidikCore
import Testing

/// The folder of the package.
private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

private func lexicon(_ name: String) -> String {
  root.deletingLastPathComponent().appendingPathComponent("shared/lexicons/\(name)").path
}

private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

@Suite struct GeneratedTablesTests {
  /// The committed tables are what the script makes of its sources.
  @Test(
    .enabled(
      if: exists("/usr/share/unicode/UnicodeData.txt") && exists(lexicon("confusables.txt"))
        && exists("/usr/bin/python3"),
      "needs the package unicode-data, python3 and ../shared/lexicons"
    )
  )
  func committedTablesAreCurrent() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sidik-tables-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [
      root.appendingPathComponent("Scripts/generate-unicode-tables.py").path, "/usr/share/unicode",
      lexicon("confusables.txt"), lexicon("indo-collex-dictionary.tsv"),
      lexicon("combined_slang_words.json.txt"), folder.path,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    for name in ["unicode_tables.c", "slang_tables.c"] {
      let made = try Data(contentsOf: folder.appendingPathComponent(name))
      let committed = try Data(
        contentsOf: root.appendingPathComponent("Sources/CSidikKernels/\(name)")
      )
      #expect(made == committed, "\(name) differs: run the script and commit the result")
    }
  }

  /// Real hoaxes and messages, where the corpora stand beside the project.
  ///
  /// Folding with and without offsets gives the same bytes, and folding again gives the same
  /// words, but for the exceptions that the guide names.
  @Test(
    .enabled(if: exists(lexicon("../corpora/id-turnbackhoax-2024/docs.jsonl")), "needs ../shared"),
    arguments: [NormaliserOptions.auto, .chat, .corpus]
  )
  func realTexts(_ options: NormaliserOptions) throws {
    let path = lexicon("../corpora/id-turnbackhoax-2024/docs.jsonl")
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").prefix(800)
    var changed = 0
    for line in lines {
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let text = Array((record?["text"] as? String ?? "").utf8)
      let once = foldBytes(text, options)
      #expect(once.bytes == foldBytes(text, options, tracking: true).bytes)
      if foldBytes(once.bytes, options).bytes != once.bytes { changed += 1 }
    }
    #expect(lines.count == 800)
    #expect(changed <= (options == .corpus ? 0 : 4), "\(changed) of \(lines.count)")
  }
}
