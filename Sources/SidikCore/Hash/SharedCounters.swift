internal import CSidikKernels

/// Counts of hashes in small cells that all threads share and that stop at their limit.
///
/// Two hashes may share a cell, so a count is never too low: a sieve, not an answer.
@_spi(Kernels)
@safe
public final class SharedCounters: @unchecked Sendable {
  // Unchecked: the cells are counted by atomic instructions, and nothing else is written after
  // init.
  private static let mostLeast = 64
  private let cells: UnsafeMutablePointer<UInt8>
  private let shift: UInt32

  /// Makes cells, all 0.
  ///
  /// - Parameter expected: about so many distinct hashes; there are two to four cells for each,
  ///   up to 2^25.
  public init(expected: Int) {
    let wanted = max(1 << 10, min(1 << 25, expected * 2))
    let bits = Int.bitWidth - (wanted - 1).leadingZeroBitCount
    shift = UInt32(64 - bits)
    unsafe cells = .allocate(capacity: 1 << bits)
    unsafe cells.initialize(repeating: 0, count: 1 << bits)
  }

  deinit { unsafe cells.deallocate() }

  /// Counts hashes once more each.
  ///
  /// - Parameters:
  ///   - hashes: what to count.
  ///   - salt: each is counted XOR this.
  public func add(_ hashes: UnsafeBufferPointer<UInt64>, salt: UInt64) {
    unsafe sidik_sieve_add(cells, shift, salt, hashes.baseAddress, hashes.count)
  }

  /// Counts a hash once more.
  public func add(_ hash: UInt64) {
    var hash = hash
    unsafe sidik_sieve_add(cells, shift, 0, &hash, 1)
  }

  /// Which hashes may have been counted so often, up to 64 times.
  ///
  /// - Parameters:
  ///   - least: how often.
  ///   - hashes: what was counted.
  ///   - salt: as they were counted.
  ///   - places: receives their places, ascending.
  public func findReached(
    _ least: Int,
    _ hashes: UnsafeBufferPointer<UInt64>,
    salt: UInt64,
    into places: inout [UInt32]
  ) {
    places.removeAll(keepingCapacity: true)
    let least = UInt8(min(least, Self.mostLeast))
    places.append(addingCapacity: hashes.count) { span in
      unsafe span.withUnsafeMutableBufferPointer { free, used in
        used = unsafe sidik_sieve_reached(
          cells,
          shift,
          salt,
          least,
          hashes.baseAddress,
          hashes.count,
          free.baseAddress
        )
      }
    }
  }

  /// Whether a hash may have been counted so often, up to 64 times.
  public func mayReach(_ least: Int, _ hash: UInt64) -> Bool {
    var (hash, place) = (hash, UInt32(0))
    let least = UInt8(min(least, Self.mostLeast))
    return unsafe sidik_sieve_reached(cells, shift, 0, least, &hash, 1, &place) > 0
  }
}
