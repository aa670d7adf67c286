internal import SidikCore
internal import SidikPassages

/// Documents as passages are looked for in them: their words in memory, their texts on disk.
struct SpanCorpus: Sendable {
  /// Ids, sources and where each original text stands in `texts`.
  var documents: DocumentTable
  /// Original texts.
  var texts: SpoolMap
  /// The words of the normalised texts.
  var words: WordTexts

  /// A document's original text; valid while the corpus lives.
  func text(_ document: Int) -> UnsafeBufferPointer<UInt8> {
    let row = documents.rows[document]
    let range = row.textOffset..<row.textOffset + row.textLength
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: texts.unsafeBytes[range])
    return unsafe bytes.assumingMemoryBound(to: UInt8.self)
  }
}

/// Chunks of records in, words and texts out, in input order.
struct SpanStage {
  let configuration: PipelineConfiguration

  /// What the stage leaves.
  struct Output {
    var corpus: SpanCorpus
    var problems: [RecordProblem]
    var statistics: RunStatistics
  }

  /// The documents of one chunk and their words.
  private struct Chunk: Sendable {
    var documents = SpanDocuments()
    /// Hashes of words end to end, and how many each document has.
    var words: [UInt64] = []
    var lengths: [Int] = []
  }

  /// Reads all documents of a source.
  func run(_ source: any DocumentSource) async throws -> Output {
    let intake = try SpanIntake(configuration)
    var words = WordTexts()
    try await OrderedChunks.map(
      source,
      threads: max(1, configuration.threads),
      makeWorker: { [configuration] in Worker(configuration) },
      work: { worker, chunk in try worker.read(chunk) },
      take: { chunk in
        try intake.take(chunk.documents)
        words.append(chunk.words, lengths: chunk.lengths)
        guard words.words.count <= WordTexts.mostWords else {
          throw SidikError(.budget, "more than \(WordTexts.mostWords) words; give a part at a time")
        }
      }
    )
    let corpus = SpanCorpus(
      documents: intake.documents,
      texts: try intake.texts(),
      words: words
    )
    return Output(corpus: corpus, problems: intake.problems, statistics: intake.statistics)
  }

  /// One thread's tools.
  private final class Worker {
    private let reader: SpanReader
    private let extractor: FeatureExtractor

    init(_ configuration: PipelineConfiguration) {
      reader = SpanReader(configuration)
      extractor = FeatureExtractor(unit: .words(1), keys: configuration.keys)
    }

    func read(_ chunk: any DocumentChunk) throws -> Chunk {
      var output = Chunk()
      output.words.reserveCapacity(chunk.byteCount / 6)
      output.documents = try unsafe reader.read(chunk) { _, text in
        let before = output.words.count
        unsafe reader.normalise(text) { text, _ in
          unsafe extractor.appendWords(of: text, to: &output.words)
        }
        output.lengths.append(output.words.count - before)
      }
      return output
    }
  }
}

extension FeatureExtractor {
  /// Bytes of a piece, about: its words stay in the cache, and a document of many megabytes needs no more.
  private static let pieceBytes = 1 << 16

  /// Appends the hashes of the words of a normalised text, which is cut at spaces.
  func appendWords(of text: UnsafeBufferPointer<UInt8>, to words: inout [UInt64]) {
    var start = 0
    while start < text.count {
      var end = min(text.count, start + Self.pieceBytes)
      while unsafe end < text.count && text[end] != UInt8(ascii: " ") { end += 1 }
      unsafe words.append(contentsOf: self.words(UnsafeBufferPointer(rebasing: text[start..<end])))
      start = end + 1
    }
  }
}
