import Foundation
import SidikTestSupport
import Testing

/// Holds every output that the documentation shows to what the program answers.
@Suite struct DocumentationTests {
  @Test func thereAreOutputs() {
    #expect(DocumentationPage.withConsole.map(\.path).contains("README.md"))
    #expect(DocumentationPage.withConsole.count >= 5)
  }

  /// Runs the commands of a page one after the other, in a folder in which `corpora` lies.
  @Test(arguments: DocumentationPage.withConsole)
  func showsRealOutput(_ page: DocumentationPage) throws {
    let folder = try ScratchFolder()
    try link("corpora", in: folder, to: ProjectFiles.url("corpora"))
    let tools = try ScratchFolder()
    try link("sidik", in: tools, to: URL(fileURLWithPath: SidikProgram.path))
    var lines = try page.lines()
    let blocks = ConsoleBlock.all(in: lines)
    #expect(blocks.allSatisfy { $0.stray == 0 }, "\(page.path): output without a command")
    var answers: [(step: ConsoleBlock.Step, output: [String])] = []
    for step in blocks.flatMap(\.steps) {
      let output = try answer(step, folder, tools)
      if !GoldenCase.isRewriting, let mismatch = step.shown.mismatch(output) {
        Issue.record("\(page.path):\(step.line): $ \(step.command)\n\(mismatch)")
      }
      answers.append((step, output))
    }
    guard GoldenCase.isRewriting else { return }
    for (step, output) in answers.reversed() {
      lines.replaceSubrange(step.range, with: step.shown.rewritten(output))
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: ProjectFiles.url(page.path))
  }

  private func link(_ name: String, in folder: ScratchFolder, to target: URL) throws {
    try FileManager.default.createSymbolicLink(at: folder.file(name), withDestinationURL: target)
  }

  /// The lines that a terminal would show: standard output and standard error in one stream.
  private func answer(
    _ step: ConsoleBlock.Step,
    _ folder: ScratchFolder,
    _ tools: ScratchFolder
  ) throws -> [String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let outcome = try SidikProgram.run(
      "exec 2>&1\n" + step.command,
      in: folder.url,
      temporary: tools.url,
      environment: ["PATH": tools.url.path + ":" + path]
    )
    #expect(!outcome.isTimedOut, "\(step.command)")
    var lines = outcome.text.plainLines
    if lines.last == "" { lines.removeLast() }
    // In a pipeline it is chance where a message stands among the results.
    #expect(
      !step.command.contains("|") || !lines.contains { $0.hasPrefix("sidik: ") },
      "say --quiet in a pipeline: \(step.command)"
    )
    return lines
  }

  @Test(arguments: DocumentationPage.all)
  func commandsWithOutputAreRun(_ page: DocumentationPage) throws {
    let lines = try page.lines()
    for fence in Fence.all(in: lines) where fence.kind != "console" {
      for place in fence.content where lines[place].hasPrefix("$ ") {
        Issue.record("\(page.path):\(place + 1): only blocks of kind console are run")
      }
    }
  }

  @Test func cutsStandForLines() {
    let output = ["a", "b", "c", "d"]
    #expect(ShownOutput(lines: output).mismatch(output) == nil)
    #expect(ShownOutput(lines: ["a", "b", "c"]).mismatch(output) != nil)
    #expect(ShownOutput(lines: ["a", "x", "c", "d"]).mismatch(output) != nil)
    #expect(ShownOutput(lines: ["..."]).mismatch(output) == nil)
    #expect(ShownOutput(lines: ["..."]).mismatch([]) != nil)
    #expect(ShownOutput(lines: ["a", "...", "d"]).mismatch(output) == nil)
    #expect(ShownOutput(lines: ["...", "c", "..."]).mismatch(output) == nil)
    #expect(ShownOutput(lines: ["...", "a", "..."]).mismatch(output) != nil)
    #expect(ShownOutput(lines: ["a", "b", "...", "c", "d"]).mismatch(output) != nil)
    #expect(ShownOutput(lines: ["a", "b", "c", "d", "..."]).mismatch(output) != nil)
    #expect(ShownOutput(lines: []).mismatch([]) == nil)
    #expect(ShownOutput(lines: []).mismatch(["a"]) != nil)
    #expect(ShownOutput(lines: ["abc…"]).mismatch(["abcdef"]) == nil)
    #expect(ShownOutput(lines: ["abc…"]).mismatch(["abd"]) != nil)
    #expect(ShownOutput(lines: ["é"]).mismatch(["e\u{301}"]) != nil)
  }

  @Test func rewritingKeepsCuts() {
    let output = ["head", "a 1", "a 2", "b 1", "b 2", "c", "end"]
    #expect(ShownOutput(lines: ["old", "...", "end"]).rewritten(output) == ["head", "...", "end"])
    #expect(
      ShownOutput(lines: ["old", "...", "b 2", "...", "gone"]).rewritten(output)
        == ["head", "...", "b 2", "...", "end"]
    )
    #expect(
      ShownOutput(lines: ["old", "...", "b 3", "..."]).rewritten(output)
        == ["head", "...", "b 1", "..."]
    )
    #expect(ShownOutput(lines: ["x", "...", "y"]).rewritten(["a", "b"]) == ["a", "b"])
    #expect(ShownOutput(lines: ["xyz…"]).rewritten(["abcdef", "abcdef"]) == ["abc…", "abc…"])
    #expect(ShownOutput(lines: ["xyz…"]).rewritten(["abc"]) == ["abc"])
    #expect(ShownOutput(lines: []).rewritten(output) == output)
  }

  @Test func blocksAreFoundWithTheirCommands() throws {
    let fence = "```"
    let lines = [fence + "console", "$ one |", "    two", "x", "$ three", fence, "$ no", fence]
    let block = try #require(ConsoleBlock.all(in: lines).first)
    #expect(ConsoleBlock.all(in: lines).count == 1)
    #expect(block.steps.map(\.command) == ["one |\n    two", "three"])
    #expect(block.steps.map(\.shown.lines) == [["x"], []])
    #expect(block.steps.map(\.line) == [2, 5])
  }
}
