internal import SidikCore

/// Records on disk by the batch that they belong to, each batch in the order it was given.
///
/// How many each batch takes is known before, so one file holds them all and a batch is one reading,
/// which is checked.
final class BatchSpool<Element: BitwiseCopyable> {
  private let pieces: PieceSpool
  private let counts: [Int]
  private var waiting: [[Element]]
  private let mostWaiting: Int

  /// Makes room.
  ///
  /// - Parameters:
  ///   - counts: how many records each batch takes.
  ///   - folder: where the file is kept.
  /// - Throws: ``SidikError`` where the folder cannot be written.
  init(counts: [Int], folder: String?) throws {
    let stride = MemoryLayout<Element>.stride
    pieces = try PieceSpool(sizes: counts.map { $0 * stride }, waiting: 0, folder: folder)
    self.counts = counts
    waiting = [[Element]](repeating: [], count: counts.count)
    mostWaiting = max(64, min(8192, (8 << 20) / stride / max(1, counts.count)))
  }

  /// Adds records to a batch.
  func append(_ elements: ArraySlice<Element>, to batch: Int) throws {
    waiting[batch] += elements
    if waiting[batch].count >= mostWaiting { try flush(batch) }
  }

  /// Adds a record to a batch.
  func append(_ element: Element, to batch: Int) throws {
    waiting[batch].append(element)
    if waiting[batch].count >= mostWaiting { try flush(batch) }
  }

  private func flush(_ batch: Int) throws {
    try unsafe waiting[batch].withUnsafeBytes { try unsafe pieces.write($0, to: batch) }
    waiting[batch].removeAll(keepingCapacity: true)
  }

  /// The records of a batch.
  ///
  /// - Throws: ``SidikError`` where they cannot be read, or are not what was written.
  func read(_ batch: Int) throws -> [Element] {
    if !waiting[batch].isEmpty { try flush(batch) }
    let records: [Element] = try pieces.spool.records(
      at: pieces.range(batch).lowerBound,
      count: counts[batch]
    )
    try unsafe records.withUnsafeBytes { try unsafe pieces.check(batch, $0) }
    return records
  }
}

extension Spool {
  /// Reads records that were written by the same program.
  func records<Element: BitwiseCopyable>(
    at offset: Int,
    count: Int,
    of type: Element.Type = Element.self
  ) throws -> [Element] {
    try unsafe [Element](unsafeUninitializedCapacity: count) { buffer, used in
      let bytes = unsafe UnsafeMutableRawBufferPointer(
        start: buffer.baseAddress,
        count: count * MemoryLayout<Element>.stride
      )
      try unsafe read(into: bytes, at: offset)
      used = count
    }
  }
}
