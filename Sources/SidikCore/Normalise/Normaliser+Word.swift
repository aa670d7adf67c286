internal import CSidikKernels

/// One scalar of the word on the slow path.
struct WordItem: BitwiseCopyable, Sendable {
  var scalar: UInt32
  /// The scalar as it stood in the source.
  var original: UInt32
  var start: UInt32
  var end: UInt32
  var script: UInt32
  var combining: UInt8
  /// A zero-width joiner or non-joiner, kept only between letters that it shapes.
  var isJoiner = false
}

/// The slow path over one word: real canonical ordering and composition, marks, look-alikes.
extension Normaliser {
  /// The length at which a word is folded in pieces, so that hostile input costs linear time.
  private static let pieceLimit = 4096
  /// The longest row of marks ordered as one.
  private static let markLimit = 64

  /// Folds the word that begins at `from` and goes at least past the scalar at `trigger`.
  ///
  /// - Returns: where the scan goes on; always past `trigger`.
  mutating func foldWord(
    _ source: UnsafePointer<UInt8>,
    _ n: Int,
    from: Int,
    trigger: Int
  ) -> Int {
    items.count = 0
    var i = from
    var marks = 0
    while i < n {
      let first = unsafe source[i]
      if first < 0x80 {
        let byte = ascii[Int(first)]
        if byte == 0x20 { break }
        if output.tracking, byte != first, i >= trigger { counts[.compatibility] += 1 }
        pushItem(UInt32(byte), UInt32(first), i, i + 1)
        marks = 0
        i += 1
      } else {
        let (scalar, length) = unsafe UTF8Coding.decode(source, i, n)
        if length == 0 { break }
        let before = items.count
        let next = unsafe foldScalar(scalar, source, n, i, i + length, trigger)
        if next < 0 { return -next }
        i = next
        let last = items.count - 1
        marks = last >= before && items[last].combining != 0 ? marks + 1 : 0
      }
      let isLong = items.count >= Self.pieceLimit || marks >= Self.markLimit
      if isLong {
        unsafe flushWord(source, n)
        marks = 0
        if i > trigger { return i }
      }
    }
    unsafe flushWord(source, n)
    return i
  }

  /// Folds one scalar into the word.
  ///
  /// - Returns: where to go on; negative where the word ended and the break was written.
  private mutating func foldScalar(
    _ scalar: UInt32,
    _ source: UnsafePointer<UInt8>,
    _ n: Int,
    _ start: Int,
    _ end: Int,
    _ trigger: Int
  ) -> Int {
    let folds = options.folds
    let entry = tables.entry(scalar)
    if entry.has(UnicodeEntry.ignorable) {
      if folds.contains(.invisibles) {
        if scalar == 0x200C || scalar == 0x200D {
          pushJoiner(scalar, start, end)
        } else {
          counts[.invisibles] += 1
        }
        return end
      }
      return unsafe endWord(source, n, start, end, entry)
    }
    if scalar &- 0x1F1E6 < 26 {
      return unsafe foldIndicators(source, n, start)
    }
    if scalar == 0x20E3, folds.contains(.emoji) {
      counts[.emoji] += 1
      return end
    }
    if !entry.has(UnicodeEntry.word) {
      if folds.contains(.styled), tables.plainLetter(scalar) != nil {
        pushItem(scalar, scalar, start, end)
        return end
      }
      if folds.contains(.punctuation) || !isKeptSign(entry) {
        return unsafe endWord(source, n, start, end, entry)
      }
    }
    guard folds.contains(.compatibility) else {
      pushDecomposed(scalar, scalar, start, end)
      return end
    }
    guard entry.has(UnicodeEntry.complex) else {
      let folded = entry.folded(scalar)
      if output.tracking, folded != scalar, start >= trigger { counts[.compatibility] += 1 }
      pushDecomposed(folded, scalar, start, end)
      return end
    }
    if output.tracking, start >= trigger { counts[.compatibility] += 1 }
    let count = unsafe Int(tables.expansions[entry.place])
    for index in 1...max(1, count) where index <= count {
      let part = unsafe tables.expansions[entry.place + index]
      let kind = tables.entry(part)
      if kind.has(UnicodeEntry.word) || (!folds.contains(.punctuation) && isKeptSign(kind)) {
        pushDecomposed(part, part, start, end)
      } else {
        unsafe flushWord(source, n)
        output.appendBreak(start, end)
      }
    }
    return end
  }

  /// Ends the word at a scalar that is a break.
  private mutating func endWord(
    _ source: UnsafePointer<UInt8>,
    _ n: Int,
    _ start: Int,
    _ end: Int,
    _ entry: UnicodeEntry
  ) -> Int {
    unsafe flushWord(source, n)
    noteBreak(entry)
    output.appendBreak(start, end)
    return -end
  }

  /// Folds a row of regional indicators: flags are emoji, anything else is written letters.
  private mutating func foldIndicators(
    _ source: UnsafePointer<UInt8>,
    _ n: Int,
    _ start: Int
  ) -> Int {
    let folds = options.folds
    var end = start
    var flags = true
    var first: UInt32?
    while end < n, unsafe source[end] >= 0x80 {
      let (scalar, length) = unsafe UTF8Coding.decode(source, end, n)
      guard length > 0, scalar &- 0x1F1E6 < 26 else { break }
      let letter = scalar - 0x1F1E6
      if let begun = first {
        flags = flags && tables.isFlag(begun, letter)
        first = nil
      } else {
        first = letter
      }
      end += length
    }
    flags = flags && first == nil
    if flags && folds.contains(.emoji) {
      unsafe flushWord(source, n)
      counts[.emoji] += (end - start) / 8
      output.appendBreak(start, end)
      return -end
    }
    guard folds.contains(.styled) || !folds.contains(.punctuation) else {
      return unsafe endWord(source, n, start, end, UnicodeEntry(bits: 0))
    }
    for at in stride(from: start, to: end, by: 4) {
      let scalar = unsafe UTF8Coding.decode(source, at, n).0
      pushItem(scalar, scalar, at, at + 4)
    }
    return end
  }

  private mutating func pushItem(_ scalar: UInt32, _ original: UInt32, _ start: Int, _ end: Int) {
    items.append(
      WordItem(
        scalar: scalar,
        original: original,
        start: UInt32(clamping: start),
        end: UInt32(clamping: end),
        script: tables.entry(scalar).script,
        combining: tables.combiningClass(scalar)
      )
    )
  }

  private mutating func pushJoiner(_ scalar: UInt32, _ start: Int, _ end: Int) {
    pushItem(scalar, scalar, start, end)
    items[items.count - 1].isJoiner = true
  }

  /// Pushes the canonical decomposition of a scalar.
  private mutating func pushDecomposed(
    _ scalar: UInt32,
    _ original: UInt32,
    _ start: Int,
    _ end: Int
  ) {
    if scalar < 0xC0 {
      pushItem(scalar, original, start, end)
    } else if scalar &- 0xAC00 < 11172 {
      let index = scalar - 0xAC00
      pushItem(0x1100 + index / 588, original, start, end)
      pushItem(0x1161 + index % 588 / 28, original, start, end)
      if index % 28 != 0 { pushItem(0x11A7 + index % 28, original, start, end) }
    } else if let parts = unsafe tables.decomposition(scalar) {
      for index in 0..<parts.count {
        unsafe pushItem(parts[index], original, start, end)
      }
    } else {
      pushItem(scalar, original, start, end)
    }
  }

  /// Folds the collected word and writes it.
  private mutating func flushWord(_ source: UnsafePointer<UInt8>, _ n: Int) {
    guard items.count > 0 else { return }
    resolveJoiners()
    if options.folds.contains(.styled) { foldStyled() }
    if options.folds.contains(.confusables) { unsafe foldLookAlikes(source, n) }
    if options.folds.contains(.marks) { stripMarks() }
    orderMarks()
    compose()
    for index in 0..<items.count {
      let item = items[index]
      output.appendScalar(item.scalar, Int(item.start), Int(item.end))
    }
    items.count = 0
  }
}
