internal import SidikCore

/// The keys of every band of every row on disk, band after band, eight bytes a key.
final class BandKeySpool: Sendable {
  private let spool: Spool
  private let count: Int

  /// Makes room for the keys of `count` rows.
  init(count: Int, folder: String?) throws {
    spool = try Spool(folder: folder)
    self.count = count
  }

  /// Writes the keys of one band from a row on.
  func write(_ keys: UnsafeBufferPointer<UInt64>, band: Int, first: Int) throws {
    try unsafe spool.write(UnsafeRawBufferPointer(keys), at: (band * count + first) * 8)
  }

  /// Reads the keys of one band from a row on.
  func read(into keys: UnsafeMutableBufferPointer<UInt64>, band: Int, first: Int) throws {
    try unsafe spool.read(
      into: UnsafeMutableRawBufferPointer(keys),
      at: (band * count + first) * 8
    )
  }
}
