internal import SidikCore
internal import SidikStore

/// Records on disk in the order they were given, checked when they are read.
final class RecordSpool<Element: BitwiseCopyable> {
  /// Records that were written at once.
  private struct Piece {
    var start: Int
    var checksum: UInt64
  }

  private static var stride: Int { MemoryLayout<Element>.stride }

  /// The file, for tests that damage it.
  let spool: Spool
  private var pieces: [Piece] = []

  /// How many records there are.
  private(set) var count = 0

  /// An empty one.
  ///
  /// - Parameter folder: where it is kept.
  /// - Throws: ``SidikError`` where the folder cannot be written.
  init(folder: String?) throws { spool = try Spool(folder: folder) }

  /// Adds records.
  ///
  /// - Returns: the number of the first of them.
  @discardableResult
  func append(_ records: [Element]) throws -> Int {
    let first = count
    for part in Parallel.ranges(records.count, size: max(1, (1 << 20) / Self.stride)) {
      try unsafe records.withUnsafeBytes { bytes in
        let part = part.lowerBound * Self.stride..<part.upperBound * Self.stride
        let own = unsafe UnsafeRawBufferPointer(rebasing: bytes[part])
        try unsafe spool.write(own, at: count * Self.stride)
        unsafe pieces.append(Piece(start: count, checksum: XXHash64.hash(own)))
      }
      count += part.count
    }
    return first
  }

  /// Reads records that were appended together.
  ///
  /// - Parameter range: begins and ends where records were appended.
  /// - Returns: the records.
  /// - Throws: ``SidikError`` where they cannot be read, or are not what was written.
  func read(_ range: Range<Int>) throws -> [Element] {
    var records: [Element] = []
    records.reserveCapacity(range.count)
    var piece = firstPiece(from: range.lowerBound)
    while records.count < range.count {
      records += try read(piece: piece)
      piece += 1
    }
    precondition(records.count == range.count, "not where records were appended")
    return records
  }

  /// Gives all records, about a megabyte of them at a time.
  func forEachPart(_ body: ([Element]) throws -> Void) throws {
    for piece in pieces.indices { try body(try read(piece: piece)) }
  }

  private func read(piece: Int) throws -> [Element] {
    let start = pieces[piece].start
    let end = piece + 1 < pieces.count ? pieces[piece + 1].start : count
    let records: [Element] = try spool.records(at: start * Self.stride, count: end - start)
    guard unsafe records.withUnsafeBytes({ unsafe XXHash64.hash($0) }) == pieces[piece].checksum
    else { throw spool.hasChanged }
    return records
  }

  /// The first piece that begins at a record or behind it.
  private func firstPiece(from record: Int) -> Int {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].start < record { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
