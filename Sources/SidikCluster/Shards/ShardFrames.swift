internal import SidikCore
internal import SidikStore

/// The frames of shards and of groups.
///
/// ```
/// magic, 8 bytes | parameters: u32 length, bytes | xxh64 of all before
/// frame: kind u32 | length u64 | xxh64 of the payload u64 | payload       (any number)
/// end:   kind 2   | …                                                     (nothing follows)
/// ```
enum ShardFrames {
  static let headBytes = 20
  /// Documents of a shard with their signatures; pairs of groups.
  static let chunk: UInt32 = 1
  static let end: UInt32 = 2
  /// The texts of the documents in the frame before.
  static let texts: UInt32 = 3
  /// What groups are of.
  static let basis: UInt32 = 4

  /// A kind of file that is made of frames.
  struct Kind {
    var magic: [UInt8]
    /// What it is, for messages.
    var name: String

    static let shard = Kind(magic: Array("SIDIKSHD".utf8), name: "shard")
    static let groups = Kind(magic: Array("SIDIKGRP".utf8), name: "file of groups")
  }

  /// The beginning of a file.
  static func header(_ kind: Kind, _ parameters: String) -> [UInt8] {
    var bytes = kind.magic
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
  /// Appends numbers, each lowest byte first.
  mutating func add(numbers: [UInt32]) {
    let start = count
    append(contentsOf: repeatElement(0, count: 4 * numbers.count))
    unsafe withUnsafeMutableBytes { bytes in
      for (place, number) in numbers.enumerated() {
        unsafe bytes.storeBytes(
          of: number.littleEndian,
          toByteOffset: start + 4 * place,
          as: UInt32.self
        )
      }
    }
  }

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

  /// The next numbers.
  mutating func numbers(_ count: Int) -> [UInt32]? {
    guard count >= 0, rest / 4 >= count else { return nil }
    defer { place += 4 * count }
    return unsafe bytes.withUnsafeBytes { bytes in
      (0..<count).map {
        unsafe UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: place + 4 * $0, as: UInt32.self)
        )
      }
    }
  }

  /// The next bytes.
  mutating func run(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, rest >= count else { return nil }
    defer { place += count }
    return bytes[place..<place + count]
  }
}
