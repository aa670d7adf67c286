/// SHA-256 (FIPS 180-4), as plainly as it can be written; for checking the manifest.
enum SHA256Oracle {
  /// The digest as 64 hexadecimal digits.
  static func hex(_ bytes: [UInt8]) -> String {
    var state = roots(of: Array(primes.prefix(8)), power: 0.5)
    let constants = roots(of: primes, power: 1.0 / 3)
    var message = bytes + [0x80]
    while message.count % 64 != 56 { message.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      message.append(UInt8(truncatingIfNeeded: (bytes.count * 8) >> shift))
    }
    for start in stride(from: 0, to: message.count, by: 64) {
      compress(&state, message[start..<(start + 64)], constants)
    }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private static let primes: [UInt64] = (2...311).filter { n in
    !(2..<n).contains { $0 * $0 <= n && n % $0 == 0 }
  }

  /// The first 32 bits behind the point of each number's root, found by bisection in integers.
  private static func roots(of numbers: [UInt64], power: Double) -> [UInt32] {
    numbers.map { number in
      var low: UInt64 = 0
      var high: UInt64 = 1 << 37
      while high - low > 1 {
        let middle = (low + high) / 2
        if isAtMost(middle, number, square: power == 0.5) { low = middle } else { high = middle }
      }
      return UInt32(truncatingIfNeeded: low)
    }
  }

  /// Whether (x / 2^32)^2, or ^3, is at most n.
  private static func isAtMost(_ x: UInt64, _ n: UInt64, square: Bool) -> Bool {
    let wide = UInt128(x) * UInt128(x)
    if square { return wide <= UInt128(n) << 64 }
    return wide * UInt128(x) <= UInt128(n) << 96
  }

  private static func rotate(_ word: UInt32, _ n: UInt32) -> UInt32 { word >> n | word << (32 - n) }

  private static func compress(
    _ state: inout [UInt32],
    _ block: ArraySlice<UInt8>,
    _ constants: [UInt32]
  ) {
    var w = stride(from: block.startIndex, to: block.endIndex, by: 4).map { i in
      block[i..<(i + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    for t in 16..<64 {
      let s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3
      let s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10
      w.append(w[t - 16] &+ s0 &+ w[t - 7] &+ s1)
    }
    var v = state
    for t in 0..<64 {
      let s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)
      let choice = (v[4] & v[5]) ^ (~v[4] & v[6])
      let first = v[7] &+ s1 &+ choice &+ constants[t] &+ w[t]
      let s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)
      let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
      v = [first &+ s0 &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
    }
    for i in 0..<8 { state[i] &+= v[i] }
  }
}
