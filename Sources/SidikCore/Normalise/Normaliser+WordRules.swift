internal import CSidikKernels

/// The rules on one word whose letters are in `letters`.
extension Normaliser {
  /// Folds the collected word and writes it to `folded`.
  ///
  /// Order: slang as written, doubled words, leet, runs, slang of the result.
  ///
  /// - Returns: whether it changed; if not, nothing was written.
  mutating func foldLetters(_ start: Int, _ end: Int, _ isJoined: Bool) -> Bool {
    let folds = options.folds
    if folds.contains(.slang) {
      prepare(0, letters.count, collapsing: false)
      if let place = slangPlace() {
        folded.append(output, copied, start)
        writeSlang(place, start, end)
        return true
      }
    }
    if folds.contains(.reduplication), let base = doubledLength() {
      counts[.reduplication] += 1
      folded.append(output, copied, start)
      let digit = letters[base]
      writeWord(0, base, start, end)
      writeLetter(0x20, digit.from)
      for index in (base + 1)..<max(base + 1, letters.count) { letters[index - 1] = letters[index] }
      letters.count -= 1
      writeWord(0, letters.count, start, end)
      return true
    }
    var isChanged = isJoined
    if folds.contains(.leet), foldLeet() {
      counts[.leet] += 1
      isChanged = true
    }
    if folds.contains(.runs), hasRun(0, letters.count) { isChanged = true }
    guard isChanged else { return false }
    folded.append(output, copied, start)
    writeWord(0, letters.count, start, end)
    return true
  }

  /// The length of the word before a `2` that doubles it, or nil.
  ///
  /// Three letters at least, not all the same, nothing after the digit but a known suffix.
  private func doubledLength() -> Int? {
    let n = letters.count
    var base = 0
    var isVaried = false
    while base < n, isLetter(letters[base].scalar) {
      isVaried = isVaried || letters[base].scalar != letters[0].scalar
      base += 1
    }
    guard base >= 3, base < n, isVaried, letters[base].scalar == 0x32 else { return nil }
    var suffix: UInt64 = 0
    for index in (base + 1)..<max(base + 1, n) {
      let scalar = letters[index].scalar
      guard scalar &- 0x61 < 26, index - base <= 4 else { return nil }
      suffix = suffix << 8 | UInt64(scalar)
    }
    switch suffix {
    case 0, 0x6E_7961, 0x616E, 0x6B_616E, 0x6B75, 0x6D75, 0x6C_6168, 0x6B_6168, 0x69: return base
    default: return nil
    }
  }

  /// Puts letters for digits where a word is mostly letters.
  ///
  /// - Returns: whether it did.
  private mutating func foldLeet() -> Bool {
    let n = letters.count
    var digits = 0
    for index in 0..<n {
      let scalar = letters[index].scalar
      if scalar &- 0x30 < 10 {
        guard Self.leetLetter(scalar) != nil else { return false }
        digits += 1
      } else if scalar &- 0x61 >= 26 {
        return false
      }
    }
    guard digits > 0, n - digits > digits else { return false }
    var leading = 0
    while letters[leading].scalar < 0x3A { leading += 1 }
    var trailing = 0
    while letters[n - 1 - trailing].scalar < 0x3A { trailing += 1 }
    if leading == digits, digits > 1 || isUnit(leading) { return false }
    if trailing == digits, digits > 1 || n < 4 { return false }
    if leading == 0, isAmount() { return false }
    for index in 0..<n {
      if let letter = Self.leetLetter(letters[index].scalar) { letters[index].scalar = letter }
    }
    return true
  }

  private static func leetLetter(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0x30: 0x6F
    case 0x31: 0x69
    case 0x33: 0x65
    case 0x34: 0x61
    case 0x35: 0x73
    case 0x37: 0x74
    default: nil
    }
  }

  /// Whether the letters from `start` on are a unit that follows a number: `5kg`, `3jt`.
  private func isUnit(_ start: Int) -> Bool {
    let n = letters.count - start
    guard n <= 8 else { return false }
    var packed: UInt64 = 0
    for index in start..<letters.count {
      packed = packed << 8 | UInt64(letters[index].scalar)
    }
    return Self.units.contains(packed)
  }

  /// Whether the word is an amount of money: `rp500jt`.
  private func isAmount() -> Bool {
    letters.count > 2 && letters[0].scalar == 0x72 && letters[1].scalar == 0x70
      && letters[2].scalar < 0x3A
  }

  private static let units: Set<UInt64> = {
    let names = """
      kg kilo km cm mm ml gr gram ton liter ltr meter mtr inch jt juta rb ribu miliar milyar
      triliun persen th thn tahun hari jam menit detik bulan minggu bln orang kali unit buah
      pcs lembar hal bab pasal ayat st nd rd an pm am gb mb tb kb hz ghz mhz kwh kv kva watt volt
      g k m x l b c d v w bit pt poin set in ft lbs oz mg dl cc hp gt lt ha are years year days
      day hours hour min mins sec people times usd rp idr
      """
    var packed: Set<UInt64> = []
    for name in names.split(whereSeparator: \.isWhitespace) {
      packed.insert(name.utf8.reduce(0) { $0 << 8 | UInt64($1) })
    }
    return packed
  }()

  /// Whether a letter of an alphabet of two bytes at most stands three times in a row.
  ///
  /// Words that may be Roman numerals are left alone, and so are abbreviations that begin with
  /// three equal consonants (PPP, PPPK) and scripts written without spaces.
  private func hasRun(_ start: Int, _ end: Int) -> Bool {
    guard end - start >= 3 else { return false }
    var isRoman = true
    var hasVowel = false
    var found = 0
    var longest = 1
    var length = 1
    for index in start..<end {
      let scalar = letters[index].scalar
      isRoman = isRoman && Self.isRomanDigit(scalar)
      hasVowel = hasVowel || scalar >= 0x80 || Self.isVowel(scalar)
      if index > start, scalar == letters[index - 1].scalar, isLetter(scalar), scalar < 0x800 {
        length += 1
        if length == 3 { found += 1 }
        longest = max(longest, length)
        // No numeral repeats a digit four times in a row.
        if length > 3 { isRoman = false }
      } else {
        length = 1
      }
    }
    guard found > 0, !isRoman else { return false }
    let isAbbreviation =
      found == 1 && longest == 3 && !hasVowel && letters[start].scalar == letters[start + 2].scalar
      && letters[start].scalar == letters[start + 1].scalar
    return !isAbbreviation
  }

  private static func isVowel(_ scalar: UInt32) -> Bool {
    switch scalar | 0x20 {
    case 0x61, 0x65, 0x69, 0x6F, 0x75: true
    default: false
    }
  }

  private static func isRomanDigit(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x69, 0x76, 0x78, 0x6C, 0x63, 0x64, 0x6D: true
    default: false
    }
  }

  private func isLetter(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return (scalar | 0x20) &- 0x61 < 26 }
    return tables.entry(scalar).script != ScriptClass.none
  }

  /// Writes letters `start..<end` as one word, runs collapsed, or what the slang list says.
  private mutating func writeWord(_ start: Int, _ end: Int, _ from: Int, _ to: Int) {
    prepare(start, end, collapsing: options.folds.contains(.runs) && hasRun(start, end))
    if options.folds.contains(.slang), let place = slangPlace() {
      writeSlang(place, from, to)
      return
    }
    for index in 0..<ready.count { writeLetter(ready[index].scalar, ready[index].from) }
  }

  /// Copies letters `start..<end` to `ready`, runs collapsed where wanted.
  private mutating func prepare(_ start: Int, _ end: Int, collapsing: Bool) {
    ready.count = 0
    if collapsing { counts[.runs] += 1 }
    var index = start
    while index < end {
      var next = index + 1
      let scalar = letters[index].scalar
      while next < end, letters[next].scalar == scalar { next += 1 }
      let isRun = collapsing && next - index >= 3 && isLetter(scalar) && scalar < 0x800
      // One letter alone would be a spaced letter the next time.
      let kept = isRun ? (ready.count == 0 && next == end ? 2 : 1) : next - index
      for offset in 0..<kept { ready.append(letters[index + offset]) }
      index = next
    }
  }

  /// Writes a scalar with the origin of a byte of `output`.
  private mutating func writeLetter(_ scalar: UInt32, _ from: UInt32) {
    guard output.tracking else {
      folded.appendScalar(scalar, 0, 0)
      return
    }
    let at = Int(from)
    folded.appendScalar(scalar, Int(output.starts[at]), Int(output.ends[at]))
  }

  /// The place of the word in `ready` in the slang list, or nil.
  private func slangPlace() -> Int? {
    let count = ready.count
    let ends = unsafe sidik_slang_ends()
    let pool = unsafe sidik_slang_pool()
    guard count <= 32, let ends = unsafe ends, let pool = unsafe pool else { return nil }
    var low = 0
    var high = sidik_slang_count()
    while low < high {
      let middle = (low + high) / 2
      let begin = unsafe middle == 0 ? 0 : Int(ends[2 * middle - 1])
      let length = unsafe Int(ends[2 * middle]) - begin
      var order = 0
      var index = 0
      while order == 0, index < length, index < count {
        order = unsafe Int(pool[begin + index]) - Int(ready[index].scalar)
        index += 1
      }
      if order == 0 { order = length - count }
      if order == 0 { return middle }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// Writes what a slang word stands for; every byte comes from the whole word.
  private mutating func writeSlang(_ place: Int, _ from: Int, _ to: Int) {
    counts[.slang] += 1
    guard let ends = unsafe sidik_slang_ends(), let pool = unsafe sidik_slang_pool() else { return }
    let start = output.tracking ? Int(output.starts[from]) : 0
    let end = output.tracking ? Int(output.ends[to - 1]) : 0
    for index in unsafe Int(ends[2 * place])..<Int(ends[2 * place + 1]) {
      unsafe folded.appendByte(pool[index], start, end)
    }
  }
}
