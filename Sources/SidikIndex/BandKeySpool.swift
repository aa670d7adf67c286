internal import SidikCore
internal import Synchronization

/// The keys of every band of every row on disk, band after band, eight bytes a key.
///
/// Keys are read in the runs in which they were written, and checked.
final class BandKeySpool: Sendable {
  private static let checksumKeys = HashKeys(seed: 0)

  private let spool: Spool
  private let count: Int
  /// Of each run, by its first key's place.
  private let checksums = Mutex<[Int: UInt64]>([:])

  /// Makes room for the keys of `count` rows.
  init(count: Int, folder: String?) throws {
    spool = try Spool(folder: folder)
    self.count = count
  }

  /// Writes the keys of one band from a row on.
  func write(_ keys: UnsafeBufferPointer<UInt64>, band: Int, first: Int) throws {
    let place = band * count + first
    let bytes = UnsafeRawBufferPointer(keys)
    try unsafe spool.write(bytes, at: place * 8)
    let checksum = unsafe Self.checksum(bytes)
    checksums.withLock { $0[place] = checksum }
  }

  /// Reads the keys of one band from a row on: as many as were written from there.
  ///
  /// - Throws: ``SidikError`` where they cannot be read, or are not what was written.
  func read(into keys: UnsafeMutableBufferPointer<UInt64>, band: Int, first: Int) throws {
    let place = band * count + first
    let bytes = UnsafeMutableRawBufferPointer(keys)
    try unsafe spool.read(into: bytes, at: place * 8)
    let found = unsafe Self.checksum(UnsafeRawBufferPointer(bytes))
    guard checksums.withLock({ $0[place] }) == found else { throw spool.hasChanged }
  }

  private static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    unsafe ExactDigest(bytes.assumingMemoryBound(to: UInt8.self), keys: checksumKeys).low
  }
}
