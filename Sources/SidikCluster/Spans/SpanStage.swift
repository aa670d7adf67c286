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
    let spool = try Spool(folder: configuration.temporaryFolder)
    var (documents, words) = (DocumentTable(), WordTexts())
    var problems: [RecordProblem] = []
    var statistics = RunStatistics()
    let configuration = configuration
    try await OrderedChunks.map(
      source,
      threads: max(1, configuration.threads),
      makeWorker: { SpanReader(configuration) },
      work: { reader, chunk in try Self.read(chunk, reader) },
      take: { chunk in
        let offset = try spool.append(chunk.documents.texts)
        chunk.documents.append(to: &documents, at: offset)
        words.append(chunk.words, lengths: chunk.lengths)
        guard words.words.count <= WordTexts.mostWords else {
          throw SidikError(.budget, "more than \(WordTexts.mostWords) words; give a part at a time")
        }
        problems += chunk.documents.problems
        statistics.textBytes += chunk.documents.texts.count
        statistics.repairedBytes += chunk.documents.repairedBytes
        configuration.progress(PipelineProgress(stage: .sketch, done: documents.count, total: nil))
      }
    )
    statistics.documents = documents.count
    statistics.quarantined = problems.count {
      if case .quarantined = $0.outcome { true } else { false }
    }
    statistics.emptyDocuments = documents.rows.count { $0.scalars == 0 }
    let corpus = SpanCorpus(documents: documents, texts: try spool.map(), words: words)
    return Output(corpus: corpus, problems: problems, statistics: statistics)
  }

  private static func read(_ chunk: any DocumentChunk, _ reader: SpanReader) throws -> Chunk {
    var output = Chunk()
    output.words.reserveCapacity(chunk.byteCount / 6)
    output.documents = try unsafe reader.read(chunk) { _, _ in
      let before = output.words.count
      unsafe reader.withWords { unsafe output.words.append(contentsOf: $0) }
      output.lengths.append(output.words.count - before)
    }
    return output
  }
}
