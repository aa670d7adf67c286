import ArgumentParser
import Sidik

/// `sidik match`: what an index knows of a text.
struct MatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Find the documents of an index that share wording with a text.",
    discussion: """
      Writes a line of JSON a match, the closest first. Where the index keeps texts, the texts \
      were compared and the match has a level; else it is estimated by sketches. Ends with code 0 \
      where anything is found, 1 where nothing is.

      Examples:
        sidik match --index seen message.txt
        pbpaste | sidik match --index seen --index archive --top 3
        sidik match --index seen --since 2026-01-01 posts.jsonl
      """
  )

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Index") var asked: AskedIndexArguments
  @OptionGroup(title: "Output") var output: OutputArguments

  @Option(name: [.customShort("k"), .long], help: "Matches of a text, at most.")
  var top = 10

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard top > 0 else { throw ValidationError("--top takes a number above 0.") }
  }

  func run() async throws {
    let indexes = try asked.resolved(threads: 1)
    let snapshots = try indexes.map { try $0.snapshot() }
    let window = try asked.window.resolved()
    let pass = try DocumentPass(input, output: output, isQuiet: quiet)
    let file = try output.open(output.output, besides: pass.reader)
    let writer = MatchWriter(indexes)
    var found = 0
    try await pass.stream(to: file) { batch in
      let sketches = try await IndexMatcher.sketch(batch, for: indexes)
      for (number, entry) in batch.entries.enumerated() {
        let texts = sketches.map { $0[number] }
        let matches = try IndexMatcher.matches(texts, indexes, snapshots, window, most: top)
        found += matches.count
        for match in matches { try file.write(writer.line(query: batch.string(entry.id), match)) }
      }
    }
    if found == 0 { throw ExitCode(ExitStatus.nothingFound) }
  }
}
