import ArgumentParser
import Sidik

/// One run of a batch command: reader, configuration, messages, exit code.
struct Session {
  let reader: InputReader
  var configuration: PipelineConfiguration
  let progress: ProgressLine
  private let isQuiet: Bool
  private let quarantine: QuarantineFile?

  /// Resolves the options; nothing has been read yet.
  init(
    _ input: InputArguments,
    _ profile: ProfileArguments,
    _ run: RunArguments,
    output: OutputArguments,
    related: RelatedArguments? = nil,
    memory: MemoryArguments? = nil,
    links: LinkList? = nil,
    fields: (inout FieldMapping) -> Void = { _ in },
    keepsStandardInput: Bool = false,
    numbersRows: Bool = false
  ) throws {
    var resolved = try profile.resolvedProfile()
    try related?.apply(to: &resolved)
    try self.init(
      input,
      (resolved, try profile.keys.resolved()),
      run,
      output: output,
      memory: memory,
      links: links,
      defaultSource: profile.boilerplate.defaultSource,
      fields: fields,
      keepsStandardInput: keepsStandardInput,
      numbersRows: numbersRows
    )
  }

  /// Resolves the options of a run whose parameters are known.
  init(
    _ input: InputArguments,
    _ parameters: (profile: Profile, keys: HashKeys),
    _ run: RunArguments,
    output: OutputArguments,
    memory: MemoryArguments? = nil,
    links: LinkList? = nil,
    defaultSource: String? = nil,
    fields: (inout FieldMapping) -> Void = { _ in },
    keepsStandardInput: Bool = false,
    numbersRows: Bool = false
  ) throws {
    var options = try input.resolved(
      keepsStandardInput: keepsStandardInput || input.quarantine != nil,
      temporaryFolder: run.tempDir
    )
    fields(&options.fields)
    if numbersRows { options.converter = ParquetConverter(numbersRows: true) }
    let reader = try InputReader(options)
    self.reader = reader
    let progress = ProgressLine(run.progress, isQuiet: run.quiet) {
      let (done, total) = reader.bytesRead
      return total.map { Double(done) / Double(max(1, $0)) }
    }
    self.progress = progress
    isQuiet = run.quiet
    var configuration = PipelineConfiguration(
      profile: parameters.profile,
      keys: parameters.keys,
      threads: try run.resolvedThreads(),
      temporaryFolder: run.tempDir,
      memory: try memory?.resolved(),
      links: links,
      progress: { progress.show($0) }
    )
    configuration.defaultSource = defaultSource
    self.configuration = configuration
    quarantine = try input.quarantine.map { path in
      QuarantineFile(try output.open(path, besides: reader))
    }
  }

  /// Says what was read and what was wrong with it, and writes the quarantine file.
  func report(_ problems: [RecordProblem], _ statistics: RunStatistics) throws {
    progress.finish()
    if !isQuiet {
      for line in InputNote.lines(reader.notes) { Console.line("sidik: " + line) }
    }
    var report = ProblemReport()
    report.add(problems)
    report.write(
      repairedBytes: statistics.repairedBytes,
      isQuiet: isQuiet,
      isKept: quarantine != nil
    )
    try quarantine?.write(reader)
    if let links = statistics.links { summary(links.summary) }
  }

  /// The code of a run that has finished.
  func finish(_ statistics: RunStatistics, otherwise code: Int32 = ExitStatus.done) throws {
    if statistics.quarantined > 0 { throw ExitCode(ExitStatus.quarantined) }
    if code != ExitStatus.done { throw ExitCode(code) }
  }

  /// One line that says what came of it.
  func summary(_ text: String) {
    if !isQuiet { Console.line("sidik: " + text) }
  }

  /// How many records are not among the documents, for a summary.
  static func setAside(_ statistics: RunStatistics) -> String {
    guard statistics.quarantined > 0 else { return "" }
    return "; \(Console.counted(statistics.quarantined, "record", "records")) set aside"
  }

  /// One line that something asked for may not be what came of it.
  func warn(_ text: String) {
    if !isQuiet { Console.warning(text) }
  }
}
