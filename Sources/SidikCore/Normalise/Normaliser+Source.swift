internal import CSidikKernels

/// Masks over the source: addresses, telephone numbers, forwarding marks, letter-like signs.
///
/// A mask never changes the length of the source, so that offsets stay true; the source itself
/// is copied only when the first mask is found.
extension Normaliser {
  /// Copies the source to `masked` and masks it there, if it holds anything to mask.
  ///
  /// - Returns: whether it did; if not, the source is to be folded as it is.
  mutating func maskSource(_ source: UnsafePointer<UInt8>, _ n: Int) -> Bool {
    masked.count = 0
    if options.folds.contains(.forwardMarks) { unsafe maskForwards(source, n) }
    if !options.folds.isDisjoint(with: [.urls, .leet]) { unsafe maskSigns(source, n) }
    if options.folds.contains(.phones) { unsafe maskPhones(source, n) }
    return masked.count == n
  }

  /// Blanks a part of the copy.
  mutating func blank(_ range: Range<Int>, _ source: UnsafePointer<UInt8>, _ n: Int) {
    unsafe copySource(source, n)
    for index in range { masked[index] = 0x20 }
  }

  mutating func copySource(_ source: UnsafePointer<UInt8>, _ n: Int) {
    guard masked.count < n else { return }
    masked.reserve(n)
    unsafe masked.base.update(from: source, count: n)
    masked.count = n
  }

  /// Looks for `/`, `www.`, `@` and `$`, by blocks without branches.
  private mutating func maskSigns(_ source: UnsafePointer<UInt8>, _ n: Int) {
    let urls = options.folds.contains(.urls)
    let leet = options.folds.contains(.leet)
    var settled = 0
    var i = 0
    while i < n {
      if i >= 1 { i = unsafe sidik_find_sign(source, i, n) }
      let end = min(i + 16, n)
      while i < end {
        let byte = unsafe source[i]
        if urls, byte == 0x2F || byte == 0x2E,
          let range = unsafe address(source, n, at: i, after: settled)
        {
          unsafe blank(range, source, n)
          counts[.urls] += 1
          settled = range.upperBound
          i = max(i + 1, settled)
          continue
        }
        if leet, byte == 0x40 || byte == 0x24, unsafe isLetterSign(source, n, at: i) {
          unsafe copySource(source, n)
          masked[i] = byte == 0x40 ? 0x61 : 0x73
          counts[.leet] += 1
        }
        i += 1
      }
    }
  }

  /// The web address around a slash, or the dot of `www.`, or nil.
  private func address(
    _ source: UnsafePointer<UInt8>,
    _ n: Int,
    at i: Int,
    after settled: Int
  ) -> Range<Int>? {
    var start = i
    if unsafe source[i] == 0x2E {
      guard i >= settled + 3, i + 1 < n, unsafe Self.isAlphanumeric(source[i + 1]) else {
        return nil
      }
      for back in 1...3 where unsafe source[i - back] | 0x20 != 0x77 { return nil }
      start = i - 3
      if start > settled, unsafe Self.isAlphanumeric(source[start - 1]) { return nil }
    } else if i > settled, i + 1 < n, unsafe source[i - 1] == 0x3A, unsafe source[i + 1] == 0x2F {
      start = i - 1
      while start > settled, unsafe Self.isSchemeByte(source[start - 1]) { start -= 1 }
      while start < i - 1, unsafe (source[start] | 0x20) &- 0x61 >= 26 { start += 1 }
      guard i - 1 - start >= 2 else { return nil }
    } else {
      while start > settled, i - start < 254, unsafe Self.isHostByte(source[start - 1]) {
        start -= 1
      }
      guard unsafe isHost(source, start, i) else { return nil }
    }
    var end = i + 1
    while end < n, unsafe Self.isAddressByte(source[end]) { end += 1 }
    while end > i + 1, unsafe Self.isClosing(source[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Whether the bytes before a slash are a host name with a known top-level domain.
  private func isHost(_ source: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var dot = end - 1
    while dot > start, unsafe source[dot] != 0x2E { dot -= 1 }
    guard dot > start, end - dot - 1 >= 2, end - dot - 1 <= 6 else { return false }
    guard unsafe Self.isAlphanumeric(source[start]) else { return false }
    var packed: UInt64 = 0
    for index in (dot + 1)..<end {
      packed = unsafe packed << 8 | UInt64(source[index] | 0x20)
    }
    return Self.domains.contains(packed)
  }

  private static let domains: Set<UInt64> = {
    let names = """
      com id co org net me ly gl io tv info be my sg gov edu app link page site online xyz news to
      gg us uk ru cc in at la su is biz club store shop top vip live mobi asia web sch ac go mil
      de fr nl jp cn kr au ca eu ph th vn dev ai fm im ws mn do re
      """
    var packed: Set<UInt64> = []
    for name in names.split(whereSeparator: \.isWhitespace) {
      packed.insert(name.utf8.reduce(0) { $0 << 8 | UInt64($1) })
    }
    return packed
  }()

  /// Whether an `@` or `$` stands for a letter: letters on both sides, not part of an e-mail.
  private func isLetterSign(_ source: UnsafePointer<UInt8>, _ n: Int, at i: Int) -> Bool {
    guard i > 0, i + 1 < n else { return false }
    guard unsafe Self.isASCIILetter(source[i - 1]), unsafe Self.isASCIILetter(source[i + 1]) else {
      return false
    }
    guard unsafe source[i] == 0x40 else { return true }
    var end = i + 1
    while end < n, unsafe Self.isAlphanumeric(source[end]) || source[end] == 0x2D { end += 1 }
    let isMail =
      unsafe end + 1 < n && source[end] == 0x2E && Self.isAlphanumeric(source[end + 1])
    return !isMail
  }

  @inline(__always)
  static func isASCIILetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inline(__always)
  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isASCIILetter(byte) || byte &- 0x30 < 10
  }

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == 0x2D || byte == 0x2E
  }

  /// Printable ASCII except quotes and angle brackets.
  private static func isAddressByte(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x3C && byte != 0x3E && byte != 0x60
  }

  /// Punctuation that closes a sentence rather than an address.
  private static func isClosing(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21, 0x27, 0x29, 0x2A, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5D, 0x5F, 0x7D, 0x7E: true
    default: false
    }
  }
}
