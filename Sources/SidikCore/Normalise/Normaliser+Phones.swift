/// Telephone numbers: each becomes the word `0`.
extension Normaliser {
  /// Masks international (`+62 812-...`), national (`0812...`, `(021) ...`) and bare (`62812...`)
  /// numbers.
  mutating func maskPhones(_ source: UnsafePointer<UInt8>, _ n: Int) {
    var i = 0
    while i < n {
      let byte = unsafe source[i]
      let isOpening = byte == 0x2B || byte == 0x28
      guard isOpening || byte &- 0x30 < 10 else {
        i += 1
        continue
      }
      let isInside = unsafe i > 0 && Self.isAlphanumeric(source[i - 1])
      if !isInside, let phone = unsafe phone(source, n, at: i),
        masked.count == 0 || masked[i] == byte
      {
        unsafe blank(i..<phone.end, source, n)
        masked[phone.digit] = 0x30
        counts[.phones] += 1
        i = phone.end
        continue
      }
      i += 1
      while i < n, unsafe source[i] &- 0x30 < 10 { i += 1 }
    }
  }

  /// The telephone number that begins at `start`, or nil.
  private func phone(
    _ source: UnsafePointer<UInt8>,
    _ n: Int,
    at start: Int
  ) -> (digit: Int, end: Int)? {
    var i = start
    var hasPlus = false
    while i < n, i < start + 2, unsafe source[i] == 0x2B || source[i] == 0x28 {
      hasPlus = unsafe hasPlus || source[i] == 0x2B
      i += 1
    }
    let digit = i
    var count = 0
    var head: UInt32 = 0
    var end = i
    while i < n {
      let groupStart = i
      while i < n, unsafe source[i] &- 0x30 < 10 {
        if count + i - groupStart < 3 { head = unsafe head * 10 + UInt32(source[i] - 0x30) }
        i += 1
        guard i - groupStart <= 15 else { return nil }
      }
      let length = i - groupStart
      guard length > 0, count + length <= 15 else { break }
      if i < n, unsafe Self.isASCIILetter(source[i]) { break }
      // A full number followed by another one.
      if count >= 9, unsafe source[groupStart] == 0x30 { break }
      count += length
      end = i
      var gap = 0
      while gap < 2, i < n, unsafe Self.isPhoneGap(source[i]) {
        i += 1
        gap += 1
      }
      if gap == 0 { break }
    }
    guard end > digit else { return nil }
    let isNational = head < 100 && head >= 10 && (9...13).contains(count)
    let isLong = unsafe source[digit] == 0x30 && isNational
    let isBare = head == 628 && (10...14).contains(count)
    return (hasPlus && (8...15).contains(count)) || isLong || isBare ? (digit, end) : nil
  }

  private static func isPhoneGap(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x2D || byte == 0x2E || byte == 0x28 || byte == 0x29
  }
}
