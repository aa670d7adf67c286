internal import SidikCore
internal import SidikStore

/// The frames of a shard's file.
///
/// ```
/// "SIDIKSHD" | parameters: u32 length, bytes | xxh64 of all before
/// frame: kind u32 | length u64 | xxh64 of the payload u64 | payload       (kind 1, any number)
/// end:   kind 2   | 8          | xxh64                    | documents u64
/// ```
enum ShardFrames {
  static let magic = Array("SIDIKSHD".utf8)
  static let headBytes = 20
  static let chunk: UInt32 = 1
  static let end: UInt32 = 2

  /// The beginning of a file.
  static func header(_ parameters: String) -> [UInt8] {
    var bytes = magic
    bytes.add(UInt32(parameters.utf8.count))
    bytes += parameters.utf8
    bytes.add(checksum(bytes))
    return bytes
  }

  /// A frame with its payload.
  static func frame(_ kind: UInt32, _ payload: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(headBytes + payload.count)
    bytes.add(kind)
    bytes.add(UInt64(payload.count))
    bytes.add(checksum(payload))
    bytes += payload
    return bytes
  }

  /// XXH64 of bytes.
  static func checksum(_ bytes: [UInt8]) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe XXHash64.hash($0) }
  }
}

extension Array where Element == UInt8 {
  /// Appends a number, lowest byte first.
  mutating func add<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
    unsafe Swift.withUnsafeBytes(of: number.littleEndian) { unsafe append(contentsOf: $0) }
  }
}

/// Takes numbers and runs of bytes from a payload; past its end it gives nothing.
struct ShardBytes {
  private let bytes: [UInt8]
  private(set) var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Bytes that are left.
  var rest: Int { bytes.count - place }

  /// The next number.
  mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type = Number.self
  ) -> Number? {
    let size = MemoryLayout<Number>.size
    guard rest >= size else { return nil }
    defer { place += size }
    return unsafe bytes.withUnsafeBytes {
      unsafe Number(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Number.self))
    }
  }

  /// The next bytes.
  mutating func run(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, rest >= count else { return nil }
    defer { place += count }
    return bytes[place..<place + count]
  }
}
