public import SidikCore

/// The documents of a labelled corpus as a run reads them, with source, author and time.
public final class CorpusSource: DocumentSource {
  private static let perChunk = 256

  private let documents: [EvaluationDocument]
  private var next = 0

  /// Makes a source.
  public init(_ documents: [EvaluationDocument]) { self.documents = documents }

  /// The next documents, or nil at the end.
  public func nextChunk() -> (any DocumentChunk)? {
    guard next < documents.count else { return nil }
    let part = next..<min(documents.count, next + Self.perChunk)
    next = part.upperBound
    return Chunk(documents: Array(documents[part]), firstLine: part.lowerBound + 1)
  }

  private struct Chunk: DocumentChunk {
    let documents: [EvaluationDocument]
    let firstLine: Int

    var byteCount: Int { documents.reduce(0) { $0 + $1.text.utf8.count } }

    func parse(into batch: inout DocumentBatch) {
      batch.removeAll()
      for (index, document) in documents.enumerated() {
        batch.entries.append(
          DocumentBatch.Entry(
            text: batch.append(document.text.utf8),
            id: batch.append(document.id.utf8),
            source: document.source.map { batch.append($0.utf8) },
            author: document.author.map { batch.append($0.utf8) },
            time: document.time.map { batch.append($0.utf8) },
            line: firstLine + index,
            record: 0..<0
          )
        )
      }
    }
  }
}
