internal import SidikCore

/// Strings end to end in one piece of memory or, once they are complete, on disk.
///
/// Ends are kept as 32 bits beside a base for every 65,536 strings; empty strings that come before
/// all others cost nothing, as fields that no record has.
struct FlatStrings: Sendable {
  private static let perBase = 1 << 16

  private var bytes: [UInt8] = []
  private var onDisk: SpoolMap?
  private var emptyFirst = 0
  private var ends: [UInt32] = []
  private var bases: [Int] = []

  mutating func append(_ string: ArraySlice<UInt8>) {
    if string.isEmpty, ends.isEmpty {
      emptyFirst += 1
      return
    }
    if ends.count % Self.perBase == 0 { bases.append(bytes.count) }
    bytes.append(contentsOf: string)
    ends.append(UInt32(bytes.count - bases[bases.count - 1]))
  }

  /// Makes room for so many strings that no growth has to copy them.
  mutating func reserve(_ count: Int) { ends.reserveCapacity(count) }

  /// Moves the bytes to a temporary file.
  ///
  /// - Throws: ``SidikError`` where there is no room.
  mutating func spill(to folder: String?, window: Int) throws {
    let spool = try Spool(folder: folder)
    try spool.append(bytes)
    onDisk = try spool.map(window: window)
    bytes = []
  }

  subscript(index: Int) -> String {
    if index < emptyFirst { return "" }
    let place = index - emptyFirst
    let base = bases[place / Self.perBase]
    let start = place % Self.perBase == 0 ? base : base + Int(ends[place - 1])
    let range = start..<base + Int(ends[place])
    guard let onDisk else { return String(decoding: bytes[range], as: UTF8.self) }
    onDisk.willRead(range.count)
    return unsafe String(
      decoding: UnsafeRawBufferPointer(rebasing: onDisk.unsafeBytes[range]),
      as: UTF8.self
    )
  }
}
