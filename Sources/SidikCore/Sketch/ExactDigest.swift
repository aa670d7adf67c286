internal import CSidikKernels

/// 128 bits that stand for a normalised text.
///
/// Equal texts have equal digests. Sidik compares the texts behind equal digests before it calls
/// them exact copies, so a collision costs time, never a wrong answer.
public struct ExactDigest: Sendable, Hashable, Comparable {
  /// The first half.
  public let high: UInt64
  /// The second half.
  public let low: UInt64

  /// Makes a digest of its halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The fast digest of a text.
  ///
  /// - Parameters:
  ///   - text: any bytes.
  ///   - keys: digests with other keys differ.
  public init(_ text: UnsafeBufferPointer<UInt8>, keys: HashKeys) {
    var raw = keys.raw
    let pair = unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2) { words in
      unsafe Kernels.active.pointee.digest128(
        text.baseAddress,
        text.count,
        &raw,
        words.baseAddress
      )
      return unsafe (words[0], words[1])
    }
    high = pair.0
    low = pair.1
  }

  /// 32 hexadecimal digits.
  public var hexadecimal: String { Hexadecimal.string(high) + Hexadecimal.string(low) }

  /// Orders by the first half, then by the second.
  public static func < (a: ExactDigest, b: ExactDigest) -> Bool {
    (a.high, a.low) < (b.high, b.low)
  }
}

/// Hexadecimal numbers of fixed width.
public enum Hexadecimal {
  /// Sixteen lower-case digits.
  public static func string(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Two lower-case digits a byte.
  public static func string(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
