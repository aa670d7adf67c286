/// Forwarding headers and calls to spread a text, at its two ends only.
extension Normaliser {
  /// Blanks the forwarding marks at the beginning and the end of the source.
  ///
  /// Nothing is blanked where fewer than three words would be left between the two ends, so
  /// that a text which only looks like a mark stays.
  mutating func maskForwards(_ source: UnsafePointer<UInt8>, _ n: Int) {
    let head = unsafe headLength(source, n)
    let tail = unsafe tailStart(source, n, after: head)
    guard head > 0 || tail < n else { return }
    guard unsafe hasWords(3, source, head, tail) else { return }
    if head > 0 {
      counts[.forwardMarks] += 1
      unsafe blank(0..<head, source, n)
    }
    if tail < n {
      counts[.forwardMarks] += 1
      unsafe blank(tail..<n, source, n)
    }
  }

  /// The length of the marks at the beginning.
  private mutating func headLength(_ source: UnsafePointer<UInt8>, _ n: Int) -> Int {
    let limit = min(n, ForwardMarks.reach)
    var start = 0
    for _ in 0..<ForwardMarks.mostSegments {
      if let end = unsafe headerEnd(source, start, limit) {
        start = end
        continue
      }
      let end = unsafe lineEnd(source, start, limit)
      // A mark is followed by something.
      guard end < limit else { break }
      let kind = unsafe segmentKind(source, start, end)
      guard kind != .text else { break }
      start = end + 1
    }
    // Only blank lines were passed over: nothing was marked.
    return unsafe hasWords(1, source, 0, start) ? start : 0
  }

  /// Where the marks at the end begin; `n` if there are none.
  private mutating func tailStart(_ source: UnsafePointer<UInt8>, _ n: Int, after head: Int) -> Int
  {
    let limit = max(head, n - ForwardMarks.reach)
    var end = n
    var start = n
    for _ in 0..<ForwardMarks.mostSegments {
      var from = end
      // Over the stops and blanks behind the segment, then back to the stop before it.
      while from > limit, unsafe isSegmentEnd(source[from - 1]) || source[from - 1] <= 0x20 {
        from -= 1
      }
      while from > limit, unsafe !isSegmentEnd(source[from - 1]) { from -= 1 }
      guard from > limit else { break }
      let kind = unsafe segmentKind(source, from, end)
      guard kind != .text else { break }
      if kind == .mark { start = from }
      end = from
    }
    return start
  }

  private enum SegmentKind { case text, mark, blank }

  /// Folds a short segment to words in `items` and compares it with the wordings.
  private mutating func segmentKind(
    _ source: UnsafePointer<UInt8>,
    _ start: Int,
    _ end: Int
  ) -> SegmentKind {
    guard end - start <= 400 else { return .text }
    items.count = 0
    var words = 0
    var isInWord = false
    var i = start
    while i < end {
      var scalar = unsafe UInt32(source[i])
      var length = 1
      if scalar >= 0x80 {
        (scalar, length) = unsafe UTF8Coding.decode(source, i, end)
        let entry = tables.entry(scalar, strip: true)
        let isPlain = length > 0 && entry.has(UnicodeEntry.word) && !entry.has(UnicodeEntry.complex)
        if length > 0, entry.has(UnicodeEntry.ignorable) {
          i += length
          continue
        }
        scalar = isPlain ? entry.folded(scalar) : 0x20
      } else {
        scalar = UInt32(Self.foldedLetter(UInt8(scalar)))
      }
      i += max(1, length)
      if scalar == 0x20 {
        isInWord = false
        continue
      }
      if !isInWord {
        if words > 0 { appendMarkScalar(0x20) }
        words += 1
        isInWord = true
      }
      appendMarkScalar(scalar)
    }
    guard words > 0 else { return .blank }
    let isMark =
      ForwardMarks.whole.contains { matches($0, whole: true) }
      || (words <= ForwardMarks.longestSegment
        && ForwardMarks.opening.contains { matches($0, whole: false) })
    items.count = 0
    return isMark ? .mark : .text
  }

  private mutating func appendMarkScalar(_ scalar: UInt32) {
    items.append(
      WordItem(scalar: scalar, original: 0, start: 0, end: 0, script: 0, combining: 0)
    )
  }

  /// Whether the words in `items` are a wording, or begin with it.
  private func matches(_ wording: String, whole: Bool) -> Bool {
    var index = 0
    for byte in wording.utf8 {
      guard index < items.count, items[index].scalar == UInt32(byte) else { return false }
      index += 1
    }
    return index == items.count || (!whole && items[index].scalar == 0x20)
  }

  /// The end of a chat header that begins at `start`, or nil.
  ///
  /// `[10/02 08.12] +62 812-...: ` and `10/02/21 08.12 - Name: `; a sender has no line break
  /// and at most 60 bytes.
  private func headerEnd(_ source: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int? {
    var i = start
    while i < limit, unsafe source[i] <= 0x20 { i += 1 }
    let isBracketed = unsafe i < limit && source[i] == 0x5B
    if isBracketed { i += 1 }
    let stampStart = i
    var digits = 0
    var separators = 0
    while i < limit, i - stampStart < 32, unsafe Self.isStampByte(source[i]) {
      if unsafe source[i] &- 0x30 < 10 { digits += 1 }
      if unsafe source[i] == 0x2F || source[i] == 0x2E || source[i] == 0x3A { separators += 1 }
      i += 1
    }
    guard digits >= 6, separators >= 2 else { return nil }
    if isBracketed {
      guard i < limit, unsafe source[i] == 0x5D else { return nil }
      i += 1
    } else {
      // The dash belongs to the bytes of the stamp: it must be there.
      guard unsafe source[i - 1] == 0x20, unsafe source[i - 2] == 0x2D else { return nil }
    }
    let senderStart = i
    while i < limit, i - senderStart <= 60, unsafe source[i] != 0x0A {
      if unsafe source[i] == 0x3A, i + 1 < limit, unsafe source[i + 1] <= 0x20 { return i + 2 }
      i += 1
    }
    return nil
  }

  private func lineEnd(_ source: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int {
    var i = start
    while i < limit, unsafe source[i] != 0x0A { i += 1 }
    return i
  }

  private func isSegmentEnd(_ byte: UInt8) -> Bool {
    byte == 0x0A || byte == 0x2E || byte == 0x21 || byte == 0x3F
  }

  /// Whether a range holds that many words, roughly: rows of letters, digits or other bytes.
  private func hasWords(
    _ wanted: Int,
    _ source: UnsafePointer<UInt8>,
    _ start: Int,
    _ end: Int
  ) -> Bool {
    var words = 0
    var isInWord = false
    for index in start..<max(start, end) {
      let isWord = unsafe Self.isAlphanumeric(source[index]) || source[index] >= 0x80
      if isWord, !isInWord { words += 1 }
      if words >= wanted { return true }
      isInWord = isWord
    }
    return false
  }

  private static func foldedLetter(_ byte: UInt8) -> UInt8 {
    if isASCIILetter(byte) { return byte | 0x20 }
    return byte &- 0x30 < 10 ? byte : 0x20
  }

  private static func isStampByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x20, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x41, 0x4D, 0x50, 0x61, 0x6D, 0x70:
      true
    default: false
    }
  }
}
