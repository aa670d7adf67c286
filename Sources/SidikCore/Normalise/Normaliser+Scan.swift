internal import CSidikKernels

/// The fast path over characters: ASCII runs by table, other scalars by trie.
extension Normaliser {
  /// Folds the characters of `n` bytes into `output`.
  ///
  /// A word is written as it is read. When it turns out to need more than a look-up (marks to
  /// reorder, expansions, look-alikes) it is taken back and given to ``foldWord(_:_:from:trigger:)``.
  mutating func scan(_ source: UnsafePointer<UInt8>, _ n: Int) {
    let folds = options.folds
    let strip = folds.contains(.marks)
    let guarding = folds.contains(.confusables)
    let breaks = folds.contains(.punctuation)
    let allSlow = !folds.contains(.compatibility)
    let slowMask = UnicodeEntry.slow | (breaks ? 0 : UnicodeEntry.complex)
    var word = WordPosition()
    var i = 0
    while i < n {
      let runStart = i
      output.reserve(output.count + (n - i) + 64)
      i = unsafe output.tracking ? scanASCIITracked(source, i, n) : scanASCII(source, i, n)
      guard i < n else { return }
      if i > runStart { unsafe word.moveOver(source, runStart, i, output.count, ascii) }
      while i < n, unsafe source[i] >= 0x80 {
        let (scalar, length) = unsafe UTF8Coding.decode(source, i, n)
        guard length > 0 else {
          repaired += 1
          output.appendBreak(i, i + 1)
          i += 1
          word.restart(i, output.count)
          continue
        }
        let entry = tables.entry(scalar, strip: strip)
        var slow = entry.has(slowMask)
        if !slow {
          let belongs = entry.has(UnicodeEntry.word) || (!breaks && isKeptSign(entry))
          guard belongs else {
            noteBreak(entry)
            output.appendBreak(i, i + length)
            i += length
            word.restart(i, output.count)
            continue
          }
          slow = allSlow
          if guarding, !slow {
            slow = unsafe needsGuard(entry.script, word.script, source, i + length, n)
          }
          if entry.has(UnicodeEntry.mark) {
            let combining = tables.combiningClass(scalar)
            slow = slow || combining < word.combining
            word.combining = combining
          } else {
            word.combining = 0
          }
        }
        if slow {
          output.count = word.output
          i = unsafe foldWord(source, n, from: word.source, trigger: i)
          word.restart(i, output.count)
          output.reserve(output.count + (n - i) + 64)
          continue
        }
        if output.tracking, entry.folded(scalar) != scalar { counts[.compatibility] += 1 }
        output.appendScalar(entry.folded(scalar), i, i + length)
        if entry.script != ScriptClass.none { word.script = entry.script }
        i += length
      }
    }
  }

  /// Whether a scalar that is not of a word is kept, where punctuation is not folded.
  @inline(__always)
  func isKeptSign(_ entry: UnicodeEntry) -> Bool {
    if entry.has(UnicodeEntry.emoji), options.folds.contains(.emoji) { return false }
    return !entry.has(UnicodeEntry.space)
  }

  /// Counts a scalar that became a break.
  @inline(__always)
  mutating func noteBreak(_ entry: UnicodeEntry) {
    if entry.has(UnicodeEntry.emoji) {
      if options.folds.contains(.emoji) { counts[.emoji] += 1 }
    } else if output.tracking, !entry.has(UnicodeEntry.space) {
      counts[.punctuation] += 1
    }
  }

  /// Whether a letter may be a look-alike: the word mixes scripts, or the document is Latin.
  @inline(__always)
  private mutating func needsGuard(
    _ script: UInt32,
    _ before: UInt32,
    _ source: UnsafePointer<UInt8>,
    _ next: Int,
    _ n: Int
  ) -> Bool {
    if ScriptClass.resemblesLatin(script) {
      if before == ScriptClass.latin { return true }
      if next < n, unsafe (source[next] | 0x20) &- 0x61 < 26 { return true }
      return unsafe isLatinDocument(source, n, next)
    }
    return script == ScriptClass.latin && ScriptClass.resemblesLatin(before)
  }

  /// Whether the document has at least as many ASCII letters as look-alike ones.
  ///
  /// Counted in bytes, once a document: lead bytes of the Greek, Cyrillic, Armenian, Cherokee,
  /// Coptic, Lisu and old alphabets' blocks against ASCII letters.
  mutating func isLatinDocument(_ source: UnsafePointer<UInt8>, _ n: Int, _ here: Int) -> Bool {
    if let latinDocument { return latinDocument }
    var latin = 0
    var others = 0
    unsafe sidik_count_scripts(source, n, &latin, &others)
    let answer = latin >= others
    latinDocument = answer
    return answer
  }

  /// Folds ASCII from `start` up to the first byte that is not ASCII.
  @inline(__always)
  private mutating func scanASCII(_ source: UnsafePointer<UInt8>, _ start: Int, _ n: Int) -> Int {
    var at = output.count
    let end = unsafe sidik_fold_ascii(
      source,
      start,
      n,
      output.bytes.base,
      &at,
      ascii.base,
      isCommonASCII ? 1 : 0
    )
    output.count = at
    return end
  }

  /// The same with offsets and counts.
  private mutating func scanASCIITracked(
    _ source: UnsafePointer<UInt8>,
    _ start: Int,
    _ n: Int
  ) -> Int {
    var i = start
    while i < n {
      let raw = unsafe source[i]
      if raw >= 0x80 { break }
      let byte = ascii[Int(raw)]
      if byte == 0x20 {
        if raw > 0x20, raw < 0x7F { counts[.punctuation] += 1 }
        output.appendBreak(i, i + 1)
      } else {
        if byte != raw { counts[.compatibility] += 1 }
        output.appendByte(byte, i, i + 1)
      }
      i += 1
    }
    return i
  }
}

/// Where the word being written began, in the source and in the output, and its last letter.
struct WordPosition {
  var source = 0
  var output = 0
  var script: UInt32 = 0
  var combining: UInt8 = 0

  @inline(__always)
  mutating func restart(_ source: Int, _ output: Int) {
    self = WordPosition(source: source, output: output)
  }

  /// Moves over an ASCII run that was just folded: the word begins after its last break.
  @inline(__always)
  mutating func moveOver(
    _ source: UnsafePointer<UInt8>,
    _ start: Int,
    _ end: Int,
    _ written: Int,
    _ table: borrowing ScratchBuffer<UInt8>
  ) {
    var j = end
    while j > start, unsafe table[Int(source[j - 1])] != 0x20 { j -= 1 }
    if j > start { restart(j, written - (end - j)) }
    combining = 0
    guard j < end else { return }
    let isLetter = unsafe (source[end - 1] | 0x20) &- 0x61 < 26
    script = isLetter ? ScriptClass.latin : ScriptClass.none
  }
}
