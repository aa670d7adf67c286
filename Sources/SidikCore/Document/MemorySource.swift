/// Documents that are in memory already, for programs that use the library.
///
/// ```swift
/// let source = MemorySource([("a", "Harga beras naik"), ("b", "HARGA BERAS NAIK!")])
/// let result = try await Pipeline(PipelineConfiguration()).run(source)
/// ```
public final class MemorySource: DocumentSource {
  private let documents: [(id: String, text: String)]
  private let perChunk: Int
  private var next = 0

  /// Makes a source of ids and texts.
  ///
  /// - Parameters:
  ///   - documents: ids and texts, in order.
  ///   - perChunk: documents that one worker takes at a time.
  public init(_ documents: [(id: String, text: String)], perChunk: Int = 256) {
    self.documents = documents
    self.perChunk = max(1, perChunk)
  }

  /// The next documents, or nil at the end.
  public func nextChunk() -> (any DocumentChunk)? {
    guard next < documents.count else { return nil }
    let part = next..<min(documents.count, next + perChunk)
    next = part.upperBound
    return Chunk(documents: Array(documents[part]), firstLine: part.lowerBound + 1)
  }

  private struct Chunk: DocumentChunk {
    let documents: [(id: String, text: String)]
    let firstLine: Int

    var byteCount: Int { documents.reduce(0) { $0 + $1.text.utf8.count } }

    func parse(into batch: inout DocumentBatch) {
      batch.removeAll()
      for (index, document) in documents.enumerated() {
        let text = batch.append(document.text.utf8)
        let id = batch.append(document.id.utf8)
        batch.entries.append(
          DocumentBatch.Entry(text: text, id: id, line: firstLine + index, record: 0..<0)
        )
      }
    }
  }
}
