import ArgumentParser
import Sidik

/// `sidik index add`: documents into an index.
struct IndexAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add documents to an index, whether it knows them or not.",
    discussion: """
      What is committed stays, whatever happens next. --commits writes a line of JSON after each \
      commit, so that a program knows from where to go on.

      Examples:
        sidik index add seen news.jsonl
        zstdcat posts.jsonl.zst | sidik index add --commit-every 50000 seen -
      """
  )

  @OptionGroup var target: IndexFolderArguments
  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Index") var secret: IndexSecretArguments
  @OptionGroup(title: "Index") var now: NowArguments
  @OptionGroup(title: "Output") var output: OutputArguments
  @OptionGroup(title: "Running") var run_: RunArguments

  @Option(help: "Documents that become durable together.")
  var commitEvery = 10_000

  @Flag(help: "Write a line of JSON to standard output after each commit.")
  var commits = false

  func validate() throws {
    guard commitEvery > 0 else { throw ValidationError("--commit-every takes a number above 0.") }
  }

  func run() async throws {
    let index = try OpenIndex(
      target.folder,
      secret: secret.resolved(),
      threads: run_.resolvedThreads()
    )
    let writer = try index.writer()
    let moment = try now.resolved()
    Interruption.askOnly()
    let pass = try DocumentPass(input, output: output, isQuiet: run_.quiet)
    let file = try output.open(output.output, besides: pass.reader)
    var added = 0
    try await pass.stream(to: file) { batch in
      for text in try await index.sketcher.sketch(batch) {
        try writer.add(text.stored(now: moment))
        added += 1
        if writer.pendingCount >= commitEvery { try commit(writer, added, file) }
      }
      if Interruption.isAsked {
        try commit(writer, added, file)
        throw CancellationError()
      }
    } last: {
      try commit(writer, added, file)
      if !run_.quiet {
        Console.line(
          "sidik: \(Console.counted(added, "document", "documents")) added, "
            + "\(writer.snapshot.count) in the index"
        )
      }
    }
  }

  private func commit(_ writer: IndexWriter, _ added: Int, _ output: OutputFile) throws {
    guard try writer.commit() > 0, commits else { return }
    var json = JSONWriter()
    json.beginObject()
    json.member("added", added)
    json.member("documents", writer.snapshot.count)
    json.endObject()
    json.endLine()
    try output.write(json.bytes)
    try output.flush()
  }
}
