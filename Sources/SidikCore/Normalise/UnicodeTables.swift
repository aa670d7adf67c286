internal import CSidikKernels

/// What the generated tables say about one scalar.
struct UnicodeEntry {
  static let word: UInt32 = 1 << 21
  static let noSpace: UInt32 = 1 << 22
  static let complex: UInt32 = 1 << 23
  static let mark: UInt32 = 1 << 24
  static let slow: UInt32 = 1 << 25
  static let ignorable: UInt32 = 1 << 26
  static let emoji: UInt32 = 1 << 27
  static let space: UInt32 = 1 << 31

  var bits: UInt32

  @inline(__always)
  func has(_ flag: UInt32) -> Bool { bits & flag != 0 }

  /// The script class; see ``ScriptClass``.
  @inline(__always)
  var script: UInt32 { bits >> 28 & 7 }

  /// The folded scalar of an entry that is not complex.
  @inline(__always)
  func folded(_ scalar: UInt32) -> UInt32 { (scalar &+ bits) & 0x1F_FFFF }

  /// Where the expansion of a complex entry stands.
  @inline(__always)
  var place: Int { Int(bits & 0x1F_FFFF) }
}

/// The scripts the folds tell apart.
enum ScriptClass {
  static let none: UInt32 = 0
  static let latin: UInt32 = 1
  static let greek: UInt32 = 2
  static let cyrillic: UInt32 = 3
  /// Other scripts with letters that look Latin: Armenian, Cherokee, Coptic, Lisu, ...
  static let lookAlike: UInt32 = 4
  /// Scripts in which zero-width joiners matter: Arabic, the Indic ones, ...
  static let joining: UInt32 = 5
  /// Marks that any alphabetic script may carry.
  static let sharedMark: UInt32 = 6

  /// Bits of the scripts whose letters may be taken for others.
  static let guarded: UInt32 = 1 << latin | 1 << greek | 1 << cyrillic | 1 << lookAlike

  /// Greek, Cyrillic or another script with letters that look Latin.
  @inline(__always)
  static func resemblesLatin(_ script: UInt32) -> Bool { script &- 2 < 3 }
}

/// Scalar to entry, in two stages of 128.
@safe struct UnicodeTrie {
  let stage: UnsafePointer<UInt16>
  let entries: UnsafePointer<UInt32>

  @inline(__always)
  init(stage: UnsafePointer<UInt16>, entries: UnsafePointer<UInt32>) {
    unsafe self.stage = stage
    unsafe self.entries = entries
  }

  /// The entry of a scalar up to U+10FFFF.
  @inline(__always)
  func entry(_ scalar: UInt32) -> UnicodeEntry {
    let block = unsafe Int(stage[Int(scalar >> 7)])
    return unsafe UnicodeEntry(bits: entries[block << 7 | Int(scalar & 127)])
  }
}

/// The generated Unicode 15.0 tables.
///
/// Two-stage tries and sorted arrays in static memory of the C target.
@safe struct UnicodeTables {
  private let plain: UnsafePointer<UInt16>
  private let stripped: UnsafePointer<UInt16>
  private let entries: UnsafePointer<UInt32>
  let expansions: UnsafePointer<UInt32>
  private let letterKeys: UnsafePointer<UInt32>
  private let letterValues: UnsafePointer<UInt16>
  private let nfdKeys: UnsafePointer<UInt32>
  private let nfdPlaces: UnsafePointer<UInt16>
  private let nfdPool: UnsafePointer<UInt32>
  private let firsts: UnsafePointer<UInt32>
  private let seconds: UnsafePointer<UInt32>
  private let composites: UnsafePointer<UInt32>
  private let classStage: UnsafePointer<UInt8>
  private let classes: UnsafePointer<UInt8>
  private let flagPairs: UnsafePointer<UInt32>

  init() {
    unsafe plain = sidik_unicode_plain()
    unsafe stripped = sidik_unicode_stripped()
    unsafe entries = sidik_unicode_entries()
    unsafe expansions = sidik_unicode_expansions()
    unsafe letterKeys = sidik_unicode_letter_keys()
    unsafe letterValues = sidik_unicode_letters()
    unsafe nfdKeys = sidik_unicode_nfd_keys()
    unsafe nfdPlaces = sidik_unicode_nfd_at()
    unsafe nfdPool = sidik_unicode_nfd()
    unsafe firsts = sidik_unicode_pair_first()
    unsafe seconds = sidik_unicode_pair_second()
    unsafe composites = sidik_unicode_pair_composed()
    unsafe classStage = sidik_unicode_ccc_stage()
    unsafe classes = sidik_unicode_ccc()
    unsafe flagPairs = sidik_unicode_flags()
  }

  /// The entry of a scalar; `strip` picks the table in which marks are already taken off.
  @inline(__always)
  func entry(_ scalar: UInt32, strip: Bool = false) -> UnicodeEntry {
    let stage = unsafe strip ? stripped : plain
    let block = unsafe Int(stage[Int(scalar >> 7)])
    return unsafe UnicodeEntry(bits: entries[block << 7 | Int(scalar & 127)])
  }

  /// One of the two tries alone.
  @inline(__always)
  func trie(strip: Bool) -> UnicodeTrie {
    unsafe UnicodeTrie(stage: strip ? stripped : plain, entries: entries)
  }

  /// The canonical combining class.
  @inline(__always)
  func combiningClass(_ scalar: UInt32) -> UInt8 {
    let block = unsafe Int(classStage[Int(scalar >> 7)])
    return unsafe classes[block << 7 | Int(scalar & 127)]
  }

  /// The plain letter of a disguised scalar and how it is disguised, or nil.
  func plainLetter(_ scalar: UInt32) -> (kind: UInt16, letter: UInt32)? {
    guard let at = unsafe find(scalar, letterKeys, sidik_unicode_letter_count()) else {
      return nil
    }
    let value = unsafe letterValues[at]
    return (value >> 8, UInt32(value & 0xFF))
  }

  /// The full canonical decomposition, or nil; Hangul syllables are not in the table.
  func decomposition(_ scalar: UInt32) -> UnsafeBufferPointer<UInt32>? {
    guard let at = unsafe find(scalar, nfdKeys, sidik_unicode_nfd_count()) else { return nil }
    let place = unsafe Int(nfdPlaces[at])
    return unsafe UnsafeBufferPointer(start: nfdPool + place + 1, count: Int(nfdPool[place]))
  }

  /// The primary composite of two scalars, or nil.
  func composite(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first &- 0x1100 < 19, second &- 0x1161 < 21 {
      return 0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28
    }
    if first &- 0xAC00 < 11172, (first - 0xAC00) % 28 == 0, second &- 0x11A8 < 27 {
      return first + (second - 0x11A7)
    }
    var low = 0
    var high = sidik_unicode_pair_count()
    let wanted = UInt64(first) << 32 | UInt64(second)
    while low < high {
      let middle = (low + high) / 2
      let here = unsafe UInt64(firsts[middle]) << 32 | UInt64(seconds[middle])
      if here == wanted { return unsafe composites[middle] }
      if here < wanted { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// Whether two regional indicators, 0 for A, are the flag of a country.
  func isFlag(_ first: UInt32, _ second: UInt32) -> Bool {
    unsafe flagPairs[Int(first)] >> second & 1 == 1
  }

  private func find(_ key: UInt32, _ keys: UnsafePointer<UInt32>, _ count: Int) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let here = unsafe keys[middle]
      if here == key { return middle }
      if here < key { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}

/// Questions about scalars that other stages ask, answered from the pinned Unicode version.
public enum UnicodeFacts {
  /// Whether a scalar belongs to a script written without spaces between words.
  ///
  /// Han, kana, Bopomofo, Thai, Lao, Khmer, Myanmar and a few smaller ones: their words are
  /// found by character n-grams.
  ///
  /// - Complexity: O(1).
  @inline(never)
  public static func isWrittenWithoutSpaces(_ scalar: UInt32) -> Bool {
    scalar <= 0x10_FFFF && UnicodeTables().entry(scalar).has(UnicodeEntry.noSpace)
  }
}

/// It only points to constants.
extension UnicodeTables: @unchecked Sendable {}
