internal import SidikCore

/// Records on disk in the order they were given.
final class RecordSpool<Element: BitwiseCopyable> {
  private let spool: Spool

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
    _ = try spool.append(records: records)
    defer { count += records.count }
    return count
  }

  /// Reads records by their numbers.
  func read(_ range: Range<Int>) throws -> [Element] {
    try spool.records(at: range.lowerBound * MemoryLayout<Element>.stride, count: range.count)
  }

  /// Gives all records, about a megabyte of them at a time.
  func forEachPart(_ body: ([Element]) throws -> Void) throws {
    for part in Parallel.ranges(count, size: max(1, (1 << 20) / MemoryLayout<Element>.stride)) {
      try body(try read(part))
    }
  }
}
