internal import SidikCore

/// The documents of one chunk: their fields, and their original texts.
struct SpanDocuments: Sendable {
  /// Their fields stand in `fields`, their texts in `texts`.
  var entries: [DocumentBatch.Entry] = []
  var fields: [UInt8] = []
  /// Original texts end to end.
  var texts: [UInt8] = []
  /// Characters of each text that are compared.
  var scalars: [Int] = []
  var problems: [RecordProblem] = []
  var repairedBytes = 0
}

/// Takes the documents of chunks in order: texts to disk, the rest to tables.
final class SpanIntake {
  private let configuration: PipelineConfiguration
  private let spool: Spool
  private(set) var documents = DocumentTable()
  private(set) var problems: [RecordProblem] = []
  private var numbers = RunStatistics()

  init(_ configuration: PipelineConfiguration) throws {
    self.configuration = configuration
    spool = try Spool(folder: configuration.temporaryFolder)
  }

  /// Takes the next documents.
  func take(_ chunk: SpanDocuments) throws {
    let offset = try spool.append(chunk.texts)
    for (entry, scalars) in zip(chunk.entries, chunk.scalars) {
      let row = DocumentTable.Row(
        textOffset: offset + entry.text.lowerBound,
        textLength: entry.text.count,
        scalars: scalars,
        digest: ExactDigest(high: 0, low: 0)
      )
      documents.append(
        row,
        id: chunk.fields[entry.id],
        source: entry.source.map { chunk.fields[$0] },
        author: nil,
        time: entry.time.map { chunk.fields[$0] }
      )
    }
    problems += chunk.problems
    numbers.textBytes += chunk.texts.count
    numbers.repairedBytes += chunk.repairedBytes
    configuration.progress(PipelineProgress(stage: .sketch, done: documents.count, total: nil))
  }

  /// The original texts: all stay mapped, as they are read in order.
  func texts() throws -> SpoolMap { try spool.map(window: .max) }

  /// The numbers that are known once all is read.
  var statistics: RunStatistics {
    var statistics = numbers
    statistics.documents = documents.count
    statistics.quarantined = problems.count(where: \.isQuarantined)
    statistics.emptyDocuments = documents.rows.count { $0.scalars == 0 }
    return statistics
  }
}

/// One thread's tools for reading documents whose passages are looked for.
final class SpanReader {
  private var normaliser: Normaliser
  private let defaultSource: [UInt8]?
  private var batch = DocumentBatch()
  private var normalised = NormalisedText()

  init(_ configuration: PipelineConfiguration) {
    normaliser = Normaliser(configuration.profile.normaliser)
    defaultSource = configuration.defaultSource.map { Array($0.utf8) }
  }

  /// Reads a chunk.
  ///
  /// - Parameters:
  ///   - chunk: records.
  ///   - body: takes the number and the original text of each document; texts that it
  ///     normalises are the documents' own.
  /// - Returns: the documents.
  /// - Throws: what parsing throws.
  func read(
    _ chunk: any DocumentChunk,
    _ body: (_ document: Int, _ text: UnsafeBufferPointer<UInt8>) -> Void
  ) throws -> SpanDocuments {
    try chunk.parse(into: &batch)
    var output = SpanDocuments()
    output.problems = batch.problems
    output.texts.reserveCapacity(batch.bytes.count)
    for (number, entry) in batch.entries.enumerated() {
      let start = output.texts.count
      (scalars, repairedBytes) = (0, 0)
      // The batch is lent while `body` uses the normaliser beside it.
      let bytes = batch.bytes
      unsafe bytes.withUnsafeBufferPointer { bytes in
        let raw = unsafe UnsafeBufferPointer(rebasing: bytes[entry.text])
        unsafe output.texts.append(contentsOf: raw)
        unsafe body(number, raw)
      }
      output.scalars.append(scalars)
      output.repairedBytes += repairedBytes
      keep(entry, at: start..<output.texts.count, in: &output)
    }
    return output
  }

  /// What was normalised of the document that is read.
  private var scalars = 0
  private var repairedBytes = 0

  /// Gives a text of the document, or a part of it, as it is compared.
  func normalise<Result>(
    _ text: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>, _ words: Int) -> Result
  ) -> Result {
    unsafe normaliser.normalise(text, trackOffsets: false, into: &normalised)
    scalars += normalised.bytes.isEmpty ? 0 : normalised.scalarCount
    repairedBytes += normalised.repairedBytes
    return unsafe normalised.bytes.withUnsafeBufferPointer {
      unsafe body($0, normalised.wordCount)
    }
  }

  /// Copies the short fields of a document.
  private func keep(
    _ entry: DocumentBatch.Entry,
    at text: Range<Int>,
    in output: inout SpanDocuments
  ) {
    func copy(_ bytes: ArraySlice<UInt8>) -> Range<Int> {
      let start = output.fields.count
      output.fields += bytes
      return start..<output.fields.count
    }
    var copied = entry
    copied.text = text
    copied.id = copy(batch.bytes[entry.id])
    copied.source = entry.source.map { copy(batch.bytes[$0]) }
    if let defaultSource, copied.source?.isEmpty ?? true {
      copied.source = copy(defaultSource[...])
    }
    copied.time = entry.time.map { copy(batch.bytes[$0]) }
    output.entries.append(copied)
  }
}
