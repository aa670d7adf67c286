internal import SidikCore

/// Records on disk by the batch that they belong to, each batch in the order it was given.
///
/// How many each batch takes is known before, so one file holds them all and a batch is one reading.
final class BatchSpool<Element: BitwiseCopyable> {
  private let spool: Spool
  private let starts: [Int]
  private var written: [Int]
  private var waiting: [[Element]]
  private let mostWaiting: Int
  private var stride: Int { MemoryLayout<Element>.stride }

  /// Makes room.
  ///
  /// - Parameters:
  ///   - counts: how many records each batch takes.
  ///   - folder: where the file is kept.
  /// - Throws: ``SidikError`` where the folder cannot be written.
  init(counts: [Int], folder: String?) throws {
    spool = try Spool(folder: folder)
    var starts: [Int] = []
    var sum = 0
    for count in counts {
      starts.append(sum)
      sum += count
    }
    self.starts = starts + [sum]
    written = [Int](repeating: 0, count: counts.count)
    waiting = [[Element]](repeating: [], count: counts.count)
    mostWaiting = max(
      64,
      min(8192, (8 << 20) / MemoryLayout<Element>.stride / max(1, counts.count))
    )
  }

  /// Adds a record to a batch.
  func append(_ element: Element, to batch: Int) throws {
    waiting[batch].append(element)
    if waiting[batch].count >= mostWaiting { try flush(batch) }
  }

  private func flush(_ batch: Int) throws {
    let offset = (starts[batch] + written[batch]) * stride
    precondition(starts[batch] + written[batch] + waiting[batch].count <= starts[batch + 1])
    try unsafe waiting[batch].withUnsafeBytes { try unsafe spool.write($0, at: offset) }
    written[batch] += waiting[batch].count
    waiting[batch].removeAll(keepingCapacity: true)
  }

  /// The records of a batch.
  func read(_ batch: Int) throws -> [Element] {
    if !waiting[batch].isEmpty { try flush(batch) }
    return try spool.records(at: starts[batch] * stride, count: written[batch])
  }
}

extension Spool {
  /// Appends records as they stand in memory.
  ///
  /// - Returns: where they begin.
  func append<Element: BitwiseCopyable>(records: [Element]) throws -> Int {
    let offset = count
    try unsafe records.withUnsafeBytes { try unsafe write($0, at: offset) }
    return offset
  }

  /// Reads records that were appended by the same program.
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
