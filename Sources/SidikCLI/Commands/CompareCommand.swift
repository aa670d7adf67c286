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

      On a terminal, or with --diff, the differences follow word for word, on the original texts: \
      coloured on a terminal, else (and where NO_COLOR is set) marked [-out-] {+in+} \
      [~moved from~] {~moved here~}.

      Examples:
        sidik compare original.txt repost.txt
        sidik compare --json a.txt b.txt
        sidik compare --diff --context 0 a.txt b.txt
        sidik compare --passages article.txt page.txt
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

  @OptionGroup(title: "Output") var view: DifferenceArguments

  @Flag(
    inversion: .prefixedNo,
    help: "Show the differences word for word; on a terminal they are shown unless refused."
  )
  var diff: Bool?

  @Flag(help: "Say which passages both texts have, and where: 8 words or more, changed ones too.")
  var passages = false

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
    let texts = try (SingleDocument.read(first), SingleDocument.read(second))
    let comparison = try Comparison(texts.0, texts.1, configuration)
    let output = try OutputFile.open("-")
    var writer = ComparisonWriter(comparison, provenance: Provenance(configuration))
    if passages {
      writer.passages = try await SpanFinder(.evidence(configuration)).passages(
        of: texts.0,
        texts.1
      )
    }
    let isShown = diff ?? (!json && Console.isTerminal(1) && comparison.scores.level != nil)
    let reader = WordReader(profile.normaliser)
    let words = isShown ? (reader.words(of: texts.0), reader.words(of: texts.1)) : nil
    if json {
      try output.write(writer.json(first, second, words: words))
    } else {
      try output.write(writer.text())
      if let words {
        let difference = DifferenceView(words.0, words.1)
        try output.write(Array("words        \(difference.summary)\n\n".utf8))
        try output.write(difference.text(view.style, context: view.resolvedContext))
      }
    }
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
