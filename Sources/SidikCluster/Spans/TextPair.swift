internal import SidikCore

/// Two texts in memory, byte for byte, as documents `a` and `b`.
final class TextPair: DocumentSource {
  private struct Chunk: DocumentChunk {
    let texts: [[UInt8]]

    var byteCount: Int { texts.reduce(0) { $0 + $1.count } }

    func parse(into batch: inout DocumentBatch) {
      batch.removeAll()
      for (text, id) in zip(texts, ["a", "b"]) {
        let range = batch.append(text)
        batch.entries.append(
          DocumentBatch.Entry(text: range, id: batch.append(id.utf8), line: 1, record: 0..<0)
        )
      }
    }
  }

  private var chunk: Chunk?

  init(_ a: [UInt8], _ b: [UInt8]) { chunk = Chunk(texts: [a, b]) }

  func nextChunk() -> (any DocumentChunk)? { chunk.take() }
}

extension SpanFinder {
  /// Finds the passages that two texts share.
  ///
  /// - Parameters:
  ///   - a: UTF-8; broken bytes count as breaks between words.
  ///   - b: likewise.
  /// - Returns: the passages; ``PassageSpan/a`` is a place of the first text, ``PassageSpan/b`` one of
  ///   the second.
  /// - Throws: ``SidikError`` where there is no room.
  /// - Complexity: as ``run(_:)``.
  public func passages(of a: [UInt8], _ b: [UInt8]) async throws -> [PassageSpan] {
    try await run(TextPair(a, b)).spans.filter { $0.a.document != $0.b.document }
  }
}
