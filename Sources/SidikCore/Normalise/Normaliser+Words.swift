internal import CSidikKernels

/// One letter of a word and where it stands in the folded characters.
struct WordLetter: BitwiseCopyable, Sendable {
  var scalar: UInt32
  var from: UInt32
}

/// The fold of whole words: a scan for words that may change, then the rules on those.
extension Normaliser {
  /// Folds the words of `output` into `folded`.
  ///
  /// - Returns: whether any word changed; if not, `folded` is meaningless.
  mutating func foldWords() -> Bool {
    let folds = options.folds
    let n = output.count
    guard n > 0, !folds.isDisjoint(with: .wordFolds) else { return false }
    folded.reset(tracking: output.tracking, expecting: n + 64)
    copied = 0
    var settled = 0
    var isChanged = false
    var i = 0
    while i < n {
      var hit = folds.contains(.slang) ? i : nextSuspect(i, n)
      guard hit < n else { break }
      if output.bytes[hit] == 0x20, hit > i { hit -= 1 }
      var (start, end) = word(around: hit, after: settled, n)
      letters.count = 0
      var isJoined = false
      if folds.contains(.spacedLetters), isSingle(start, end) {
        (start, end, isJoined) = gatherSpaced(start, end, after: settled, n)
      }
      if end - start > Self.longestWord {
        if isJoined { join(start, end) }
        isChanged = isChanged || isJoined
      } else {
        if !isJoined { gather(start, end) }
        if foldLetters(start, end, isJoined) {
          copied = end
          isChanged = true
        }
      }
      settled = end
      i = end + 1
    }
    if isChanged { folded.append(output, copied, n) }
    return isChanged
  }

  /// The first byte from `start` on at which a word may need a fold; `n` if there is none.
  ///
  /// Whole blocks are tested without branches, so that clean text passes at memory speed.
  private func nextSuspect(_ start: Int, _ n: Int) -> Int {
    let bytes = unsafe UnsafePointer(output.bytes.base)
    var i = start
    while i < n {
      if i >= 6 {
        i = unsafe sidik_find_suspicion(bytes, i, n)
        if i == n { return n }
      }
      let end = min(i + 16, n)
      while i < end {
        if i >= 6 ? unsafe Self.suspicion(bytes + i) != 0 : isSuspectAtHead(i) { return i }
        i += 1
      }
    }
    return n
  }

  /// Not zero where a byte ends a pattern: a digit beside a letter, a run, spaced letters.
  @inline(__always)
  private static func suspicion(_ p: UnsafePointer<UInt8>) -> UInt8 {
    let b = unsafe p[0]
    let b1 = unsafe p[-1]
    let b2 = unsafe p[-2]
    let b3 = unsafe p[-3]
    let b4 = unsafe p[-4]
    let b6 = unsafe p[-6]
    let digit: UInt8 = (b &- 0x30 < 10 ? 1 : 0) & (b1 > 0x39 ? 1 : 0)
    let after: UInt8 = (b1 &- 0x30 < 10 ? 1 : 0) & (b > 0x39 ? 1 : 0)
    let run: UInt8 = (b == b1 ? 1 : 0) & (b == b2 ? 1 : 0) & (b > 0x40 ? 1 : 0)
    let twin: UInt8 =
      (b == b2 ? 1 : 0) & (b == b4 ? 1 : 0) & (b1 == b3 ? 1 : 0) & (b1 > 0xC0 ? 1 : 0)
    let isSpace: UInt8 = b == 0x20 ? 1 : 0
    let spaced: UInt8 = (b2 == 0x20 ? 1 : 0) & (b4 == 0x20 ? 1 : 0)
    let spacedTwo: UInt8 = (b3 == 0x20 ? 1 : 0) & (b6 == 0x20 ? 1 : 0)
    return digit | after | run | twin | (isSpace & (spaced | spacedTwo))
  }

  /// The same for the first bytes, before which nothing may be read.
  private func isSuspectAtHead(_ i: Int) -> Bool {
    var window: (UInt64) = 0x2020_2020_2020_2020
    for index in 0...i {
      window = window << 8 | UInt64(output.bytes[index])
    }
    func byte(_ back: Int) -> UInt8 { UInt8(truncatingIfNeeded: window >> (8 * UInt64(back))) }
    let b = byte(0)
    if b == 0x20 {
      return i >= 5 && byte(2) == 0x20 && byte(4) == 0x20
    }
    let isMixed =
      (b &- 0x30 < 10 && byte(1) > 0x39) || (byte(1) &- 0x30 < 10 && b > 0x39)
    let isRun = b > 0x40 && b == byte(1) && b == byte(2)
    let isTwin = byte(1) > 0xC0 && b == byte(2) && b == byte(4) && byte(1) == byte(3)
    return isMixed || isRun || isTwin
  }

  private func word(around hit: Int, after settled: Int, _ n: Int) -> (Int, Int) {
    var start = hit
    while start > settled, output.bytes[start - 1] != 0x20 { start -= 1 }
    var end = hit
    while end < n, output.bytes[end] != 0x20 { end += 1 }
    return (start, end)
  }

  /// Whether a word is one letter.
  private func isSingle(_ start: Int, _ end: Int) -> Bool {
    guard end > start else { return false }
    let first = output.bytes[start]
    if end - start == 1 { return first &- 0x61 < 26 || first &- 0x41 < 26 }
    return end - start == 2 && first &- 0xC3 < 0x1D
  }

  /// Collects a row of four or more single letters around one.
  private mutating func gatherSpaced(
    _ start: Int,
    _ end: Int,
    after settled: Int,
    _ n: Int
  ) -> (Int, Int, Bool) {
    var first = start
    while first - 2 >= settled {
      let (before, _) = word(around: first - 2, after: settled, n)
      guard isSingle(before, first - 1) else { break }
      first = before
    }
    var last = end
    var count = 0
    while last + 1 < n {
      let width = output.bytes[last + 1] < 0x80 ? 1 : 2
      let stop = last + 1 + width
      guard stop <= n, stop == n || output.bytes[stop] == 0x20, isSingle(last + 1, stop) else {
        break
      }
      last = stop
    }
    if last - first > Self.longestWord { return (first, last, true) }
    var at = first
    while at < last {
      at += output.bytes[at] < 0x80 ? 2 : 3
      count += 1
    }
    guard count >= 4 else { return (start, end, false) }
    at = first
    while at < last {
      let from = at
      at += output.bytes[at] < 0x80 ? 2 : 3
      gather(from, at - 1)
    }
    counts[.spacedLetters] += 1
    return (first, last, true)
  }

  /// Bytes of a word, or of a row of single letters, that rules on words look at.
  ///
  /// No writing has longer ones; hostile texts do, and letters that are looked at stand in eight bytes each.
  private static let longestWord = 1 << 16

  /// Leaves the spaces of a long row of single letters out; no other rule looks at it.
  private mutating func join(_ start: Int, _ end: Int) {
    folded.append(output, copied, start)
    counts[.spacedLetters] += 1
    var at = start
    while at < end {
      let width = output.bytes[at] < 0x80 ? 1 : 2
      folded.append(output, at, at + width)
      at += width + 1
    }
    copied = end
  }

  /// A row of one letter of which more is kept nowhere: it becomes one letter if it may.
  private static let longestRun = 64

  /// Appends the letters of a range to `letters`.
  ///
  /// Of a row of one letter without end, as hostile texts have, the first are enough to be folded.
  private mutating func gather(_ start: Int, _ end: Int) {
    let cutsRuns = options.folds.contains(.runs)
    var i = start
    var row = 0
    while i < end {
      var scalar = UInt32(output.bytes[i])
      var length = 1
      if scalar >= 0x80 {
        (scalar, length) = unsafe UTF8Coding.decode(output.bytes.base, i, end)
      }
      let isSame = letters.count > 0 && letters[letters.count - 1].scalar == scalar
      row = isSame && scalar &- 0x61 < 26 ? row + 1 : 0
      if !cutsRuns || row < Self.longestRun {
        letters.append(WordLetter(scalar: scalar, from: UInt32(clamping: i)))
      }
      i += max(1, length)
    }
  }
}
