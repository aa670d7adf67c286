internal import SidikCore
internal import SidikStore

/// Bytes on disk by the batch that they belong to, each batch in the order it was given, and
/// checked when they are read.
///
/// How many each batch takes is known before, so one file holds them all and a batch is one
/// reading. What is given to a batch waits until it is worth writing; such a piece has a checksum.
final class PieceSpool {
  /// What was written at once.
  private struct Piece {
    var length: Int
    var checksum: UInt64
  }

  let spool: Spool
  private let starts: [Int]
  private var pieces: [[Piece]]
  private var written: [Int]
  private var waiting: [[UInt8]]
  private let mostWaiting: Int

  /// Makes room.
  ///
  /// - Parameters:
  ///   - sizes: how many bytes each batch takes.
  ///   - bytes: how many may wait in memory, of all batches together.
  ///   - folder: where the file is kept.
  /// - Throws: ``SidikError`` where the folder cannot be written.
  init(sizes: [Int], waiting bytes: Int, folder: String?) throws {
    spool = try Spool(folder: folder)
    var starts = [0]
    for size in sizes { starts.append(starts[starts.count - 1] + size) }
    self.starts = starts
    pieces = [[Piece]](repeating: [], count: sizes.count)
    written = [Int](repeating: 0, count: sizes.count)
    waiting = [[UInt8]](repeating: [], count: sizes.count)
    mostWaiting = max(4096, bytes / max(1, sizes.count))
  }

  /// Where the bytes of a batch stand.
  func range(_ batch: Int) -> Range<Int> { starts[batch]..<starts[batch + 1] }

  /// Adds bytes to a batch.
  func append(_ bytes: UnsafeRawBufferPointer, to batch: Int) throws {
    unsafe waiting[batch].append(contentsOf: bytes)
    if waiting[batch].count >= mostWaiting { try flush(batch) }
  }

  /// Writes what still waits, and lets its memory go.
  func finish() throws {
    for batch in waiting.indices where !waiting[batch].isEmpty { try flush(batch) }
    waiting = [[UInt8]](repeating: [], count: waiting.count)
  }

  private func flush(_ batch: Int) throws {
    try unsafe waiting[batch].withUnsafeBytes { try unsafe write($0, to: batch) }
    waiting[batch].removeAll(keepingCapacity: true)
  }

  /// Writes bytes of a batch as a piece of their own; none may wait.
  func write(_ bytes: UnsafeRawBufferPointer, to batch: Int) throws {
    let offset = starts[batch] + written[batch]
    precondition(offset + bytes.count <= starts[batch + 1], "more than was said")
    try unsafe spool.write(bytes, at: offset)
    unsafe pieces[batch].append(Piece(length: bytes.count, checksum: XXHash64.hash(bytes)))
    written[batch] += bytes.count
  }

  /// Reads a batch into memory.
  ///
  /// - Returns: its bytes.
  /// - Throws: ``SidikError`` where it cannot be read, or is not what was written.
  func load(_ batch: Int) throws -> SpoolMap {
    let map = try spool.load(range(batch))
    try unsafe check(batch, map.unsafeBytes)
    return map
  }

  /// Checks what was read of a batch.
  ///
  /// - Throws: ``SidikError`` where it is not what was written.
  func check(_ batch: Int, _ bytes: UnsafeRawBufferPointer) throws {
    var place = 0
    for piece in pieces[batch] {
      let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[place..<place + piece.length])
      guard unsafe XXHash64.hash(part) == piece.checksum else { throw spool.hasChanged }
      place += piece.length
    }
  }
}
