import Glibc
import Sidik

/// The records of one run of `filter`, from the input to the output and the index.
final class FilterRun {
  /// What was asked for.
  struct Settings {
    var adds: Bool
    var tags: Bool
    var loosest: Level
    var window: ClosedRange<Int64>?
    /// Nil takes the clock's.
    var now: Int64?
    var flushEvery: Int
  }

  /// Documents so far.
  private(set) var documents = 0
  /// Of them known.
  private(set) var known = 0
  private(set) var problems = ProblemReport()

  private let indexes: [OpenIndex]
  private let settings: Settings
  private let writer: IndexWriter?
  private var snapshots: [IndexSnapshot]
  private let output: OutputFile
  private let records: RecordWriter
  private let answers: MatchWriter
  private var unsettled = 0

  init(_ indexes: [OpenIndex], settings: Settings) throws {
    self.indexes = indexes
    self.settings = settings
    writer = try settings.adds ? indexes[0].writer() : nil
    snapshots = try writer.map { [$0.snapshot] } ?? indexes.map { try $0.snapshot() }
    output = try OutputFile.open("-")
    records = RecordWriter(output, annotates: settings.tags)
    answers = MatchWriter(indexes)
  }

  /// Takes all records of a reader.
  func run(_ reader: InputReader, isLive: Bool) async throws {
    let stream = RecordStream(reader)
    var batch = DocumentBatch()
    while let chunk = try stream.next(into: &batch) {
      // What stands after the last line feed when the program is asked to end is half a record.
      if Interruption.isAsked, isLive, chunk.first?.chunk.bytes.last != 10 { break }
      problems.add(batch.problems)
      try await take(chunk, batch)
      if isLive { try output.flush() }
      if unsettled >= settings.flushEvery { try settle() }
      if Interruption.isAsked { break }
    }
    try output.flush()
    try settle()
    try records.finish(reader)
  }

  /// Makes durable what was learnt, after the records have gone on; sees what others have added.
  func settle() throws {
    if unsettled > 0 || writer == nil {
      try output.flush()
      try writer?.commit()
    }
    snapshots = try writer.map { [$0.snapshot] } ?? snapshots.map { try $0.refreshed() }
    unsettled = 0
  }

  private func take(_ chunk: [FilteredRecord], _ batch: DocumentBatch) async throws {
    let sketches = try await IndexMatcher.sketch(batch, for: indexes)
    let now = settings.now ?? Int64(Glibc.time(nil))
    var document = 0
    for record in chunk {
      guard record.ordinal != nil else {
        try records.write(record)
        continue
      }
      let texts = sketches.map { $0[document] }
      document += 1
      try take(record, texts, now)
    }
  }

  private func take(_ record: FilteredRecord, _ texts: [SketchedText], _ now: Int64) throws {
    let matches = try IndexMatcher.matches(texts, indexes, snapshots, settings.window, most: .max)
    let match = matches.first { $0.level.map { $0 <= settings.loosest } ?? true }
    documents += 1
    if match != nil { known += 1 }
    if settings.tags {
      try records.write(record, annotation: answers.annotation(match))
    } else if match == nil {
      try records.write(record)
    }
    guard match == nil, let writer else { return }
    try writer.add(texts[0].stored(now: now))
    unsettled += 1
    // A full segment may have been committed.
    snapshots = [writer.snapshot]
    if unsettled >= settings.flushEvery { try settle() }
  }
}
