internal import SidikCore

/// The signatures of many documents, one row of 128 slots each, in blocks that never move.
@safe
public final class SignatureMatrix: @unchecked Sendable {
  // Unchecked: rows are appended by one thread, and replaced by one thread each, before others
  // read them.
  private static let rowsPerBlock = 4096
  private var blocks: [UnsafeMutablePointer<UInt32>] = unsafe []

  /// Rows so far.
  public private(set) var count = 0

  /// An empty matrix.
  public init() {}

  deinit {
    for index in unsafe blocks.indices { unsafe blocks[index].deallocate() }
  }

  /// Appends rows.
  ///
  /// - Parameter rows: a multiple of 128 slots.
  public func append(_ rows: [UInt32]) {
    let slots = OnePermutationMinHash.slots
    precondition(rows.count % slots == 0, "not whole rows")
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
    let target = unsafe UnsafeMutableBufferPointer(start: pointer(index), count: row.count)
    _ = unsafe target.update(from: row)
  }

  /// One row.
  public func row(_ index: Int) -> UnsafePointer<UInt32> { unsafe UnsafePointer(pointer(index)) }

  private func pointer(_ index: Int) -> UnsafeMutablePointer<UInt32> {
    precondition(index < count, "no such row")
    let block = unsafe blocks[index / Self.rowsPerBlock]
    return unsafe block + index % Self.rowsPerBlock * OnePermutationMinHash.slots
  }

  /// Gives the keys of one band, block by block in the order of the rows.
  ///
  /// - Parameters:
  ///   - band: which.
  ///   - rows: slots a band.
  ///   - body: takes the first row's number and a key for each row from there on.
  /// - Complexity: O(n).
  func forEachBandKeys(_ band: Int, rows: Int, _ body: (_ first: Int, _ keys: [UInt64]) -> Void) {
    var keys = [UInt64](repeating: 0, count: Self.rowsPerBlock)
    for first in stride(from: 0, to: count, by: Self.rowsPerBlock) {
      let length = min(Self.rowsPerBlock, count - first)
      if length < keys.count { keys.removeLast(keys.count - length) }
      unsafe keys.withUnsafeMutableBufferPointer { keys in
        unsafe Signatures.bandColumn(row(first), band: band, rows: rows, into: keys)
      }
      body(first, keys)
    }
  }

  /// Equal slots of two rows: 128 times the estimated Jaccard similarity.
  public func equalSlots(_ a: Int, _ b: Int) -> Int {
    let slots = OnePermutationMinHash.slots
    return unsafe Signatures.equalSlots(
      UnsafeBufferPointer(start: row(a), count: slots),
      UnsafeBufferPointer(start: row(b), count: slots)
    )
  }
}
