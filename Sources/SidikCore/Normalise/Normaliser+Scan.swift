internal import CSidikKernels

/// The fast path over characters: ASCII runs by table, other scalars by trie.
extension Normaliser {
  /// Folds the characters of `n` bytes into `output`.
  ///
  /// A word is written as it is read. When it turns out to need more than a look-up (marks to
  /// reorder, expansions, look-alikes) it is taken back and given to ``foldWord(_:_:from:trigger:)``.
  mutating func scan(_ source: UnsafePointer<UInt8>, _ n: Int) {
    var word = WordPosition()
    var i = 0
    while i < n {
      let runStart = i
      reserve(for: n - i)
      i = unsafe output.tracking ? scanASCIITracked(source, i, n) : scanASCII(source, i, n)
      guard i < n else { return }
      if i > runStart { unsafe word.moveOver(source, runStart, i, output.count, ascii) }
      if output.tracking {
        i = unsafe scanOthers(source, n, i, &word, tracking: true)
      } else {
        i = unsafe scanOthers(source, n, i, &word, tracking: false)
      }
    }
  }

  /// Makes room for what the fast paths make of that many bytes; a scalar grows by half at most.
  @inline(__always)
  private mutating func reserve(for remaining: Int) {
    output.reserve(output.count + 2 * remaining + 64)
  }

  /// Folds scalars from `start` up to a run of ASCII.
  ///
  /// Single ASCII bytes between others, such as the spaces of a Russian text, go with the letters.
  /// `out` and `at` are local, because stores of bytes could otherwise change any property.
  @inline(__always)
  private mutating func scanOthers(
    _ source: UnsafePointer<UInt8>,
    _ n: Int,
    _ start: Int,
    _ word: inout WordPosition,
    tracking: Bool
  ) -> Int {
    let rules = ScanRules(options.folds)
    let trie = tables.trie(strip: rules.strips)
    var out = unsafe output.bytes.base
    var at = output.count
    var i = start
    while i < n {
      if !tracking, !rules.allSlow {
        i = unsafe foldLetters(source, n, i, out, &at, &word, rules, trie)
        if i == n { break }
      }
      if unsafe source[i] < 0x80 { break }
      let (scalar, length) = unsafe UTF8Coding.decode(source, i, n)
      let entry = length > 0 ? trie.entry(scalar) : UnicodeEntry(bits: 0)
      if length == 0 || rules.isBreak(entry) {
        output.count = at
        if length == 0 { repaired += 1 } else { noteBreak(entry) }
        i += max(1, length)
        output.appendBreak(i - max(1, length), i)
        unsafe out = output.bytes.base
        at = output.count
        word.restart(i, at)
        continue
      }
      if unsafe needsWord(entry, scalar, rules, source, i + length, n, &word) {
        output.count = word.output
        i = unsafe foldWord(source, n, from: word.source, trigger: i)
        reserve(for: n - i)
        unsafe out = output.bytes.base
        at = output.count
        word.restart(i, at)
        continue
      }
      let folded = entry.folded(scalar)
      if tracking {
        if folded != scalar { counts[.compatibility] += 1 }
        output.count = at
        output.appendScalar(folded, i, i + length)
        at = output.count
      } else {
        at = unsafe at &+ UTF8Coding.encode(folded, out, at)
      }
      if entry.script != ScriptClass.none { word.script = entry.script }
      i += length
    }
    output.count = at
    return i
  }

  /// Folds the letters that need no more than a look-up, as most do, and single ASCII bytes between.
  @inline(__always)
  private func foldLetters(
    _ source: UnsafePointer<UInt8>,
    _ n: Int,
    _ start: Int,
    _ out: UnsafeMutablePointer<UInt8>,
    _ at: inout Int,
    _ word: inout WordPosition,
    _ rules: ScanRules,
    _ trie: UnicodeTrie
  ) -> Int {
    var letters = unsafe sidik_letter_rules(
      stage: trie.stage,
      entries: trie.entries,
      ascii: ascii.base,
      wanted: UnicodeEntry.word,
      unwanted: rules.slowMask | UnicodeEntry.mark,
      guarded: rules.guards ? ScriptClass.guarded : 0
    )
    var open = sidik_open_word(
      source: word.source,
      output: word.output,
      script: word.script,
      moved: 0
    )
    let end = unsafe sidik_fold_letters(source, start, n, out, &at, &letters, &open)
    if open.moved != 0 {
      word = WordPosition(source: open.source, output: open.output, script: open.script)
    }
    return end
  }

  /// Whether a scalar sends its word to the slow path.
  @inline(__always)
  private mutating func needsWord(
    _ entry: UnicodeEntry,
    _ scalar: UInt32,
    _ rules: ScanRules,
    _ source: UnsafePointer<UInt8>,
    _ next: Int,
    _ n: Int,
    _ word: inout WordPosition
  ) -> Bool {
    if entry.has(rules.slowMask) { return true }
    var slow = rules.allSlow
    if rules.guards, !slow {
      slow = unsafe needsGuard(entry.script, word.script, source, next, n)
    }
    guard entry.has(UnicodeEntry.mark) else {
      word.combining = 0
      return slow
    }
    let combining = tables.combiningClass(scalar)
    slow = slow || combining < word.combining
    word.combining = combining
    return slow
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
    let end = unsafe Kernels.active.pointee.fold_ascii(
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

/// What the folds mean to the fast path.
struct ScanRules {
  let strips: Bool
  let guards: Bool
  let allSlow: Bool
  let slowMask: UInt32
  private let breaksSigns: Bool
  private let keepsEmoji: Bool

  @inline(__always)
  init(_ folds: Folds) {
    strips = folds.contains(.marks)
    guards = folds.contains(.confusables)
    allSlow = !folds.contains(.compatibility)
    breaksSigns = folds.contains(.punctuation)
    keepsEmoji = !folds.contains(.emoji)
    slowMask = UnicodeEntry.slow | (breaksSigns ? 0 : UnicodeEntry.complex)
  }

  /// Whether a scalar ends a word without a look at the slow path.
  @inline(__always)
  func isBreak(_ entry: UnicodeEntry) -> Bool {
    if entry.has(slowMask | UnicodeEntry.word) { return false }
    if breaksSigns || entry.has(UnicodeEntry.space) { return true }
    return entry.has(UnicodeEntry.emoji) && !keepsEmoji
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
