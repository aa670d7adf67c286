/// The steps of the slow path, each over the scalars of one word.
extension Normaliser {
  /// Keeps a zero-width joiner only between two letters of a script that it shapes.
  ///
  /// Marks between the first letter and the joiner do not part them.
  mutating func resolveJoiners() {
    var kept = 0
    var isShaped = false
    for index in 0..<items.count {
      let item = items[index]
      if item.isJoiner {
        let isBefore =
          index + 1 < items.count && !items[index + 1].isJoiner
          && items[index + 1].script == ScriptClass.joining && items[index + 1].combining == 0
        guard isShaped, isBefore else {
          counts[.invisibles] += 1
          continue
        }
        isShaped = false
      } else if item.combining == 0, item.script != ScriptClass.sharedMark {
        isShaped = item.script == ScriptClass.joining
      }
      items[kept] = item
      kept += 1
    }
    items.count = kept
  }

  /// Writes disguised letters plainly; a doubtful turned letter only beside a sure one.
  mutating func foldStyled() {
    var hasTurned = false
    for index in 0..<items.count {
      if let plain = plain(index), plain.kind == 3 { hasTurned = true }
    }
    for index in 0..<items.count {
      guard let plain = plain(index), plain.kind != 0, plain.kind != 2 || hasTurned else {
        continue
      }
      replace(index, plain.letter)
      counts[.styled] += 1
    }
  }

  /// Writes look-alikes of Latin letters as Latin.
  ///
  /// In a word of mixed scripts, where the document or the word is mostly Latin, all that have a
  /// Latin double; in a word of another script only if the document is Latin and every letter
  /// of the word has one (UTS #39, restricted to single letters).
  mutating func foldLookAlikes(_ source: UnsafePointer<UInt8>, _ n: Int) {
    var latin = 0
    var others = 0
    var doubles = 0
    var strange = 0
    for index in 0..<items.count {
      let script = items[index].script
      if script == ScriptClass.latin {
        latin += 1
      } else if ScriptClass.resemblesLatin(script) {
        others += 1
        if let plain = plain(index), plain.kind == 0 { doubles += 1 }
      } else if script == ScriptClass.joining || script > ScriptClass.sharedMark {
        strange += 1
      }
    }
    guard others > 0, doubles > 0 else { return }
    let isLatin = unsafe isLatinDocument(source, n, 0)
    let isMixed = latin > 0 && (isLatin || latin >= others)
    guard isMixed || (isLatin && doubles == others && strange == 0) else { return }
    for index in 0..<items.count where ScriptClass.resemblesLatin(items[index].script) {
      guard let plain = plain(index), plain.kind == 0 else { continue }
      replace(index, plain.letter)
      counts[.confusables] += 1
    }
  }

  /// The plain letter of an item: that of the scalar as written, else that of the folded one.
  private func plain(_ index: Int) -> (kind: UInt16, letter: UInt32)? {
    let item = items[index]
    guard item.scalar >= 0x80, item.script != ScriptClass.sharedMark else { return nil }
    if item.original >= 0x80, let plain = tables.plainLetter(item.original) { return plain }
    return tables.plainLetter(item.scalar)
  }

  private mutating func replace(_ index: Int, _ letter: UInt32) {
    items[index].scalar = letter
    items[index].original = letter
    items[index].script = letter >= 0x61 ? ScriptClass.latin : ScriptClass.none
    items[index].combining = 0
  }

  /// Strips marks after Latin, Greek and Cyrillic letters and ASCII digits.
  ///
  /// The breve of и and у, the diaeresis of і and the acute of г and к stay: й, ў, ї, ѓ and ќ
  /// are letters of their own.
  mutating func stripMarks() {
    var kept = 0
    var base: WordItem?
    var hasMark = false
    for index in 0..<items.count {
      let item = items[index]
      if item.script == ScriptClass.sharedMark {
        if takesOff(item.scalar, after: base, hasMark) {
          counts[.marks] += 1
          continue
        }
        hasMark = true
      } else if item.combining == 0 {
        base = item
        hasMark = false
      }
      items[kept] = item
      kept += 1
    }
    items.count = kept
  }

  private func takesOff(_ mark: UInt32, after base: WordItem?, _ hasMark: Bool) -> Bool {
    guard let base else { return true }
    let isAlphabetic =
      base.script == ScriptClass.latin || base.script == ScriptClass.greek
      || base.script == ScriptClass.cyrillic || base.scalar &- 0x30 < 10
    guard isAlphabetic else { return false }
    guard !hasMark else { return true }
    switch (base.scalar, mark) {
    case (0x438, 0x306), (0x443, 0x306), (0x456, 0x308), (0x433, 0x301), (0x43A, 0x301):
      return false
    default:
      return true
    }
  }

  /// The canonical ordering algorithm (Unicode 3.11, D109): a stable sort of each row of marks.
  mutating func orderMarks() {
    for index in 1..<max(1, items.count) {
      let item = items[index]
      if item.combining == 0 { continue }
      var at = index
      while at > 0, items[at - 1].combining > item.combining {
        items[at] = items[at - 1]
        at -= 1
      }
      items[at] = item
    }
  }

  /// The canonical composition algorithm (Unicode 3.11, D117).
  mutating func compose() {
    var kept = 0
    var starter = -1
    var last = -1
    for index in 0..<items.count {
      let item = items[index]
      if starter >= 0, last < Int(item.combining),
        let composed = tables.composite(items[starter].scalar, item.scalar)
      {
        items[starter].scalar = composed
        items[starter].start = min(items[starter].start, item.start)
        items[starter].end = max(items[starter].end, item.end)
        continue
      }
      if item.combining == 0 {
        starter = kept
        last = -1
      } else {
        last = Int(item.combining)
      }
      items[kept] = item
      kept += 1
    }
    items.count = kept
  }
}
