import ArgumentParser
import Sidik

/// `sidik boilerplate`: documents in, the passages that stand round them out.
struct BoilerplateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boilerplate",
    abstract: "List the passages that are cut before documents are compared.",
    discussion: """
      Lists what stands in at least 4 unrelated documents of one source, such as navigation, \
      footers and formulas, and at the start or end of at least 8 unrelated documents without a \
      source. Lines of JSON can be edited and given to --boilerplate of the other commands; \
      --boilerplate here says where the passages of such a file stand.

      Examples:
        sidik boilerplate pages.jsonl
        sidik boilerplate --format jsonl --output passages.jsonl pages.jsonl
        sidik cluster --boilerplate passages.jsonl pages.jsonl
        sidik boilerplate --boilerplate passages.jsonl other-pages.jsonl
      """
  )

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Parameters") var profile: ProfileArguments
  @OptionGroup(title: "Output") var output: OutputArguments
  @OptionGroup(title: "Running") var run_: RunArguments

  @Option(help: "Format of the passages: table, jsonl, csv or tsv.")
  var format: ResultFormat = .table

  func run() async throws {
    try output.requireDistinct([input.quarantine])
    var learning = profile
    if learning.boilerplate.boilerplate == nil { learning.boilerplate.boilerplate = "learn" }
    let session = try Session(input, learning, run_, output: output)
    let file = try output.open(output.output, besides: session.reader)
    let result = try await BoilerplateListing(session.configuration).run(session.reader)
    try session.report(result.problems, result.statistics)
    try BoilerplateWriter(provenance: Provenance(session.configuration))
      .write(result.boilerplate, as: format, width: Console.width(of: 1), to: file)
    try file.finish()
    let passages = result.boilerplate.passages.count
    session.summary(
      "\(Console.counted(result.statistics.documents, "document", "documents")), "
        + Console.counted(passages, "passage", "passages")
        + " of boilerplate" + Session.setAside(result.statistics)
    )
    try session.finish(result.statistics)
  }
}
