import ArgumentParser
import Sidik

/// `sidik cluster`: documents in, families of copies out.
struct ClusterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster",
    abstract: "Find families of documents that share their wording.",
    discussion: """
      Writes one JSON object a family, largest first, with every member's level and scores \
      against the family's representative: the earliest by time, else the most central one. \
      Every pair that joins a family was compared on its real text. Form letters and reports of one \
      frame with other names and numbers are families of their own that share a `template`.

      Examples:
        sidik cluster news.jsonl
        sidik cluster --format table scraped/
        sidik cluster --format csv --output families.csv posts.csv
        sidik cluster --edges pairs.jsonl --stats run.json posts.csv
        sidik cluster --from-edges pairs.jsonl --threshold 0.8
        sidik cluster --memory 2G --profile corpus a.shard b.shard
        sidik cluster --profile corpus --groups ab.groups a.shard b.shard
        sidik cluster --links decisions.tsv posts.csv
        sidik cluster --report report.html --language id posts.csv
        zstdcat dump.jsonl.zst | sidik cluster --profile corpus --threshold 0.8
      """
  )

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Parameters") var profile: ProfileArguments
  @OptionGroup(title: "Parameters") var related: RelatedArguments
  @OptionGroup(title: "Parameters") var decisions: LinkArguments
  @OptionGroup(title: "Output") var output: OutputArguments
  @OptionGroup(title: "Output") var reporting: ReportArguments
  @OptionGroup(title: "Output") var table: SpreadsheetArguments
  @OptionGroup(title: "Running") var run_: RunArguments
  @OptionGroup(title: "Running") var memory: MemoryArguments
  @OptionGroup(title: "Running") var resume: ResumeArguments

  @Option(help: "Format of the families: jsonl, csv, tsv or table.")
  var format: ResultFormat = .jsonl

  @Flag(help: "Also write documents that are in no family, as families of one.")
  var all = false

  @Option(help: ArgumentHelp("Write only the largest families, so many.", valueName: "n"))
  var top: Int?

  @Option(help: ArgumentHelp("In a table, show so many members of each family.", valueName: "n"))
  var members = 6

  @Option(
    help: ArgumentHelp(
      "Write the verified pairs here as JSON Lines; --from-edges takes them.",
      valueName: "file"
    ),
    completion: .file()
  )
  var edges: String?

  @Option(
    help: ArgumentHelp(
      """
      Read no texts: cluster the verified pairs of an earlier run again, written by --edges; - is \
      standard input. --threshold then takes only pairs of at least that strength, the larger of \
      Jaccard similarity and weighted containment.
      """,
      valueName: "file"
    ),
    completion: .file()
  )
  var fromEdges: String?

  @Option(
    help: ArgumentHelp(
      """
      Compare the pairs that `sidik group` has found in these shards; --threshold is the one they \
      were found for, or above.
      """,
      valueName: "file"
    ),
    completion: .file()
  )
  var groups: String?

  @Option(
    help: ArgumentHelp("Write the numbers of the run here as JSON.", valueName: "file"),
    completion: .file()
  )
  var stats: String?

  @Flag(help: "End with code 1 where any family was found.")
  var check = false

  func validate() throws {
    guard top ?? 1 > 0, members > 0 else {
      throw ValidationError("--top and --members take numbers above 0.")
    }
    guard !table.spreadsheet || format == .csv || format == .tsv else {
      throw ValidationError("--spreadsheet is for --format csv and tsv.")
    }
    if fromEdges != nil { try validateFromEdges() }
    if related.related, edges == nil {
      throw ValidationError("--related belongs to --edges: related texts are in no family.")
    }
  }

  func run() async throws {
    try output.requireDistinct([edges, stats, reporting.report, input.quarantine])
    if let fromEdges { return try await runFromEdges(fromEdges) }
    let links = try decisions.resolved()
    var session = try Session(
      input,
      profile,
      run_,
      output: output,
      related: related,
      memory: memory,
      links: links?.list,
      keepsStandardInput: reporting.report != nil
    )
    let outputs = try (
      families: output.open(output.output, besides: session.reader, links?.reader),
      edges: edges.map { try output.open($0, besides: session.reader, links?.reader) },
      stats: stats.map { try output.open($0, besides: session.reader, links?.reader) },
      report: reporting.report.map { try output.open($0, besides: session.reader, links?.reader) }
    )
    session.configuration.keepsEdges = edges != nil || reporting.report != nil
    let shards = try shards(session)
    if let groups { try take(groups, isOfShards: shards != nil, &session) }
    let documents = shards == nil ? try await ResumableSource(resume, session) : nil
    let result = try await Pipeline(session.configuration)
      .run(shards ?? documents?.source ?? session.reader)
    try session.report(result.problems, result.statistics)
    let provenance = Provenance(session.configuration)
    try writeFamilies(result, provenance, to: outputs.families)
    if let file = outputs.edges {
      try EdgeWriter(result, basis: ClusteringBasis(session.configuration)).write(to: file)
      try file.finish()
    }
    if let file = outputs.stats {
      let writer = StatisticsWriter(session.configuration, notes: session.reader.notes)
      try file.write(writer.json(result.statistics))
      try file.finish()
    }
    if let file = outputs.report { try await writeReport(result, provenance, session, to: file) }
    documents?.finish()
    summarise(result, session)
    try session.finish(
      result.statistics,
      otherwise: check && !result.families.isEmpty ? ExitStatus.duplicatesPresent : ExitStatus.done
    )
  }

  /// The shards that the inputs are; nil where they are none.
  private func shards(_ session: Session) throws -> (any DocumentSource)? {
    guard input.inputs.contains(where: ShardSource.isShard) else { return nil }
    if let other = input.inputs.first(where: { !ShardSource.isShard($0) }) {
      throw SidikError(.usage, "is no shard; a run takes shards or texts, not both", file: other)
    }
    guard resume.resume == nil else {
      throw SidikError(.usage, "--resume keeps sketches, which shards are already")
    }
    guard reporting.report == nil else {
      throw SidikError(.usage, "--report needs the original texts, which shards do not hold")
    }
    return ShardSource(input.inputs, session.configuration)
  }

  /// Takes pairs that were found before, and the bands that found them.
  private func take(_ groups: String, isOfShards: Bool, _ session: inout Session) throws {
    guard isOfShards else {
      throw SidikError(.usage, "--groups belongs to shards, and the inputs are none", file: groups)
    }
    guard profile.bands == nil, profile.recall == nil else {
      throw SidikError(.usage, "--groups was found by bands already: no --bands, no --recall")
    }
    let file = try GroupFile(groups, session.configuration)
    session.configuration.profile.shape = file.shape
    session.configuration.groups = file
  }

  func writeFamilies(
    _ result: PipelineResult,
    _ provenance: Provenance,
    to file: OutputFile
  ) throws {
    let found = result.families(withSingletons: all)
    let families = Array(found.prefix(top ?? found.count))
    if format == .table {
      let lines = FamilyTable(result.documents, width: Console.width(of: 1))
      for line in lines.lines(families, members: members, left: found.count - families.count) {
        try file.write(Array((line + "\n").utf8))
      }
    } else {
      try FamilyWriter(result.documents, provenance: provenance)
        .write(families, as: format, to: file, forSpreadsheets: table.spreadsheet)
    }
    try file.finish()
  }

  private func summarise(_ result: PipelineResult, _ session: Session) {
    for document in result.repeating.prefix(5) {
      let percent = Int((result.documents.rows[document].repeats * 100).rounded())
      session.summary(
        "\(result.documents.id(document)) repeats itself: \(percent) % of its words stand there before"
      )
    }
    if result.repeating.count > 5 {
      session.summary("and \(result.repeating.count - 5) more documents repeat themselves")
    }
    session.summary(Self.closing(result.statistics))
  }

  /// What came of the run, in one line.
  static func closing(_ numbers: RunStatistics) -> String {
    "\(Console.counted(numbers.documents, "document", "documents")), "
      + "\(Console.counted(numbers.families, "family", "families")) with "
      + "\(Console.counted(numbers.clustered, "document", "documents"))"
      + (numbers.templates.map { templates($0) } ?? "")
      + Session.setAside(numbers)
  }

  private static func templates(_ found: TemplateStatistics) -> String {
    if found.count == 0 { return "" }
    return ", \(Console.counted(found.count, "template", "templates")) with "
      + "\(Console.counted(found.documents, "document", "documents"))"
  }
}
