/// Strict UTF-8 (RFC 3629, Unicode table 3-7): no overlong form, surrogate or value past U+10FFFF.
enum UTF8Coding {
  /// Decodes the scalar that starts at `i` with a byte of 0x80 or above.
  ///
  /// - Returns: the scalar and its length in bytes; length 0 where the bytes are not UTF-8.
  @inline(__always)
  static func decode(_ p: UnsafePointer<UInt8>, _ i: Int, _ n: Int) -> (UInt32, Int) {
    let a = unsafe UInt32(p[i])
    if a < 0xE0 {
      guard a >= 0xC2, i + 1 < n else { return (0, 0) }
      let b = unsafe UInt32(p[i + 1]) ^ 0x80
      return b < 0x40 ? ((a & 0x1F) << 6 | b, 2) : (0, 0)
    }
    if a < 0xF0 {
      guard i + 2 < n else { return (0, 0) }
      let b = unsafe UInt32(p[i + 1]) ^ 0x80
      let c = unsafe UInt32(p[i + 2]) ^ 0x80
      let scalar = (a & 0x0F) << 12 | b << 6 | c
      let valid = (b | c) < 0x40 && scalar >= 0x800 && scalar & 0x1F_F800 != 0xD800
      return valid ? (scalar, 3) : (0, 0)
    }
    guard a < 0xF5, i + 3 < n else { return (0, 0) }
    let b = unsafe UInt32(p[i + 1]) ^ 0x80
    let c = unsafe UInt32(p[i + 2]) ^ 0x80
    let d = unsafe UInt32(p[i + 3]) ^ 0x80
    let scalar = (a & 0x07) << 18 | b << 12 | c << 6 | d
    let valid = (b | c | d) < 0x40 && scalar >= 0x1_0000 && scalar <= 0x10_FFFF
    return valid ? (scalar, 4) : (0, 0)
  }

  /// Writes a scalar at `p[i]`, where four bytes must be free.
  ///
  /// - Returns: its length in bytes.
  @inline(__always)
  static func encode(_ scalar: UInt32, _ p: UnsafeMutablePointer<UInt8>, _ i: Int) -> Int {
    if scalar < 0x80 {
      unsafe p[i] = UInt8(truncatingIfNeeded: scalar)
      return 1
    }
    let last = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
    if scalar < 0x800 {
      unsafe p[i] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
      unsafe p[i + 1] = last
      return 2
    }
    let third = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
    if scalar < 0x1_0000 {
      unsafe p[i] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
      unsafe p[i + 1] = third
      unsafe p[i + 2] = last
      return 3
    }
    unsafe p[i] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
    unsafe p[i + 1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F)
    unsafe p[i + 2] = third
    unsafe p[i + 3] = last
    return 4
  }
}
