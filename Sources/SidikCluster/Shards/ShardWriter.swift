public import SidikCore
internal import SidikStore

/// Sketches one part of a corpus for a later run over all parts.
public struct ShardWriter: Sendable {
  private let configuration: PipelineConfiguration

  /// Prepares a run.
  ///
  /// - Parameter configuration: profile, keys and threads; what comes after sketches plays no part.
  public init(_ configuration: PipelineConfiguration) { self.configuration = configuration }

  /// What a run has done.
  public struct Answer: Sendable {
    /// The numbers of the part: documents, texts, repaired bytes, records set aside.
    public var statistics: RunStatistics
    /// What was wrong with records, those of other parts included.
    public var problems: [RecordProblem]
  }

  /// Reads a source to its end and writes the documents of one part.
  ///
  /// - Parameters:
  ///   - source: all documents, or some of them: parts of parts may be written anywhere.
  ///   - shard: which documents to take.
  ///   - keepsProblems: whether the file says what was wrong with records; else whoever writes it
  ///     does, as every part sees all of them.
  ///   - write: takes the bytes of the file, in order.
  /// - Returns: what was written.
  /// - Throws: ``SidikError`` where the input cannot be read, or what `write` throws.
  public func run(
    _ source: any DocumentSource,
    _ shard: Shard,
    keepsProblems: Bool = false,
    write: ([UInt8]) throws -> Void
  ) async throws -> Answer {
    var own = configuration
    own.shard = shard
    var answer = Answer(statistics: RunStatistics(), problems: [])
    try write(ShardFrames.header(.shard, own.sketchParameters))
    let pool = WorkerPool { try? TextCompressor() }
    try await SketchStage(configuration: own).run(source) { chunk in
      try pool.use { compressor in
        guard let compressor else {
          throw SidikError(.budget, "not enough memory to compress texts")
        }
        var kept = chunk
        if !keepsProblems { kept.problems = [] }
        let isEmpty = kept.documents.isEmpty && kept.problems.isEmpty
        return ShardPart(chunk, isEmpty ? nil : try kept.encoded(compressor))
      }
    } take: { part in
      if let payloads = part.payloads {
        try write(ShardFrames.frame(ShardFrames.chunk, payloads.documents))
        try write(ShardFrames.frame(ShardFrames.texts, payloads.texts))
      }
      answer.problems += part.problems
      answer.statistics.documents += part.documents
      answer.statistics.textBytes += part.textBytes
      answer.statistics.repairedBytes += part.repairedBytes
      own.progress(
        PipelineProgress(stage: .sketch, done: answer.statistics.documents, total: nil)
      )
    }
    answer.statistics.quarantined = answer.problems.count(where: \.isQuarantined)
    var total: [UInt8] = []
    total.add(UInt64(answer.statistics.documents))
    try write(ShardFrames.frame(ShardFrames.end, total))
    return answer
  }
}

/// What is left of a chunk once it is packed.
private struct ShardPart: Sendable {
  var payloads: (documents: [UInt8], texts: [UInt8])?
  var documents: Int
  var problems: [RecordProblem]
  var repairedBytes: Int
  var textBytes: Int

  init(_ chunk: SketchedChunk, _ payloads: (documents: [UInt8], texts: [UInt8])?) {
    self.payloads = payloads
    documents = chunk.documents.count
    problems = chunk.problems
    repairedBytes = chunk.repairedBytes
    textBytes = chunk.textBytes
  }
}
