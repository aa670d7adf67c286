import ArgumentParser
import Sidik

/// `sidik compare`: how much wording two texts share.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say how much wording two texts share.",
    discussion: """
      Each argument names a file with one document; one of the two may be - for standard input. \
      Ends with code 0 where the texts share wording, with 1 where they do not.

      Examples:
        sidik compare original.txt repost.txt
        sidik compare --json a.txt b.txt
        cat inbox/7.txt | sidik compare - known-hoax.txt
      """
  )

  @Argument(help: ArgumentHelp("A file with one document.", valueName: "a"), completion: .file())
  var first: String

  @Argument(help: ArgumentHelp("A file with one document.", valueName: "b"), completion: .file())
  var second: String

  @OptionGroup(title: "Parameters") var normaliser: NormaliserArguments
  @OptionGroup(title: "Parameters") var threshold: ThresholdArguments
  @OptionGroup(title: "Parameters") var keys: KeyArguments

  @Flag(help: "Write one JSON object instead of lines.")
  var json = false

  func validate() throws {
    guard first != "-" || second != "-" else {
      throw ValidationError("Only one of the two texts can come from standard input.")
    }
  }

  func run() async throws {
    var profile = try normaliser.resolved()
    try threshold.apply(to: &profile)
    let configuration = PipelineConfiguration(
      profile: profile,
      keys: try keys.resolved(),
      threads: 1
    )
    let comparison = try await Comparison(
      SingleDocument.read(first),
      SingleDocument.read(second),
      configuration
    )
    let output = try OutputFile.open("-")
    let writer = ComparisonWriter(comparison, provenance: Provenance(configuration))
    try output.write(json ? writer.json(first, second) : writer.text())
    try output.finish()
    if comparison.scores.level == nil { throw ExitCode(ExitStatus.nothingFound) }
  }
}

/// Files that hold one document.
enum SingleDocument {
  /// The text of the only document of an input.
  static func read(_ path: String) throws -> [UInt8] {
    let reader = try InputReader(InputOptions(paths: [path], onError: .repair))
    var text: [UInt8]?
    var batch = DocumentBatch()
    while let chunk = try reader.nextChunk() {
      try chunk.parse(into: &batch)
      if let problem = batch.problems.first(where: \.isQuarantined) {
        throw SidikError(
          .data,
          problem.reason,
          file: problem.file,
          line: problem.line,
          offset: problem.offset
        )
      }
      for entry in batch.entries {
        guard text == nil else {
          throw SidikError(
            .usage,
            "holds more than one document; compare takes one a file",
            file: path
          )
        }
        text = Array(batch.bytes[entry.text])
      }
    }
    return text ?? []
  }
}
