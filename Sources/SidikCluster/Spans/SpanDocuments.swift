internal import SidikCore

/// The documents of one chunk: their fields, and their original texts.
struct SpanDocuments: Sendable {
  /// Their fields stand in `fields`, their texts in `texts`.
  var entries: [DocumentBatch.Entry] = []
  var fields: [UInt8] = []
  /// Original texts end to end.
  var texts: [UInt8] = []
  /// Characters of each normalised text.
  var scalars: [Int] = []
  var problems: [RecordProblem] = []
  var repairedBytes = 0

  /// Appends the documents to a table.
  ///
  /// - Parameters:
  ///   - table: receives them.
  ///   - offset: where their texts stand in the spool.
  func append(to table: inout DocumentTable, at offset: Int) {
    for (entry, scalars) in zip(entries, scalars) {
      let row = DocumentTable.Row(
        textOffset: offset + entry.text.lowerBound,
        textLength: entry.text.count,
        scalars: scalars,
        digest: ExactDigest(high: 0, low: 0),
        repeats: 0,
        source: -1,
        author: -1
      )
      table.append(
        row,
        id: fields[entry.id],
        source: entry.source.map { fields[$0] },
        author: nil,
        time: entry.time.map { fields[$0] }
      )
    }
  }
}

/// One thread's tools for reading documents whose passages are looked for.
final class SpanReader {
  private var normaliser: Normaliser
  private let defaultSource: [UInt8]?
  private let extractor: FeatureExtractor
  private var batch = DocumentBatch()
  private var normalised = NormalisedText()

  init(_ configuration: PipelineConfiguration) {
    normaliser = Normaliser(configuration.profile.normaliser)
    extractor = FeatureExtractor(unit: .words(1), keys: configuration.keys)
    defaultSource = configuration.defaultSource.map { Array($0.utf8) }
  }

  /// Reads a chunk.
  ///
  /// - Parameters:
  ///   - chunk: records.
  ///   - body: takes the number and the original text of each document.
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
      // The batch is lent while `body` uses the normaliser beside it.
      let bytes = batch.bytes
      unsafe bytes.withUnsafeBufferPointer { bytes in
        let raw = unsafe UnsafeBufferPointer(rebasing: bytes[entry.text])
        unsafe output.texts.append(contentsOf: raw)
        let repaired = output.repairedBytes
        unsafe normalise(raw)
        output.repairedBytes = repaired + normalised.repairedBytes
        output.scalars.append(normalised.bytes.isEmpty ? 0 : normalised.scalarCount)
        unsafe body(number, raw)
      }
      keep(entry, at: start..<output.texts.count, in: &output)
    }
    return output
  }

  private func normalise(_ text: UnsafeBufferPointer<UInt8>) {
    unsafe normaliser.normalise(text, trackOffsets: false, into: &normalised)
  }

  /// The hashes of the words of the document that is read.
  func withWords(_ body: (UnsafeBufferPointer<UInt64>) -> Void) {
    unsafe normalised.bytes.withUnsafeBufferPointer { unsafe body(extractor.words($0)) }
  }

  /// What a part of a text says after normalisation, and in how many words.
  func digest(_ part: UnsafeBufferPointer<UInt8>, _ keys: HashKeys) -> (ExactDigest, Int) {
    unsafe normalise(part)
    return unsafe normalised.bytes.withUnsafeBufferPointer { text in
      unsafe (ExactDigest(text, keys: keys), normalised.wordCount)
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
