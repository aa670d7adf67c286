import ArgumentParser
import Sidik

/// `sidik spans`: documents in, the passages that stand more than once out.
struct SpansCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spans",
    abstract: "Find the passages that stand more than once, and take them out.",
    discussion: """
      Writes one line a passage with its two places in the original texts, within a document or \
      across documents. Every run of --min-words equal words that stands in two places is found; \
      wording that was changed is found where equal words, or rare words near each other, lead \
      to it. --count lists equal passages by how many documents have them.

      --strip and --mask give the records back without the later places of each passage, or with \
      a marker in their stead; --removed lists what was taken.

      Examples:
        sidik spans pages.jsonl
        sidik spans --exact --min-words 50 --format csv corpus.jsonl.zst
        sidik spans --within --format table page.txt
        sidik spans --count --format table factchecks.jsonl
        sidik spans --strip --unit line --removed lines.jsonl -o clean.jsonl scrape.jsonl
      """
  )

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Parameters") var normaliser: NormaliserArguments
  @OptionGroup(title: "Parameters") var keys: KeyArguments
  @OptionGroup(title: "Output") var output: OutputArguments
  @OptionGroup(title: "Running") var run_: RunArguments
  @OptionGroup(title: "Parameters") var search: SpanArguments

  @Flag(help: "List equal passages with the documents that have them, most first.")
  var count = false

  @Option(help: "With --count: places in which a passage stands, at least.")
  var minCount = 2

  @Flag(help: "Give the records back without the later places of each passage.")
  var strip = false

  @Flag(help: "Give the records back with a marker in place of the later places.")
  var mask = false

  @Option(help: "With --mask: the marker.")
  var marker = "[...]"

  @Option(
    help: ArgumentHelp(
      "With --strip or --mask: write the passages here, with their wording.",
      valueName: "file"
    ),
    completion: .file()
  )
  var removed: String?

  @Flag(help: "Write the wording of both places too.")
  var withText = false

  @Flag(help: "Write how the wording of both places differs, word for word: JSON Lines only.")
  var diff = false

  @Option(help: "How places are counted: characters (Unicode scalars) or utf8 (bytes).")
  var offsets: OffsetUnit = .characters

  @Option(help: "Format of the passages: jsonl, csv, tsv or table.")
  var format: ResultFormat = .jsonl

  private var rewrites: Bool { strip || mask }

  func validate() throws {
    try search.check()
    guard minCount >= 2 else { throw ValidationError("--min-count takes a number from 2 on.") }
    guard [count, strip, mask].count(where: { $0 }) <= 1 else {
      throw ValidationError("--count, --strip and --mask exclude each other.")
    }
    guard removed == nil || rewrites else {
      throw ValidationError("--removed goes with --strip or --mask.")
    }
    guard !diff || format == .jsonl && !count else {
      throw ValidationError("--diff goes with passages as --format jsonl.")
    }
    guard !(count && search.across) else {
      throw ValidationError("--count counts all places; leave --across out.")
    }
  }

  func run() async throws {
    try output.requireDistinct([removed, input.quarantine])
    let session = try Session(
      input,
      (try normaliser.resolved(), try keys.resolved()),
      run_,
      output: output,
      keepsStandardInput: rewrites
    )
    if rewrites { try session.reader.requireOneFormat() }
    let configuration = search.configuration(session.configuration)
    let file = try output.open(output.output, besides: session.reader)
    let list = try removed.map { try output.open($0, besides: session.reader) }
    let finder = SpanFinder(configuration)
    let result =
      try await count
      ? finder.count(session.reader, least: minCount) : finder.run(session.reader)
    try session.report(result.problems, result.statistics)
    let provenance = Provenance(configuration)
    if rewrites {
      try rewrite(result, session, to: file)
      try list.map { try write(result, session, provenance, to: $0) }
    } else if count {
      try SpanCountWriter(result, provenance: provenance, offsets: offsets)
        .write(as: format, width: Console.width(of: 1), to: file)
      try file.finish()
      summarise(
        result,
        session,
        "that \(result.counts.count == 1 ? "stands" : "stand") in several places"
      )
    } else {
      try write(result, session, provenance, to: file)
      summarise(result, session, nil)
    }
    try session.finish(result.statistics)
  }

  private func write(
    _ result: SpanResult,
    _ session: Session,
    _ provenance: Provenance,
    to file: OutputFile
  ) throws {
    try SpanWriter(
      result,
      provenance: provenance,
      offsets: offsets,
      showsText: withText || rewrites,
      words: diff ? WordReader(session.configuration.profile.normaliser) : nil
    ).write(as: format, width: Console.width(of: 1), to: file)
    try file.finish()
  }

  private func rewrite(_ result: SpanResult, _ session: Session, to file: OutputFile) throws {
    let stripper = SpanStripper(
      result,
      marker: mask ? Array(marker.utf8) : nil,
      leavesOutQuarantined: input.quarantine != nil
    )
    try stripper.write(session.reader.secondPass(), to: file)
    let (bytes, documents) = stripper.taken
    summarise(
      result,
      session,
      "; \(bytes) bytes taken out of \(Console.counted(documents, "document", "documents"))"
    )
  }

  private func summarise(_ result: SpanResult, _ session: Session, _ more: String?) {
    let found = count ? result.counts.count : result.spans.count
    session.summary(
      "\(Console.counted(result.statistics.documents, "document", "documents")), "
        + Console.counted(found, "passage", "passages") + (count ? " " : "") + (more ?? "")
        + Session.setAside(result.statistics)
    )
  }
}
