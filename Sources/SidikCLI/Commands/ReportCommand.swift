import ArgumentParser
import Sidik

/// `sidik report`: the page for people, from saved output and the documents it came from.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make a report for people from families that were saved.",
    discussion: """
      Writes one HTML page that works without network or server: overview, families with their \
      timeline, members, shared passages, differences word for word, and pairs to decide about. It \
      takes the families that `sidik cluster` wrote as JSON Lines, and the same documents again for \
      their texts. --edges says how texts were compared: without it the page has no passages, no \
      weakest links and no pairs to decide about.

      `sidik cluster --report FILE` does it in one go.

      Examples:
        sidik report --families families.jsonl posts.csv --output report.html
        sidik report --families families.jsonl --edges edges.jsonl --language id posts.csv > r.html
      """
  )

  @Option(
    help: ArgumentHelp("The families, as JSON Lines; - is standard input.", valueName: "file"),
    completion: .file()
  )
  var families: String

  @Option(
    help: ArgumentHelp("The verified pairs of the same run.", valueName: "file"),
    completion: .file()
  )
  var edges: String?

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Output") var output: OutputArguments

  @OptionGroup var page: PageArguments

  @Option(help: "Source of documents that name none, as the run was told.")
  var defaultSource: String?

  @OptionGroup(title: "Running") var run_: RunArguments

  func validate() throws {
    let readsInput = input.inputs.isEmpty || input.inputs.contains("-")
    guard [families == "-", edges == "-", readsInput].count(where: { $0 }) <= 1 else {
      throw ValidationError("Only one of --families, --edges and the inputs can be standard input.")
    }
  }

  func run() async throws {
    try output.requireDistinct([input.quarantine])
    let saved = try (families: LineFile.reader(families), edges: edges.map(LineFile.reader))
    let reader = try InputReader(
      input.resolved(keepsStandardInput: true, temporaryFolder: run_.tempDir)
    )
    let file = try output.open(output.output, besides: reader, saved.families, saved.edges)
    let quarantine = try input.quarantine.map {
      QuarantineFile(try output.open($0, besides: reader, saved.families, saved.edges))
    }
    var savedFamilies = SavedFamilies(file: families)
    try LineFile.forEach(saved.families) { try savedFamilies.take($0, number: $1) }
    let savedEdges = try saved.edges.map { reader in
      var lines = SavedEdgesReader(file: edges ?? "-")
      try LineFile.forEach(reader) { try lines.take($0, number: $1) }
      return try lines.finish()
    }
    let (documents, problems) = try read(reader)
    let joined = SavedReport(savedFamilies, edges: savedEdges, documents: documents)
    let data = ReportData(
      joined.documents,
      families: joined.families,
      edges: joined.edges,
      run: about(savedFamilies, savedEdges, reader, problems)
    )
    try await page.write(
      data,
      reading: reader.secondPass(),
      read: documents.count,
      to: file,
      run_
    )
    say(joined, reader, problems)
    try quarantine?.write(reader)
    if problems.quarantined > 0 { throw ExitCode(ExitStatus.quarantined) }
  }

  /// Reads the inputs for what documents are called.
  private func read(_ reader: InputReader) throws -> (DocumentTable, ProblemReport) {
    var documents = DocumentTable()
    var problems = ProblemReport()
    var batch = DocumentBatch()
    while let chunk = try reader.nextChunk() {
      try chunk.parse(into: &batch)
      documents.append(fieldsOf: batch, defaultSource: defaultSource)
      problems.add(batch.problems)
    }
    return (documents, problems)
  }

  private func about(
    _ families: SavedFamilies,
    _ edges: SavedEdges?,
    _ reader: InputReader,
    _ problems: ProblemReport
  ) -> ReportRun {
    var about =
      edges.map { ReportRun($0.basis, stamp: families.stamp, edges: $0.edges.count) }
      ?? ReportRun(stamp: families.stamp)
    about.inputs = reportInputNames(reader.options)
    about.quarantined = problems.quarantined
    about.empty =
      edges.map { saved in
        (0..<saved.documents.count).count { saved.documents.isEmpty($0) }
      } ?? 0
    return about
  }

  private func say(_ joined: SavedReport, _ reader: InputReader, _ problems: ProblemReport) {
    problems.write(isQuiet: run_.quiet, isKept: input.quarantine != nil)
    guard !run_.quiet else { return }
    for line in InputNote.lines(reader.notes) { Console.line("sidik: " + line) }
    if joined.missing > 0 {
      Console.warning(
        "\(Console.counted(joined.missing, "member", "members")) of families not found in the inputs,"
          + " the first '\(joined.firstMissing ?? "")': shown without text"
      )
    }
    // Documents alone, which the list of families may hold, are no families.
    let families = joined.families.count { $0.members.count > 1 }
    Console.line(
      "sidik: \(Console.counted(joined.documents.count, "document", "documents")), "
        + Console.counted(families, "family", "families")
    )
  }
}
