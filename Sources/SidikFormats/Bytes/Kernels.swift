import CSidikKernels
import Glibc

/// The Swift face of the byte loops in C that need no more than an array.
enum Kernels {
  /// What is and what is not UTF-8 in `bytes`.
  static func utf8Census(_ bytes: [UInt8]) -> sidik_utf8_census {
    utf8Census(bytes, 0..<bytes.count)
  }

  /// What is and what is not UTF-8 in a part of `bytes`.
  static func utf8Census(_ bytes: [UInt8], _ range: Range<Int>) -> sidik_utf8_census {
    var census = sidik_utf8_census()
    unsafe bytes.withUnsafeBufferPointer { all in
      let part = unsafe UnsafeBufferPointer(rebasing: all[range])
      unsafe sidik_utf8_count(part.baseAddress, part.count, &census)
    }
    return census
  }

  /// How many line feeds there are in a part of `bytes`.
  static func lineFeeds(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    unsafe bytes.withUnsafeBufferPointer { all in
      let part = unsafe UnsafeBufferPointer(rebasing: all[range])
      return unsafe sidik_count_byte(part.baseAddress, part.count, 10)
    }
  }

  /// Whether a part of `bytes` is ASCII only.
  static func isASCII(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    unsafe bytes.withUnsafeBufferPointer { all in
      let part = unsafe UnsafeBufferPointer(rebasing: all[range])
      return unsafe sidik_ascii_prefix(part.baseAddress, part.count) == part.count
    }
  }

  /// The first line feed in a part of `bytes`.
  static func firstLineFeed(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    unsafe bytes.withUnsafeBytes { all in
      let part = unsafe UnsafeRawBufferPointer(rebasing: all[range])
      guard let base = part.baseAddress,
        let hit = unsafe memchr(base, 10, part.count)
      else { return nil }
      return unsafe range.lowerBound + (UnsafeRawPointer(hit) - base)
    }
  }

  /// The last line feed in a part of `bytes`.
  static func lastLineFeed(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var index = range.upperBound
    while index > range.lowerBound {
      index -= 1
      if bytes[index] == 10 { return index }
    }
    return nil
  }

  /// Appends what a C loop writes, at most `room` bytes of it.
  static func append(
    room: Int,
    to bytes: inout [UInt8],
    _ write: (UnsafeMutablePointer<UInt8>) -> Int
  ) {
    bytes.append(addingCapacity: room) { (span: inout OutputSpan<UInt8>) in
      unsafe span.withUnsafeMutableBufferPointer { free, count in
        guard let base = free.baseAddress else { return }
        count += unsafe write(base + count)
      }
    }
  }
}
