import CSidikKernels
/// How an input's characters are encoded.
public enum TextEncoding: Sendable, Hashable, CaseIterable {
  /// UTF-8, with or without a byte order mark.
  case utf8
  /// UTF-16, low byte first.
  case utf16LittleEndian
  /// UTF-16, high byte first.
  case utf16BigEndian
  /// Windows-1252, the Western code page of Windows.
  case windows1252

  /// The name as notes give it.
  public var name: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16LittleEndian: "UTF-16LE"
    case .utf16BigEndian: "UTF-16BE"
    case .windows1252: "Windows-1252"
    }
  }

  /// Reads an encoding from the name a user gives it.
  ///
  /// - Parameter name: such as `utf-8`, `utf-16`, `utf-16be`, `windows-1252`, `latin1`.
  public init?(name: String) {
    let plain = name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
    switch plain {
    case "utf8", "ascii", "usascii": self = .utf8
    case "utf16", "utf16le": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    case "windows1252", "cp1252", "1252", "latin1", "iso88591": self = .windows1252
    default: return nil
    }
  }

  /// The byte order mark of the encoding, in its own bytes.
  var mark: [UInt8] {
    switch self {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    case .windows1252: []
    }
  }

  /// Whether a character is two bytes or four.
  var isUTF16: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }
}

/// Finding out how bytes are encoded.
enum EncodingDetector {
  /// The encoding that a byte order mark announces.
  static func marked(_ sample: [UInt8]) -> TextEncoding? {
    for encoding in [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian]
    where sample.starts(with: encoding.mark) {
      return encoding
    }
    return nil
  }

  /// Whether the bytes begin with the mark of UTF-32, which nothing here reads.
  static func isUTF32(_ sample: [UInt8]) -> Bool {
    sample.starts(with: [0xFF, 0xFE, 0, 0]) || sample.starts(with: [0, 0, 0xFE, 0xFF])
  }

  /// UTF-16 without a mark, where the zero bytes of Latin text leave no doubt.
  static func unmarkedUTF16(_ sample: [UInt8]) -> TextEncoding? {
    let pairs = min(sample.count, 1 << 16) / 2
    guard pairs >= 4 else { return nil }
    var even = 0
    var odd = 0
    for pair in 0..<pairs {
      if sample[2 * pair] == 0 { even += 1 }
      if sample[2 * pair + 1] == 0 { odd += 1 }
    }
    if odd * 10 >= pairs * 6, even * 20 <= pairs { return .utf16LittleEndian }
    if even * 10 >= pairs * 6, odd * 20 <= pairs { return .utf16BigEndian }
    return nil
  }

  /// UTF-8 or Windows-1252, by what the bytes above 127 are; nil where there are none.
  ///
  /// A UTF-8 file with broken bytes stays UTF-8: cut sequences speak for it, as does every
  /// whole one; only lone high bytes that Windows-1252 assigns speak against it.
  ///
  /// - Parameters:
  ///   - sample: the bytes.
  ///   - whole: whether nothing follows, so that a sequence cut at the end is really cut.
  /// - Returns: the encoding.
  static func eightBit(_ sample: [UInt8], whole: Bool) -> TextEncoding? {
    var end = sample.count
    if !whole {
      // What follows may complete the last sequence.
      while end > 0, sample.count - end < 3, sample[end - 1] & 0xC0 == 0x80 { end -= 1 }
      if end > 0, sample[end - 1] >= 0xC0 { end -= 1 } else { end = sample.count }
    }
    let census = Kernels.utf8Census(sample, 0..<end)
    guard census.sequences + census.broken > 0 else { return nil }
    return census.latin > census.sequences + census.damaged ? .windows1252 : .utf8
  }
}
