/// XXH64 (Collet 2014), the checksum of every file of an index.
///
/// A published function with a published test vector, so that any program can check an index.
public enum XXHash64 {
  private static let p1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let p2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let p3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let p4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let p5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// The checksum of bytes, with seed 0.
  ///
  /// - Parameter bytes: any bytes.
  /// - Returns: 64 bits.
  /// - Complexity: O(n), several bytes a cycle.
  public static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var place = 0
    var hash = p5
    if bytes.count >= 32 {
      var lanes = SIMD4<UInt64>(p1 &+ p2, p2, 0, 0 &- p1)
      repeat {
        for lane in 0..<4 {
          lanes[lane] = unsafe round(lanes[lane], load(bytes, place + 8 * lane))
        }
        place += 32
      } while place + 32 <= bytes.count
      hash = rotate(lanes[0], 1) &+ rotate(lanes[1], 7)
      hash = hash &+ rotate(lanes[2], 12) &+ rotate(lanes[3], 18)
      for lane in 0..<4 { hash = (hash ^ round(0, lanes[lane])) &* p1 &+ p4 }
    }
    hash = hash &+ UInt64(bytes.count)
    while place + 8 <= bytes.count {
      hash = unsafe rotate(hash ^ round(0, load(bytes, place)), 27) &* p1 &+ p4
      place += 8
    }
    if place + 4 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self).littleEndian
      hash = rotate(hash ^ (UInt64(word) &* p1), 23) &* p2 &+ p3
      place += 4
    }
    while place < bytes.count {
      hash = unsafe rotate(hash ^ (UInt64(bytes[place]) &* p5), 11) &* p1
      place += 1
    }
    return finish(hash)
  }

  /// The checksum of bytes, with seed 0.
  public static func hash(_ bytes: [UInt8]) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe hash($0) }
  }

  @inline(__always)
  private static func load(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
    unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian
  }

  @inline(__always)
  private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    (value << bits) | (value >> (64 - bits))
  }

  @inline(__always)
  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotate(lane &+ (word &* p2), 31) &* p1
  }

  private static func finish(_ value: UInt64) -> UInt64 {
    var hash = value
    hash = (hash ^ (hash >> 33)) &* p2
    hash = (hash ^ (hash >> 29)) &* p3
    return hash ^ (hash >> 32)
  }
}
