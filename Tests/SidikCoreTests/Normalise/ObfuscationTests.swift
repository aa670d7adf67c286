import SidikCore
import SidikTestSupport
import Testing

/// The edits by which people hide a copy, undone word for word.
@Suite struct ObfuscationTests {
  static let text = """
    Warga desa Sukamerta diminta berhati hati terhadap pesan yang menjanjikan hadiah motor
    dari sebuah bank. Pengirim pesan meminta nomor rekening dan kode rahasia lalu menguras
    tabungan korban. Kepala desa menegaskan bahwa bank tidak pernah meminta kode itu melalui
    telepon. Korban sudah melapor ke kantor polisi di kota pada hari Selasa.
    """

  /// Cyrillic, Greek, full-width and mathematical doubles of a letter.
  static let doubles: [Character: [Character]] = [
    "a": ["\u{430}", "\u{FF41}", "\u{1D41A}", "\u{3B1}"], "c": ["\u{441}", "\u{FF43}"],
    "e": ["\u{435}", "\u{1D41E}", "\u{FF45}"], "i": ["\u{456}", "\u{3B9}", "\u{1D422}"],
    "o": ["\u{43E}", "\u{3BF}", "\u{1D428}"], "p": ["\u{440}", "\u{3C1}"], "k": ["\u{43A}"],
    "n": ["\u{FF4E}", "\u{1D427}"], "s": ["\u{455}", "\u{FF53}"], "t": ["\u{442}", "\u{1D42D}"],
    "y": ["\u{443}", "\u{FF59}"], "x": ["\u{445}"], "m": ["\u{43C}", "\u{FF4D}"],
  ]

  func edited(
    _ share: Double,
    _ seed: UInt64,
    _ edit: (Character, inout SeededGenerator) -> String
  )
    -> String
  {
    var random = SeededGenerator(seed: seed)
    var result = ""
    for character in Self.text {
      let isHit = character.isLetter && Double.random(in: 0..<1, using: &random) < share
      result += isHit ? edit(character, &random) : String(character)
    }
    return result
  }

  @Test(arguments: [NormaliserOptions.article, .auto, .chat], [UInt64(1), 2, 3])
  func hiddenLettersComeBack(_ options: NormaliserOptions, _ seed: UInt64) {
    let expected = fold(Self.text, options)
    let invisible: [String] = [
      "\u{200B}", "\u{200D}", "\u{2060}", "\u{AD}", "\u{202E}", "\u{FE0F}",
    ]
    let zeroWidth = edited(0.2, seed) { letter, random in
      String(letter) + (invisible.randomElement(using: &random) ?? "")
    }
    #expect(fold(zeroWidth, options) == expected)
    let marked = edited(0.2, seed) { letter, random in
      String(letter)
        + String(Unicode.Scalar(0x300 + UInt32.random(in: 0...0x3F, using: &random)) ?? "a")
    }
    #expect(fold(marked, options) == expected)
    for share in [0.1, 0.5] {
      let doubled = edited(share, seed) { letter, random in
        String((Self.doubles[letter] ?? [letter]).randomElement(using: &random) ?? letter)
      }
      #expect(fold(doubled, options) == expected)
    }
    #expect(fold(Self.text.uppercased(), options) == expected)
    #expect(fold(Self.text.replacing(" ", with: " \u{1F600} "), options) == expected)
  }

  @Test(arguments: [NormaliserOptions.auto, .chat], [UInt64(1), 2, 3])
  func chatSpellingComesBack(_ options: NormaliserOptions, _ seed: UInt64) {
    let expected = fold(Self.text, options)
    let stretched = edited(0.1, seed) { letter, random in
      guard "aiueo".contains(letter) else { return String(letter) }
      return String(repeating: String(letter), count: Int.random(in: 3...5, using: &random))
    }
    #expect(fold(stretched, options) == expected)
    let digits: [Character: String] = ["o": "0", "i": "1", "e": "3", "a": "4", "s": "5", "t": "7"]
    let leet = edited(0.2, seed) { letter, _ in digits[letter] ?? String(letter) }
    let plain = expected.split(separator: " ")
    let folded = fold(leet, options).split(separator: " ")
    #expect(plain.count == folded.count)
    let same = zip(plain, folded).filter { $0 == $1 }.count
    #expect(Double(same) >= 0.95 * Double(plain.count), "\(same) of \(plain.count)")
  }

  /// Rules on words look at words of up to 64 KB; a longer row of single letters is joined and left as it is.
  @Test(arguments: [100, 40_000, 200_000])
  func rowsWithoutEndAreOneWord(count: Int) {
    let letters = (0..<count).map { "abcdefgh".utf8.map { $0 }[($0 * $0 + $0 / 7) % 8] }
    let row = String(decoding: letters.flatMap { [$0, UInt8(ascii: " ")] }, as: UTF8.self)
    let folded = fold("satu dua " + row + "tiga", .auto)
    let words = folded.split(separator: " ")
    #expect(words.count == 4)
    #expect(words.first == "satu" && words.last == "tiga")
    let joined = String(decoding: letters, as: UTF8.self)
    if 2 * count > 1 << 16 { #expect(words[2] == joined) }
  }

  @Test func wordsWithoutEndStay() {
    let long = String(repeating: "halooo4", count: 20_000)
    #expect(fold("halooo " + long + " halooo", .auto) == "halo " + long + " halo")
  }
}
