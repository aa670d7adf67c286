/// Hashes that tell the words of two texts apart.
///
/// They have no key and are no fingerprints: they never leave the comparison of a pair. Words of up to
/// eight bytes have hashes of their own; longer ones are taken for equal where 64 bits are.
enum SlotHash {
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  /// A hash of two in order.
  @inline(__always)
  static func pair(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let mixed = (a ^ (b << 29 | b >> 35)) &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 32
  }

  /// A place in a table of 2^`bits` slots.
  @inline(__always)
  static func place(_ hash: UInt64, _ bits: Int) -> Int {
    Int(((hash ^ hash >> 29) &* 0xD6E8_FEB8_6659_FD93) >> UInt64(64 - bits))
  }

  /// 32 bits of a hash, never 0.
  @inline(__always)
  static func short(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) | 1 }
}
