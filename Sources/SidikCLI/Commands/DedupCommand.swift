import ArgumentParser
import Sidik

/// `sidik dedup`: records in, the same records out without their later copies.
struct DedupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dedup",
    abstract: "Give the records back without copies, or with a note of what each is a copy of.",
    discussion: """
      Kept records come back in order and byte for byte, in their own format and encoding. Each \
      record that is left out was compared with one that stays. Records that could not be read \
      stay where they are, unless --quarantine takes them. Running it on its own output removes \
      nothing.

      Examples:
        sidik dedup posts.jsonl > unique.jsonl
        sidik dedup --keep earliest --removed copies.jsonl -o new.csv scrape.csv
        sidik dedup --annotate posts.jsonl | grep '"kept":false'
        sidik dedup --check posts.jsonl > /dev/null || echo "there are copies"
      """
  )

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Parameters") var profile: ProfileArguments
  @OptionGroup(title: "Parameters") var feedback: LinkArguments
  @OptionGroup(title: "Output") var output: OutputArguments
  @OptionGroup(title: "Running") var run_: RunArguments
  @OptionGroup(title: "Running") var memory: MemoryArguments
  @OptionGroup(title: "Running") var resume: ResumeArguments

  @Option(
    help: """
      Which of several copies stays: first, earliest, longest, best:FIELD (the highest number in \
      a field) or source:LIST (the first source of a list).
      """
  )
  var keep = "first"

  @Option(help: "Remove copies up to this level: exact, copy, variant or excerpt.")
  var level: RemovableLevel = .variant

  @Flag(help: "Keep every record and add a field sidik that says what it is.")
  var annotate = false

  @Option(
    help: ArgumentHelp(
      "Write what was removed here, with the id of its keeper.",
      valueName: "file"
    ),
    completion: .file()
  )
  var removed: String?

  @Option(
    help: ArgumentHelp("Write the numbers of the run here as JSON.", valueName: "file"),
    completion: .file()
  )
  var stats: String?

  @Flag(help: "End with code 1 where copies were found.")
  var check = false

  func validate() throws {
    guard KeepPolicy(keep) != nil else {
      throw ValidationError(
        "--keep takes first, earliest, longest, best:FIELD or source:LIST, not '\(keep)'."
      )
    }
  }

  func run() async throws {
    let policy = KeepPolicy(keep) ?? .first
    try output.requireDistinct([removed, stats, input.quarantine])
    let links = try feedback.resolved()
    let session = try Session(
      input,
      profile,
      run_,
      output: output,
      memory: memory,
      links: links?.list,
      fields: { if case .best(let field) = policy { $0.author = field } },
      keepsStandardInput: true,
      numbersRows: ParquetConverter.isParquet(output.output)
    )
    try session.reader.requireOneFormat(annotates: annotate)
    let parquet = try parquetOutput()
    let outputs = try (
      records: output.open(parquet?.path ?? output.output, besides: session.reader, links?.reader),
      removed: removed.map { try output.open($0, besides: session.reader, links?.reader) },
      stats: stats.map { try output.open($0, besides: session.reader, links?.reader) }
    )
    let documents = try await ResumableSource(resume, session)
    let result = try await Deduplication(session.configuration, keep: policy, loosest: level.level)
      .run(documents.source)
    try session.report(result.problems, result.statistics)
    warnOfNoPreference(policy, result.documents, session)
    let writer = DedupWriter(
      result,
      provenance: Provenance(session.configuration),
      annotates: annotate,
      leavesOutQuarantined: input.quarantine != nil
    )
    func write() throws {
      try writer.write(session.reader.secondPass(), to: outputs.records, removed: outputs.removed)
    }
    if let parquet {
      try parquet.write(write)
      try parquet.finish()
    } else {
      try write()
    }
    if let file = outputs.stats {
      let writer = StatisticsWriter(session.configuration, notes: session.reader.notes)
      try file.write(writer.json(result.statistics))
      try file.finish()
    }
    documents.finish()
    let copies = result.decisions.count { !$0.isKept }
    session.summary(
      "\(Console.counted(result.documents.count, "document", "documents")), \(result.documents.count - copies) kept, "
        + "\(copies) \(annotate ? "marked as copies" : "removed")"
        + (result.statistics.quarantined == 0
          ? ""
          : Session.setAside(result.statistics)
            + (input.quarantine == nil ? " but given back in place" : ""))
    )
    try session.finish(
      result.statistics,
      otherwise: check && copies > 0 ? ExitStatus.duplicatesPresent : ExitStatus.done
    )
  }

  /// What writes Parquet, where the output is to be that: rows are taken from the one input again.
  private func parquetOutput() throws -> ParquetOutput? {
    guard ParquetConverter.isParquet(output.output) else { return nil }
    guard input.inputs.count == 1, let only = input.inputs.first, ParquetConverter.isParquet(only)
    else {
      throw SidikError(
        .usage,
        "Parquet is written from one Parquet file: its rows, with their columns",
        file: output.output
      )
    }
    return try ParquetOutput(
      output.output,
      from: only,
      annotates: annotate,
      force: output.force
    )
  }

  /// Says so where the preference found nothing to go by, as with a misspelt field.
  private func warnOfNoPreference(
    _ policy: KeepPolicy,
    _ documents: DocumentTable,
    _ session: Session
  ) {
    guard documents.count > 0, !documents.hasPreference(policy) else { return }
    session.warn("--keep \(keep) found nothing to go by in any document; the first copy stays")
  }
}
