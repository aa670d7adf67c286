internal import Synchronization

/// Counts of hashes in small cells that all threads share and that stop at their limit.
///
/// Two hashes may share a cell, so a count is never too low: a sieve, not an answer.
@safe
final class SharedCounters: @unchecked Sendable {
  // Unchecked: the cells are atomic, and nothing else is written after init.
  private static let limit: UInt8 = 128
  private let cells: UnsafeMutablePointer<Atomic<UInt8>>
  private let count: Int
  private let shift: UInt64

  /// Makes cells, all 0.
  ///
  /// - Parameter expected: about so many distinct hashes; there are two to four cells for each,
  ///   up to 2^25.
  init(expected: Int) {
    let wanted = max(1 << 10, min(1 << 25, expected * 2))
    let bits = Int.bitWidth - (wanted - 1).leadingZeroBitCount
    count = 1 << bits
    shift = UInt64(64 - bits)
    unsafe cells = .allocate(capacity: count)
    for index in 0..<count { unsafe (cells + index).initialize(to: Atomic(0)) }
  }

  deinit {
    unsafe cells.deinitialize(count: count)
    unsafe cells.deallocate()
  }

  private func cell(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  /// Counts a hash once more.
  func add(_ hash: UInt64) {
    let cell = unsafe cells + cell(hash)
    if unsafe cell.pointee.load(ordering: .relaxed) < Self.limit {
      _ = unsafe cell.pointee.add(1, ordering: .relaxed)
    }
  }

  /// Whether a hash may have been counted so often, up to the limit of a cell.
  func mayReach(_ least: Int, _ hash: UInt64) -> Bool {
    unsafe (cells + cell(hash)).pointee.load(ordering: .relaxed) >= UInt8(min(least, 64))
  }
}
