import ArgumentParser
import Sidik

/// `sidik trace`: in which order sources had the wording of each family.
struct TraceCommand: AsyncParsableCommand {
  /// How traces are written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case jsonl, csv, tsv, gexf
  }

  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Say in which order sources had the wording of each family.",
    discussion: """
      Clusters the inputs and writes, for each family: its sources in the order of their first \
      documents, the first and the last time, the longest gap, bursts, and how many documents \
      came from an author who had the wording before. Times may stand in any usual form; \
      without a zone they are read as UTC. Where a family has no times, its order is that of \
      the input, and "order" says so.

      csv and tsv have a row for each source of a family; gexf is a network of sources for tools \
      such as Gephi: an edge leads from the first source of a family to each that followed.

      Earliest means earliest in this corpus; an order is no proof of who copied whom.

      Examples:
        sidik trace posts.csv
        sidik trace --format csv --spreadsheet --output trace.csv posts.csv
        sidik trace --format gexf --output sources.gexf posts.csv
      """
  )

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Parameters") var profile: ProfileArguments
  @OptionGroup(title: "Parameters") var decisions: LinkArguments
  @OptionGroup(title: "Output") var output: OutputArguments
  @OptionGroup(title: "Output") var table: SpreadsheetArguments
  @OptionGroup(title: "Running") var run_: RunArguments

  @Option(help: "Format of the traces: jsonl, csv, tsv or gexf.")
  var format: Format = .jsonl

  @Option(
    help: ArgumentHelp(
      "Documents of a burst follow each other within so many minutes.",
      valueName: "minutes"
    )
  )
  var burstGap = 60

  func validate() throws {
    guard (1...1_000_000).contains(burstGap) else {
      throw ValidationError("--burst-gap takes minutes from 1 to 1000000.")
    }
    guard !table.spreadsheet || format == .csv || format == .tsv else {
      throw ValidationError("--spreadsheet is for --format csv and tsv.")
    }
  }

  func run() async throws {
    try output.requireDistinct([input.quarantine])
    let links = try decisions.resolved()
    let session = try Session(input, profile, run_, output: output, links: links?.list)
    let file = try output.open(output.output, besides: session.reader, links?.reader)
    let result = try await Pipeline(session.configuration).run(session.reader)
    try session.report(result.problems, result.statistics)
    let traces = result.families.lazy.map {
      FamilyTrace($0, in: result.documents, burstGap: burstGap * 60)
    }
    let provenance = Provenance(session.configuration)
    let writer = TraceWriter(result.documents, provenance: provenance)
    var unordered = 0
    switch format {
    case .jsonl:
      for trace in traces {
        unordered += trace.order == .input ? 1 : 0
        try file.write(writer.line(trace))
      }
    case .csv, .tsv:
      var rows = table.writer(delimiter: UInt8(ascii: format == .csv ? "," : "\t"))
      writer.header(&rows)
      try file.write(table.mark + rows.bytes)
      for trace in traces {
        unordered += trace.order == .input ? 1 : 0
        rows.removeAll()
        writer.rows(trace, &rows)
        try file.write(rows.bytes)
      }
    case .gexf:
      var graph = TraceGraph()
      for trace in traces { graph.add(trace) }
      unordered = graph.untimed
      try file.write(graph.gexf(creator: "sidik " + provenance.stamp))
    }
    try file.finish()
    if unordered > 0 {
      session.warn(
        "\(Console.counted(unordered, "family has", "families have")) no time that can be read: "
          + (format == .gexf ? "left out" : "in the order of the input")
      )
    }
    session.summary(ClusterCommand.closing(result.statistics))
    try session.finish(result.statistics)
  }
}
