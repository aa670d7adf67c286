/// Scalars that look like another to a reader, a scanner or a careless finger.
enum LookAlikes {
  /// Look-alikes of a Latin letter: Cyrillic, Greek, Armenian, full-width, mathematical bold.
  ///
  /// - Parameter scalar: any scalar.
  /// - Returns: at least two look-alikes of an ASCII letter, none of another scalar.
  static func homoglyphs(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    guard EditScalars.isASCIILetter(scalar) else { return [] }
    let value = scalar.value
    let bold = value >= 0x61 ? 0x1D41A + value - 0x61 : 0x1D400 + value - 0x41
    let styled = [value + 0xFEE0, bold].compactMap(Unicode.Scalar.init)
    return borrowed(scalar).compactMap(Unicode.Scalar.init) + styled
  }

  /// Letters of other alphabets with the same shape.
  private static func borrowed(_ scalar: Unicode.Scalar) -> [UInt32] {
    switch scalar {
    case "a": [0x430, 0x3B1]
    case "c": [0x441, 0x3F2]
    case "d": [0x501]
    case "e": [0x435]
    case "h": [0x4BB]
    case "i": [0x456]
    case "j": [0x458, 0x3F3]
    case "k": [0x43A]
    case "n": [0x578]
    case "o": [0x43E, 0x3BF]
    case "p": [0x440, 0x3C1]
    case "q": [0x51B]
    case "s": [0x455]
    case "u": [0x57D]
    case "v": [0x3BD, 0x475]
    case "w": [0x51D]
    case "x": [0x445]
    case "y": [0x443]
    case "A": [0x410, 0x391]
    case "B": [0x412, 0x392]
    case "C": [0x421]
    case "E": [0x415, 0x395]
    case "H": [0x41D, 0x397]
    case "I": [0x406, 0x399]
    case "J": [0x408]
    case "K": [0x41A, 0x39A]
    case "M": [0x41C, 0x39C]
    case "N": [0x39D]
    case "O": [0x41E, 0x39F]
    case "P": [0x420, 0x3A1]
    case "S": [0x405]
    case "T": [0x422, 0x3A4]
    case "X": [0x425, 0x3A7]
    case "Y": [0x3A5]
    case "Z": [0x396]
    default: []
    }
  }

  /// The digit that stands for a letter in leet spelling.
  static func leet(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "o", "O": "0"
    case "i", "I": "1"
    case "e", "E": "3"
    case "a", "A": "4"
    case "s", "S": "5"
    case "t", "T": "7"
    default: nil
    }
  }

  /// The letters beside one on a QWERTY keyboard, in small letters.
  static func keyboardNeighbours(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"].map { Array($0.unicodeScalars) }
    let isCapital = (0x41...0x5A).contains(scalar.value)
    let small = isCapital ? Unicode.Scalar(scalar.value + 0x20) ?? scalar : scalar
    for (row, letters) in rows.enumerated() {
      guard let column = letters.firstIndex(of: small) else { continue }
      let beside = [column - 1, column + 1].filter(letters.indices.contains).map { letters[$0] }
      let above = row > 0 ? [column, column + 1].map { (row - 1, $0) } : []
      let below = row < 2 ? [column - 1, column].map { (row + 1, $0) } : []
      let other = (above + below).filter { rows[$0.0].indices.contains($0.1) }
      return beside + other.map { rows[$0.0][$0.1] }
    }
    return []
  }

  /// What a scanner reads in the place of a letter.
  static func misreadings(of scalar: Unicode.Scalar) -> [String] {
    switch scalar {
    case "m": ["rn", "nn"]
    case "n": ["ri", "u"]
    case "l": ["1", "I"]
    case "i": ["l", "í"]
    case "o": ["0", "c"]
    case "e": ["c", "ë"]
    case "a": ["o", "ä"]
    case "u": ["ii", "n"]
    case "d": ["cl"]
    case "h": ["b", "li"]
    case "b": ["h", "6"]
    case "g": ["q", "9"]
    case "r": ["t", "f"]
    case "t": ["f", "l"]
    case "s": ["5", "f"]
    case "w": ["vv"]
    case "k": ["lc"]
    case "S": ["5"]
    case "B": ["8", "R"]
    case "I", "1": ["l"]
    case "O": ["0"]
    case "0": ["O"]
    case "5": ["S"]
    default: []
    }
  }

  /// Characters that show nothing: zero-width space, joiners, soft hyphen, byte order mark.
  static let invisible: [Unicode.Scalar] = [
    "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{00AD}", "\u{FEFF}",
  ]

  /// Marks that may stand on any Latin letter.
  static let marks: [Unicode.Scalar] = [
    "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{304}", "\u{307}", "\u{308}", "\u{323}",
    "\u{332}", "\u{335}",
  ]
}
