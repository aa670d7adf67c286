public import SidikCore
internal import Synchronization

/// The signatures of many documents, one row of 128 slots each.
///
/// Rows stand in blocks that never move or, beyond a number of bytes, in a ``Spool``: then a row
/// costs no memory, and reading one a system call.
@safe
public final class SignatureMatrix: @unchecked Sendable {
  // Unchecked: rows are appended by one thread, and replaced by one thread each, before others
  // read them.
  private static let rowsPerBlock = 4096
  private static let rowBytes = OnePermutationMinHash.slots * 4
  private var blocks: [UnsafeMutablePointer<UInt32>] = unsafe []
  private let mostResident: Int
  private let folder: String?
  private var spool: Spool?
  /// Where the first row stands in the file.
  private var base = 0
  /// The bytes that the blocks are parts of; else they are their own.
  private var loaded: SpoolMap?
  private var keys: BandKeySpool?
  private let failure = Mutex<(any Error)?>(nil)

  /// Rows so far.
  public private(set) var count = 0

  /// Whether rows stand on disk.
  public var isSpilled: Bool { spool != nil }

  /// Bytes of rows that stand in memory.
  public var residentBytes: Int { isSpilled ? 0 : count * Self.rowBytes }

  /// An empty matrix.
  ///
  /// - Parameters:
  ///   - mostResident: where rows would take more bytes, they go to a temporary file.
  ///   - folder: where that is kept; nil is `TMPDIR`, or `/tmp`.
  public init(mostResident: Int = .max, folder: String? = nil) {
    self.mostResident = mostResident
    self.folder = folder
  }

  /// Rows that stand in a file of others.
  ///
  /// - Parameters:
  ///   - rows: how many.
  ///   - spool: the file.
  ///   - offset: where the first of them begins, in bytes.
  public init(rows: Int, of spool: Spool, at offset: Int) {
    (mostResident, folder, self.spool, base, count) = (0, nil, spool, offset, rows)
  }

  /// Rows that were read into memory.
  ///
  /// - Parameters:
  ///   - bytes: as they stand in a file, row after row.
  ///   - rows: how many they are.
  public init(loaded bytes: SpoolMap, rows: Int) {
    precondition(bytes.count == rows * Self.rowBytes, "not whole rows")
    (mostResident, folder, loaded, count) = (.max, nil, bytes, rows)
    guard let start = unsafe bytes.unsafeBytes.baseAddress else { return }
    for first in stride(from: 0, to: rows, by: Self.rowsPerBlock) {
      let block = unsafe start + first * Self.rowBytes
      unsafe blocks.append(
        UnsafeMutablePointer(mutating: block.assumingMemoryBound(to: UInt32.self))
      )
    }
  }

  deinit { freeBlocks() }

  private func freeBlocks() {
    guard loaded == nil else { return }
    for index in unsafe blocks.indices { unsafe blocks[index].deallocate() }
    unsafe blocks = []
  }

  /// Appends rows.
  ///
  /// - Parameter rows: a multiple of 128 slots.
  /// - Throws: ``SidikError`` of code `budget` where they are to go to a disk that is full.
  public func store(_ rows: [UInt32]) throws {
    if spool == nil,
      (count + rows.count / OnePermutationMinHash.slots) * Self.rowBytes > mostResident
    {
      try spill()
    }
    guard let spool else { return append(rows) }
    precondition(base == 0, "rows of others")
    precondition(rows.count % OnePermutationMinHash.slots == 0, "not whole rows")
    try unsafe rows.withUnsafeBytes { try unsafe spool.write($0, at: count * Self.rowBytes) }
    count += rows.count / OnePermutationMinHash.slots
  }

  /// Moves all rows to a file.
  private func spill() throws {
    let spool = try Spool(folder: folder)
    for block in unsafe blocks.indices {
      let rows = min(Self.rowsPerBlock, count - block * Self.rowsPerBlock)
      let bytes = unsafe UnsafeRawBufferPointer(start: blocks[block], count: rows * Self.rowBytes)
      try unsafe spool.write(bytes, at: block * Self.rowsPerBlock * Self.rowBytes)
    }
    freeBlocks()
    self.spool = spool
  }

  /// Appends rows that stay in memory.
  ///
  /// - Parameter rows: a multiple of 128 slots.
  public func append(_ rows: [UInt32]) {
    let slots = OnePermutationMinHash.slots
    precondition(rows.count % slots == 0, "not whole rows")
    precondition(spool == nil && loaded == nil, "rows stand elsewhere")
    unsafe rows.withUnsafeBufferPointer { source in
      for start in stride(from: 0, to: source.count, by: slots) {
        if count % Self.rowsPerBlock == 0 {
          unsafe blocks.append(.allocate(capacity: Self.rowsPerBlock * slots))
        }
        count += 1
        let part = unsafe UnsafeBufferPointer(rebasing: source[start..<start + slots])
        let target = unsafe UnsafeMutableBufferPointer(start: pointer(count - 1), count: slots)
        _ = unsafe target.initialize(from: part)
      }
    }
  }

  /// Replaces one row.
  ///
  /// - Parameters:
  ///   - index: which row; no other thread may use it meanwhile.
  ///   - row: 128 slots.
  public func replace(_ index: Int, by row: [UInt32]) {
    precondition(row.count == OnePermutationMinHash.slots, "not one row")
    precondition(index < count, "no such row")
    if let spool {
      return attempt {
        try unsafe row.withUnsafeBytes {
          try unsafe spool.write($0, at: base + index * Self.rowBytes)
        }
      }
    }
    let target = unsafe UnsafeMutableBufferPointer(start: pointer(index), count: row.count)
    _ = unsafe target.update(from: row)
  }

  /// One row of a matrix that stands in memory.
  public func row(_ index: Int) -> UnsafePointer<UInt32> {
    precondition(spool == nil, "rows stand on disk")
    return unsafe UnsafePointer(pointer(index))
  }

  private func pointer(_ index: Int) -> UnsafeMutablePointer<UInt32> {
    precondition(index < count, "no such row")
    let block = unsafe blocks[index / Self.rowsPerBlock]
    return unsafe block + index % Self.rowsPerBlock * OnePermutationMinHash.slots
  }

  /// Reads rows from the file; a failure is kept for ``check()``.
  func read(_ first: Int, _ rows: Int, into buffer: UnsafeMutableBufferPointer<UInt32>) {
    precondition(first + rows <= count, "no such row")
    attempt {
      try unsafe spool?.read(
        into: UnsafeMutableRawBufferPointer(buffer),
        at: base + first * Self.rowBytes
      )
    }
  }

  /// Asks the kernel for rows that will be read soon, where they stand on disk.
  func prefetch(_ rows: Range<Int>) {
    spool?.prefetch(
      base + rows.lowerBound * Self.rowBytes..<base + rows.upperBound * Self.rowBytes
    )
  }

  private func attempt(_ body: () throws -> Void) {
    do { try body() } catch { failure.withLock { $0 = $0 ?? error } }
  }

  /// Ends a stage that has read or replaced rows.
  ///
  /// - Throws: what has failed in between, which a row cannot say.
  public func check() throws {
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// Makes the keys of all bands from one reading of the rows, where these stand on disk: each
  /// band would read all of them again.
  ///
  /// - Parameter shape: bands and rows.
  /// - Throws: ``SidikError`` of code `budget` where the disk is full.
  /// - Complexity: O(n * bands).
  public func prepare(_ shape: BandParameters) throws {
    keys = nil
    guard spool != nil else { return }
    let made = try BandKeySpool(count: count, folder: folder)
    let block = UnsafeMutableBufferPointer<UInt32>.allocate(
      capacity: Self.rowsPerBlock * OnePermutationMinHash.slots
    )
    unsafe block.initialize(repeating: 0)
    defer { unsafe block.deallocate() }
    var column = [UInt64](repeating: 0, count: Self.rowsPerBlock)
    for first in stride(from: 0, to: count, by: Self.rowsPerBlock) {
      let length = min(Self.rowsPerBlock, count - first)
      let part = unsafe UnsafeMutableBufferPointer(
        rebasing: block[..<(length * OnePermutationMinHash.slots)]
      )
      unsafe read(first, length, into: part)
      guard let base = block.baseAddress else { return }
      for band in 0..<shape.bands {
        try unsafe column.withUnsafeMutableBufferPointer { column in
          let keys = unsafe UnsafeMutableBufferPointer(rebasing: column[..<length])
          unsafe Signatures.bandColumn(base, band: band, rows: shape.rows, into: keys)
          try unsafe made.write(UnsafeBufferPointer(keys), band: band, first: first)
        }
      }
    }
    try check()
    keys = made
  }

  /// Gives the keys of one band, block by block in the order of the rows.
  ///
  /// - Parameters:
  ///   - band: which.
  ///   - rows: slots a band.
  ///   - body: takes the first row's number and a key for each row from there on.
  /// - Complexity: O(n).
  func forEachBandKeys(_ band: Int, rows: Int, _ body: (_ first: Int, _ keys: [UInt64]) -> Void) {
    precondition(spool == nil || keys != nil, "rows stand on disk and are not prepared")
    var block = [UInt64](repeating: 0, count: Self.rowsPerBlock)
    for first in stride(from: 0, to: count, by: Self.rowsPerBlock) {
      let length = min(Self.rowsPerBlock, count - first)
      if length < block.count { block.removeLast(block.count - length) }
      unsafe block.withUnsafeMutableBufferPointer { block in
        if let keys {
          attempt { try unsafe keys.read(into: block, band: band, first: first) }
        } else {
          unsafe Signatures.bandColumn(row(first), band: band, rows: rows, into: block)
        }
      }
      body(first, block)
    }
  }

  /// Equal slots of two rows: 128 times the estimated Jaccard similarity.
  ///
  /// For many pairs, a ``SignatureReader`` reads rows that stand on disk less often.
  public func equalSlots(_ a: Int, _ b: Int) -> Int { SignatureReader(self).equalSlots(a, b) }
}
