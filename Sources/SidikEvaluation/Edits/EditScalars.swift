/// What an edit counts as a letter, a blank, a mark or the end of a sentence.
///
/// Fixed ranges rather than the standard library's properties: those follow the Unicode version
/// of the toolchain, and an edit must give the same text with every toolchain.
enum EditScalars {
  /// Blanks between words, line ends among them.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0xA0, 0x2000...0x200A, 0x2028, 0x2029, 0x3000: true
    default: false
    }
  }

  /// Letters of any script, combining signs of the non-Latin scripts among them.
  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A: true
    case 0xD7, 0xF7: false
    case 0xC0...0x2AF, 0x370...0x373, 0x376...0x37D, 0x386, 0x388...0x52F: true
    case 0x5D0...0x5EA, 0x620...0x65F, 0x671...0x6D3, 0x900...0x963, 0x980...0xDF3: true
    case 0xE01...0xE2E, 0xE30...0xE4E, 0xE81...0xEDF, 0x1000...0x103F, 0x1050...0x108F: true
    case 0x1780...0x17D3, 0x1E00...0x1FFF: true
    case 0x3041...0x3096, 0x30A1...0x30FC, 0x3400...0x4DBF, 0x4E00...0x9FFF: true
    case 0xAC00...0xD7A3, 0x20000...0x323AF: true
    default: false
    }
  }

  /// Letters that stand alone in the Latin alphabet without marks.
  static func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
    (0x41...0x5A).contains(scalar.value) || (0x61...0x7A).contains(scalar.value)
  }

  /// Letters or ASCII digits; the rest of a word is punctuation.
  static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    isLetter(scalar) || (0x30...0x39).contains(scalar.value) || isMark(scalar)
  }

  /// Signs that belong to the letter before them and must not begin a piece.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300...0x36F, 0x64B...0x65F, 0x900...0x903, 0x93A...0x93C, 0x93E...0x94F: true
    case 0xE31, 0xE34...0xE3A, 0xE47...0xE4E, 0xEB1, 0xEB4...0xEBC, 0xEC8...0xECD: true
    case 0x102B...0x103E, 0x17B4...0x17D3, 0x200D, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF: true
    default: false
    }
  }

  /// Vowels that follow their consonant in Thai and Lao and are no marks.
  static func isTrailingVowel(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xE30, 0xE32, 0xE33, 0xE45, 0xEB0, 0xEB2, 0xEB3: true
    default: false
    }
  }

  /// Scalars that bind the next letter: stackers, and the vowels written before their consonant.
  static func bindsNext(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1039, 0x17D2, 0xE40...0xE44, 0xEC0...0xEC4: true
    default: false
    }
  }

  /// Letters of the scripts that write no blanks between words.
  static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF: true
    case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x323AF: true
    default: false
    }
  }

  /// Signs a sentence ends with only when a blank follows.
  static func endsSentenceBeforeBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21, 0x2E, 0x3F, 0x2026, 0x61F, 0x964: true
    default: false
    }
  }

  /// Signs that end a sentence wherever they stand.
  static func endsSentence(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x104B, 0x17D4, 0x3002, 0xFF01, 0xFF1F: true
    default: false
    }
  }

  /// The capital of a Latin, Greek or Cyrillic letter; any other scalar as it is.
  static func uppercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let value = scalar.value
    let upper: UInt32 =
      switch value {
      case 0x61...0x7A, 0xE0...0xF6, 0xF8...0xFE, 0x3B1...0x3C1, 0x3C3...0x3C9, 0x430...0x44F:
        value - 0x20
      case 0x100...0x137, 0x14A...0x177, 0x1EA0...0x1EF9: value & ~1
      case 0x1A1, 0x1B0: value - 1
      case 0x3AC: 0x386
      case 0x3AD...0x3AF: value - 0x25
      case 0x3C2: 0x3A3
      case 0x3CC: 0x38C
      case 0x3CD, 0x3CE: value - 0x3F
      case 0x450...0x45F: value - 0x50
      default: value
      }
    return Unicode.Scalar(upper) ?? scalar
  }
}
