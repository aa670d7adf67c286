internal import SidikCore
internal import SidikIndex
internal import SidikPassages

/// Stage one: chunks of records in, sketched documents out, in input order.
struct SketchStage {
  let configuration: PipelineConfiguration

  /// What a stage-one run leaves.
  struct Output {
    var corpus: Corpus
    var problems: [RecordProblem]
    var repairedBytes: Int
    var textBytes: Int

    /// The numbers that are known after stage one.
    var statistics: RunStatistics {
      var statistics = RunStatistics()
      let rows = corpus.documents.rows
      statistics.documents = rows.count
      statistics.textBytes = textBytes
      statistics.repairedBytes = repairedBytes
      statistics.quarantined = problems.count(where: \.isQuarantined)
      statistics.repeatingDocuments = rows.count { $0.repeats >= Pipeline.repeatingShare }
      statistics.emptyDocuments = rows.count { $0.scalars == 0 }
      return statistics
    }
  }

  /// Sketches all documents of a source.
  ///
  /// At most `threads` chunks are worked on at once and at most four times as many wait to be
  /// taken in order, so memory is bounded whatever the input.
  func run(_ source: any DocumentSource) async throws -> Output {
    let intake = try Intake(configuration)
    try await run(source) {
      $0
    } take: {
      try intake.take($0)
    }
    return try intake.finish()
  }

  /// Sketches all documents of a source and gives what is made of them.
  ///
  /// - Parameters:
  ///   - source: where documents come from.
  ///   - finish: makes something of a sketched chunk, on the thread that sketched it.
  ///   - take: takes what was made, in input order.
  /// - Throws: what reading, sketching, `finish` or `take` throws.
  func run<Part: Sendable>(
    _ source: any DocumentSource,
    finish: @escaping @Sendable (SketchedChunk) throws -> Part,
    take: (Part) throws -> Void
  ) async throws {
    try await OrderedChunks.map(
      source,
      threads: max(1, configuration.threads),
      makeWorker: { [configuration] in SketchWorker(configuration) },
      work: { worker, chunk in try finish(worker.sketch(chunk)) },
      take: take
    )
  }
}

/// The documents of one chunk, sketched.
struct SketchedChunk: Sendable {
  /// One document: its fields stand in `batch`.
  struct Document: Sendable {
    var row: DocumentTable.Row
    var entry: DocumentBatch.Entry
  }

  /// The documents, in order; their text offsets are relative to `texts`.
  var documents: [Document] = []
  /// The fields of the entries.
  var fields: [UInt8] = []
  /// Normalised texts end to end.
  var texts: [UInt8] = []
  /// 128 slots a document.
  var signatures: [UInt32] = []
  var problems: [RecordProblem] = []
  var repairedBytes = 0
  var textBytes = 0
}

/// One thread's tools for stage one.
final class SketchWorker {
  private var normaliser: Normaliser
  private let extractor: FeatureExtractor
  private let minHash: OnePermutationMinHash
  private let repetition: RepetitionFinder
  private let keys: HashKeys
  private let defaultSource: [UInt8]?
  private let shard: Shard?
  private var batch = DocumentBatch()
  private var normalised = NormalisedText()

  init(_ configuration: PipelineConfiguration) {
    keys = configuration.keys
    shard = configuration.shard
    defaultSource = configuration.defaultSource.map { Array($0.utf8) }
    normaliser = Normaliser(configuration.profile.normaliser)
    extractor = FeatureExtractor(unit: configuration.profile.unit, keys: keys)
    minHash = OnePermutationMinHash(permutationSeed: keys.permutationSeed)
    repetition = RepetitionFinder(keys: keys)
  }

  func sketch(_ chunk: any DocumentChunk) throws -> SketchedChunk {
    if let chunk = chunk as? ShardChunk { return try chunk.sketched(defaultSource: defaultSource) }
    batch.removeAll()
    try chunk.parse(into: &batch)
    if let shard {
      batch.entries = unsafe batch.bytes.withUnsafeBufferPointer { bytes in
        batch.entries.filter {
          unsafe shard.takes(UnsafeBufferPointer(rebasing: bytes[$0.text]))
        }
      }
    }
    var output = SketchedChunk()
    output.problems = batch.problems
    output.documents.reserveCapacity(batch.entries.count)
    output.texts.reserveCapacity(batch.bytes.count)
    output.signatures = [UInt32](
      repeating: OnePermutationMinHash.emptySlot,
      count: batch.entries.count * OnePermutationMinHash.slots
    )
    for (index, entry) in batch.entries.enumerated() {
      sketch(entry, at: index, into: &output)
    }
    return output
  }

  private func sketch(_ entry: DocumentBatch.Entry, at index: Int, into output: inout SketchedChunk)
  {
    unsafe batch.bytes.withUnsafeBufferPointer { bytes in
      let raw = unsafe UnsafeBufferPointer(rebasing: bytes[entry.text])
      unsafe normaliser.normalise(raw, trackOffsets: false, into: &normalised)
      output.repairedBytes += normalised.repairedBytes
      output.textBytes += raw.count
      let isEmpty = normalised.bytes.isEmpty
      var row = DocumentTable.Row(
        textOffset: output.texts.count,
        textLength: 0,
        scalars: isEmpty ? 0 : normalised.scalarCount,
        digest: ExactDigest(high: 0, low: 0)
      )
      if isEmpty {
        // Nothing left to compare: signs are equal only to their like, byte for byte, and blanks
        // to nothing at all.
        let raw = unsafe isBlank(raw) ? UnsafeBufferPointer(rebasing: raw[..<0]) : raw
        row.digest = unsafe ExactDigest(raw, keys: HashKeys(seed: 0))
        row.textLength = raw.count
        unsafe output.texts.append(contentsOf: raw)
      } else {
        row.textLength = normalised.bytes.count
        output.texts.append(contentsOf: normalised.bytes)
        unsafe normalised.bytes.withUnsafeBufferPointer { text in
          unsafe measure(text, &row, index, &output.signatures)
        }
      }
      output.documents.append(.init(row: row, entry: fields(of: entry, into: &output)))
    }
  }

  /// Whether a text shows nothing: spaces, controls, invisible characters.
  private func isBlank(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    unsafe String(decoding: text, as: UTF8.self).unicodeScalars.allSatisfy { scalar in
      scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
        || scalar.properties.generalCategory == .format
    }
  }

  private func measure(
    _ text: UnsafeBufferPointer<UInt8>,
    _ row: inout DocumentTable.Row,
    _ index: Int,
    _ signatures: inout [UInt32]
  ) {
    row.digest = unsafe ExactDigest(text, keys: keys)
    let features = unsafe extractor.sequence(text) { words in
      // As outputs hold it: what is made from saved edges decides by the same number.
      row.repeats = unsafe Float(EdgeWeights.rounded(repetition.find(words: words).share))
    }
    unsafe signatures.withUnsafeMutableBufferPointer { slots in
      guard let base = slots.baseAddress else { return }
      unsafe minHash.sign(features, into: base + index * OnePermutationMinHash.slots)
    }
  }

  /// Copies the short fields; the text stays behind.
  private func fields(
    of entry: DocumentBatch.Entry,
    into output: inout SketchedChunk
  )
    -> DocumentBatch.Entry
  {
    func copy(_ range: Range<Int>) -> Range<Int> {
      let start = output.fields.count
      output.fields += batch.bytes[range]
      return start..<output.fields.count
    }
    var copied = entry
    copied.text = 0..<0
    copied.id = copy(entry.id)
    copied.source = entry.source.map(copy)
    if let defaultSource, copied.source?.isEmpty ?? true {
      let start = output.fields.count
      output.fields += defaultSource
      copied.source = start..<output.fields.count
    }
    copied.author = entry.author.map(copy)
    copied.time = entry.time.map(copy)
    return copied
  }
}

/// Takes sketched chunks in order: texts to disk, the rest to tables.
private final class Intake {
  private let configuration: PipelineConfiguration
  private let spool: Spool
  private var documents = DocumentTable()
  private let signatures: SignatureMatrix
  private var problems: [RecordProblem] = []
  private var repairedBytes = 0
  private var textBytes = 0

  init(_ configuration: PipelineConfiguration) throws {
    self.configuration = configuration
    spool = try Spool(folder: configuration.temporaryFolder)
    signatures = SignatureMatrix(
      mostResident: configuration.memory?.signatures ?? .max,
      folder: configuration.temporaryFolder
    )
    if let memory = configuration.memory {
      documents.reserve(memory.documents(configuration.profile))
    }
  }

  func take(_ chunk: SketchedChunk) throws {
    documents.append(chunk, textsAt: try spool.append(chunk.texts))
    try signatures.store(chunk.signatures)
    try configuration.memory?.check(documents: documents.count, configuration.profile)
    problems += chunk.problems
    repairedBytes += chunk.repairedBytes
    textBytes += chunk.textBytes
    configuration.progress(PipelineProgress(stage: .sketch, done: documents.count, total: nil))
  }

  func finish() throws -> SketchStage.Output {
    let window = configuration.memory?.window ?? SpoolMap.defaultWindow
    if configuration.memory != nil {
      try documents.spillIDs(to: configuration.temporaryFolder, window: window / 4)
    }
    return SketchStage.Output(
      corpus: Corpus(
        documents: documents,
        texts: try spool.map(window: window),
        signatures: signatures
      ),
      problems: problems,
      repairedBytes: repairedBytes,
      textBytes: textBytes
    )
  }
}

extension DocumentTable {
  /// Appends the documents of a chunk whose texts were put at an offset.
  mutating func append(_ chunk: SketchedChunk, textsAt offset: Int) {
    for document in chunk.documents {
      var row = document.row
      row.textOffset += offset
      let entry = document.entry
      append(
        row,
        id: chunk.fields[entry.id],
        source: entry.source.map { chunk.fields[$0] },
        author: entry.author.map { chunk.fields[$0] },
        time: entry.time.map { chunk.fields[$0] }
      )
    }
  }
}
