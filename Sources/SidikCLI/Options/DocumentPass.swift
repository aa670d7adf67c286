import ArgumentParser
import Sidik

/// One pass over documents that need no other to be understood: `normalize` and `sketch`.
struct DocumentPass {
  let reader: InputReader
  private let isQuiet: Bool
  private let quarantine: QuarantineFile?

  /// Resolves the options; nothing has been read yet.
  init(_ input: InputArguments, output: OutputArguments, isQuiet: Bool) throws {
    try output.requireDistinct([input.quarantine])
    reader = try InputReader(
      input.resolved(keepsStandardInput: input.quarantine != nil, temporaryFolder: nil)
    )
    self.isQuiet = isQuiet
    quarantine = try input.quarantine.map { [reader] path in
      QuarantineFile(try output.open(path, besides: reader))
    }
  }

  /// Reads to the end, writes what `body` makes of each batch, and says what was wrong.
  ///
  /// Ends with the code of set-aside records where there were any.
  func run(to file: OutputFile, _ body: (DocumentBatch) throws -> Void) throws {
    var batch = DocumentBatch()
    var problems = ProblemReport()
    while let chunk = try reader.nextChunk() {
      try chunk.parse(into: &batch)
      problems.add(batch.problems)
      try body(batch)
      try file.flush()
    }
    try finish(file, problems)
  }

  /// The same for work that takes several threads.
  ///
  /// - Parameters:
  ///   - file: receives what is written.
  ///   - body: takes each batch.
  ///   - last: is run when all is read, before anything is said.
  /// - Throws: what reading, `body` or `last` throws; the code of set-aside records.
  func stream(
    to file: OutputFile,
    _ body: (DocumentBatch) async throws -> Void,
    last: () throws -> Void = {}
  ) async throws {
    var batch = DocumentBatch()
    var problems = ProblemReport()
    while let chunk = try reader.nextChunk() {
      try chunk.parse(into: &batch)
      problems.add(batch.problems)
      try await body(batch)
      try file.flush()
    }
    try last()
    try finish(file, problems)
  }

  private func finish(_ file: OutputFile, _ problems: ProblemReport) throws {
    try file.finish()
    if !isQuiet { for line in InputNote.lines(reader.notes) { Console.line("sidik: " + line) } }
    problems.write(isQuiet: isQuiet, isKept: quarantine != nil)
    try quarantine?.write(reader)
    if problems.quarantined > 0 { throw ExitCode(ExitStatus.quarantined) }
  }
}
