import ArgumentParser
import Sidik

/// One run of a batch command: reader, configuration, messages, exit code.
struct Session {
  let reader: InputReader
  let configuration: PipelineConfiguration
  let progress: ProgressLine
  private let isQuiet: Bool
  private let quarantine: QuarantineFile?

  /// Resolves the options; nothing has been read yet.
  init(
    _ input: InputArguments,
    _ profile: ProfileArguments,
    _ run: RunArguments,
    output: OutputArguments,
    fields: (inout FieldMapping) -> Void = { _ in },
    keepsStandardInput: Bool = false
  ) throws {
    var options = try input.resolved(
      keepsStandardInput: keepsStandardInput || input.quarantine != nil,
      temporaryFolder: run.tempDir
    )
    fields(&options.fields)
    let reader = try InputReader(options)
    self.reader = reader
    let progress = ProgressLine(run.progress, isQuiet: run.quiet) {
      let (done, total) = reader.bytesRead
      return total.map { Double(done) / Double(max(1, $0)) }
    }
    self.progress = progress
    isQuiet = run.quiet
    configuration = PipelineConfiguration(
      profile: try profile.resolvedProfile(),
      keys: try profile.resolvedKeys(),
      threads: try run.resolvedThreads(),
      temporaryFolder: run.tempDir,
      progress: { progress.show($0) }
    )
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
    let set = problems.filter { $0.isQuarantined }
    if statistics.repairedBytes > 0 || problems.count > set.count, !isQuiet {
      Console.warning(Self.repairs(problems, statistics.repairedBytes))
    }
    for problem in set.prefix(20) {
      Console.warning(
        "\(problem.file):\(problem.line): byte \(problem.offset): \(problem.reason); set aside"
      )
    }
    if set.count > 20 {
      let where_ = quarantine == nil ? " (--quarantine FILE keeps them all)" : ""
      Console.warning("and \(set.count - 20) more records set aside\(where_)")
    }
    try quarantine?.write(reader)
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

  private static func repairs(_ problems: [RecordProblem], _ bytes: Int) -> String {
    let repaired = problems.filter { !$0.isQuarantined }
    guard let first = repaired.first else {
      return "\(bytes) bytes of texts were no UTF-8; each became a word break"
    }
    return
      "\(repaired.count) records were repaired, the first at \(first.file):\(first.line): "
      + "byte \(first.offset): \(first.reason)"
  }
}

extension RecordProblem {
  /// Whether the record was set aside.
  var isQuarantined: Bool {
    if case .quarantined = outcome { true } else { false }
  }
}

/// Where records that were set aside are kept: one JSON object a record.
final class QuarantineFile {
  private let output: OutputFile

  init(_ output: OutputFile) { self.output = output }

  /// Goes through the inputs once more and writes what was set aside.
  func write(_ reader: InputReader) throws {
    var isOpen = false
    try RecordFilter(reader.secondPass()).forEach { record in
      if record.isContinuation { return }
      guard let problem = record.problem else { return }
      isOpen = true
      var json = JSONWriter()
      json.beginObject()
      json.member("file", problem.file)
      json.member("line", problem.line)
      json.member("offset", problem.offset)
      json.member("reason", problem.reason)
      json.key("record")
      json.string(utf8: record.chunk.original(record.range))
      json.endObject()
      json.endLine()
      try output.write(json.bytes)
    }
    _ = isOpen
    try output.finish()
  }
}
