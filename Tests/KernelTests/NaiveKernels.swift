import CSidikKernels

/// The kernels once more, written for the reader: the oracle of the property suite.
enum Naive {
  static func mum(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  static func finish(_ value: UInt64) -> UInt64 {
    var x = value
    x ^= x >> 32
    x = x &* testKeys.finish
    return x ^ (x >> 29)
  }

  static func isNoSpace(_ scalar: Unicode.Scalar) -> Bool {
    isIdeographOrKana(scalar)
      || [
        0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0xA9E0...0xA9FF, 0xAA60...0xAA7F,
      ].contains { $0.contains(Int(scalar.value)) }
  }

  static func isIdeographOrKana(_ scalar: Unicode.Scalar) -> Bool {
    [
      0x2E80...0x312F, 0x3190...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x1B000...0x1B16F,
      0x20000...0x3FFFF,
    ].contains { $0.contains(Int(scalar.value)) }
  }

  static func isDense(_ scalar: Unicode.Scalar) -> Bool {
    isIdeographOrKana(scalar)
      || [0x3130...0x318F, 0xAC00...0xD7A3].contains { $0.contains(Int(scalar.value)) }
  }

  /// Scalars without the spaces that stand between characters of scripts without spaces.
  static func scalars(_ text: String) -> [Unicode.Scalar] {
    var kept: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      if isNoSpace(scalar), kept.count >= 2, kept[kept.count - 1] == " ",
        isNoSpace(kept[kept.count - 2])
      {
        kept.removeLast()
      }
      kept.append(scalar)
    }
    return kept
  }

  static func polynomial(_ values: [UInt64]) -> UInt64 {
    finish(values.reduce(0) { $0 &* testKeys.multiplier &+ $1 })
  }

  static func charFeatures(_ scalars: [Unicode.Scalar], _ gram: Int, _ dense: Int) -> [UInt64] {
    if scalars.isEmpty { return [] }
    var features: [UInt64] = []
    for start in scalars.indices {
      let length = isDense(scalars[start]) ? dense : gram
      guard start + length <= scalars.count else { continue }
      features.append(polynomial(scalars[start..<start + length].map { UInt64($0.value) }))
    }
    return features.isEmpty ? [polynomial(scalars.map { UInt64($0.value) })] : features
  }

  static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    for word in text.unicodeScalars.split(separator: " ") {
      var open = ""
      for scalar in word {
        if isNoSpace(scalar) {
          if !open.isEmpty { tokens.append(open) }
          open = ""
          tokens.append(String(scalar))
        } else {
          open.unicodeScalars.append(scalar)
        }
      }
      if !open.isEmpty { tokens.append(open) }
    }
    return tokens
  }

  static func tokenHash(_ token: String) -> UInt64 {
    let bytes = Array(token.utf8)
    let n = UInt64(bytes.count)
    let k = testKeys.token
    func word(_ start: Int) -> UInt64 {
      (0..<8).reduce(0) { sum, i in
        start + i < bytes.count ? sum | UInt64(bytes[start + i]) << UInt64(8 * i) : sum
      }
    }
    if bytes.count <= 16 { return mum(word(0) ^ k.0, word(8) ^ k.1 ^ (n &* k.2)) }
    var state = n &* 0x9E37_79B9_7F4A_7C15
    var at = 0
    while at + 16 < bytes.count {
      state = mum(word(at) ^ k.0, word(at + 8) ^ k.1 ^ state) &+ state
      at += 16
    }
    return mum(word(bytes.count - 16) ^ k.0 ^ state, word(bytes.count - 8) ^ k.1 ^ n)
  }

  static func oph(_ features: [UInt64], _ latin: [UInt8]) -> [UInt32] {
    var bins = [UInt32](repeating: .max, count: 128)
    for feature in features {
      let bin = Int(feature >> 57)
      bins[bin] = min(bins[bin], min(UInt32(truncatingIfNeeded: feature), .max - 1))
    }
    guard bins.contains(where: { $0 != .max }) else { return bins }
    return bins.indices.map { bin in
      if bins[bin] != .max { return bins[bin] }
      let row = (0..<128).first { bins[Int(latin[$0 * 128 + bin])] != .max }!
      return bins[Int(latin[row * 128 + bin])]
    }
  }

  static func simhash(_ features: [UInt64]) -> UInt64 {
    (0..<64).reduce(0) { hash, bit in
      let count = features.count { $0 >> UInt64(bit) & 1 == 1 }
      return 2 * count > features.count ? hash | 1 << UInt64(bit) : hash
    }
  }
}
