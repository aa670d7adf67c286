import Foundation
import SidikCore
import SidikTestSupport
import Testing

/// Folds bytes without offsets.
func foldBytes(
  _ bytes: [UInt8],
  _ options: NormaliserOptions,
  tracking: Bool = false
)
  -> NormalisedText
{
  var normaliser = Normaliser(options)
  var result = NormalisedText()
  unsafe bytes.withUnsafeBufferPointer {
    unsafe normaliser.normalise($0, trackOffsets: tracking, into: &result)
  }
  return result
}

let everyProfile: [NormaliserOptions] = [
  .article, .chat, .corpus, .auto, NormaliserOptions(folds: []),
  NormaliserOptions(folds: NormaliserOptions.chat.folds.union(.slang)),
  NormaliserOptions(folds: [.compatibility, .marks, .runs]),
]

/// Texts that mix everything the folds look at.
struct TextMaker {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  static let pieces: [String] = [
    "anak2", "p3nipu", "aaaa", "a", "b", "c", "d", "Kata", "KABAR", "2021", "10/02", "s@ya",
    "bi$nis",
    "https://x.id/a", "www.x.id", "bit.ly/q", "+62 812-3456-7890", "0812 3456 7890",
    "\u{E9}t\u{E9}",
    "e\u{301}", "\u{430}\u{43F}\u{435}l", "\u{441}\u{43E}\u{440}", "\u{41C}\u{43E}\u{439}",
    "\u{3C0}\u{3AC}\u{3BD}", "\u{200B}", "\u{200D}", "\u{AD}", "\u{1F600}", "\u{1F1EE}\u{1F1E9}",
    "\u{1F1ED}\u{1F1F4}\u{1F1FD}", "\u{1D5D5}\u{1D5D4}", "\u{FF21}", "\u{BD}", "\u{FB03}",
    "\u{2026}",
    "\u{915}\u{94D}\u{937}", "\u{645}\u{64F}\u{651}", "\u{E01}\u{E35}\u{E48}", "\u{4E2D}\u{6587}",
    "\u{D55C}", "\u{1112}\u{1161}\u{11AB}", "\u{304B}\u{3099}", "z\u{315}\u{300}\u{334}",
    "\u{2163}",
    "_", "-", ".", ",", "!", "\n", "\n", "  ", "Diteruskan\n", "\nSebarkan ke semua", "yg", "dgn",
    "\u{29C}\u{1D0F}", "\u{FDFA}", "\u{1E9E}", "\u{130}", "iii", "1\u{20E3}", "\u{345}",
  ]

  mutating func text(_ count: Int) -> String {
    var text = ""
    for _ in 0..<count {
      text += Self.pieces.randomElement(using: &random) ?? ""
      if Bool.random(using: &random) { text += " " }
    }
    return text
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
  }
}

@Suite struct NormaliserPropertyTests {
  /// The shape every result has, whatever the text.
  func checkShape(_ result: NormalisedText, _ sourceCount: Int, _ note: String) {
    let bytes = result.bytes
    #expect(bytes.first != 0x20 && bytes.last != 0x20, "\(note)")
    #expect(!zip(bytes, bytes.dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }, "\(note)")
    #expect(String(validating: bytes, as: UTF8.self) != nil, "\(note)")
    #expect(result.wordCount == bytes.split(separator: 0x20).count, "\(note)")
    #expect(result.scalarCount == result.string.unicodeScalars.count, "\(note)")
    #expect(result.sourceOffsets.count == result.sourceEnds.count)
    for (start, end) in zip(result.sourceOffsets, result.sourceEnds) {
      #expect(start < end && Int(end) <= sourceCount, "\(note)")
    }
  }

  @Test(arguments: everyProfile)
  func trackingNeverChangesBytes(_ options: NormaliserOptions) {
    var maker = TextMaker(seed: 1)
    for round in 0..<600 {
      let text = maker.text(1 + round % 40)
      let plain = foldBytes(Array(text.utf8), options)
      let tracked = foldBytes(Array(text.utf8), options, tracking: true)
      #expect(plain.bytes == tracked.bytes, "\(text.debugDescription)")
      #expect(plain.sourceOffsets.isEmpty)
      #expect(tracked.sourceOffsets.count == tracked.bytes.count)
      checkShape(tracked, text.utf8.count, text.debugDescription)
    }
  }

  @Test(arguments: everyProfile)
  func randomBytesNeverCrash(_ options: NormaliserOptions) {
    var maker = TextMaker(seed: 2)
    for round in 0..<700 {
      let bytes = maker.bytes(round % 150)
      let plain = foldBytes(bytes, options)
      let tracked = foldBytes(bytes, options, tracking: true)
      #expect(plain.bytes == tracked.bytes, "\(bytes)")
      #expect(plain.repairedBytes == tracked.repairedBytes, "\(bytes)")
      checkShape(tracked, bytes.count, "\(bytes)")
    }
  }

  @Test func everyPrefixFolds() {
    var maker = TextMaker(seed: 3)
    for _ in 0..<6 {
      let bytes = Array(maker.text(40).utf8)
      for length in 0...bytes.count {
        for options in [NormaliserOptions.chat, .corpus] {
          let prefix = Array(bytes.prefix(length))
          let result = foldBytes(prefix, options, tracking: true)
          checkShape(result, length, "\(prefix)")
          #expect(result.bytes == foldBytes(prefix, options).bytes)
        }
      }
    }
  }

  /// Sizes round the widths of vectors, with and without a stranger at each end.
  @Test(arguments: [0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129])
  func exactSizes(_ size: Int) {
    var random = SeededGenerator(seed: UInt64(size))
    let alphabet = Array("abcXYZ019_ .,-\n".utf8)
    for round in 0..<60 {
      var bytes = (0..<size).map { _ in alphabet.randomElement(using: &random) ?? 0x61 }
      if round % 3 == 1 { bytes += Array("\u{E9}".utf8) }
      if round % 3 == 2 { bytes = Array("\u{E9}".utf8) + bytes }
      for options in everyProfile {
        let plain = foldBytes(bytes, options)
        let tracked = foldBytes(bytes, options, tracking: true)
        #expect(plain.bytes == tracked.bytes, "\(bytes)")
        checkShape(tracked, bytes.count, "\(bytes)")
      }
      // The corpus profile of ASCII, told in one line.
      let words = String(decoding: bytes, as: UTF8.self).lowercased()
        .split { !($0.isLetter || $0.isNumber || $0 == "_") }
      #expect(foldBytes(bytes, .corpus).string == words.joined(separator: " "))
    }
  }

  /// Folding twice is folding once.
  ///
  /// Exceptions, see the guide: punctuation between digits may have held apart what then reads
  /// as a telephone number; Latin look-alikes may tip a document of mixed scripts.
  @Test(arguments: everyProfile)
  func foldingTwiceIsFoldingOnce(_ options: NormaliserOptions) {
    var maker = TextMaker(seed: 4)
    var options = options
    options.folds.remove(.phones)
    for round in 0..<600 {
      // Enough Latin letters that the document's script is beyond doubt.
      let text = "sebuah kalimat panjang dalam huruf latin biasa " + maker.text(1 + round % 12)
      let once = foldBytes(Array(text.utf8), options)
      let twice = foldBytes(once.bytes, options)
      #expect(once.string == twice.string, "\(text.debugDescription)")
    }
  }

  /// Offsets point to the scalar that a byte came from: checked where letters stay themselves.
  @Test func offsetsPointToTheirScalars() {
    var maker = TextMaker(seed: 5)
    for round in 0..<400 {
      let text = maker.text(1 + round % 30)
      let source = Array(text.utf8)
      let result = foldBytes(source, .corpus, tracking: true)
      for (index, byte) in result.bytes.enumerated() {
        let start = Int(result.sourceOffsets[index])
        let end = Int(result.sourceEnds[index])
        #expect(source[start] & 0xC0 != 0x80)
        if byte < 0x80, byte != 0x20, end - start == 1 {
          #expect(source[start] | 0x20 == byte | 0x20)
        }
        if byte >= 0xC2,
          source[start..<end].elementsEqual(result.bytes.dropFirst(index).prefix(end - start))
        {
          #expect(String(validating: source[start..<end], as: UTF8.self) != nil)
        }
      }
    }
  }

  @Test func offsetsOfKnownFolds() {
    var normaliser = Normaliser(.chat)
    let text = "Ya, anak2nya p\u{200B}3nipu e\u{301} \u{FB01}lm"
    let result = normaliser.normalise(text)
    #expect(result.string == "ya anak anaknya penipu e film")
    let source = Array(text.utf8)
    func origin(_ part: String) -> String? {
      guard let found = result.string.range(of: part) else { return nil }
      let lower = result.string.utf8.distance(from: result.string.startIndex, to: found.lowerBound)
      return result.sourceRange(of: lower..<(lower + part.utf8.count))
        .map { String(decoding: source[$0], as: UTF8.self) }
    }
    #expect(origin("ya") == "Ya")
    #expect(origin("anak anaknya") == "anak2nya")
    #expect(origin("penipu") == "p\u{200B}3nipu")
    #expect(origin("film") == "\u{FB01}lm")
    #expect(origin("fi") == "\u{FB01}")
    #expect(result.sourceRange(of: 3..<3) == nil)
    #expect(result.sourceRange(of: 0..<1000) == nil)
  }

  @Test func aNormaliserCanBeUsedAgain() {
    var maker = TextMaker(seed: 6)
    for options in everyProfile {
      var normaliser = Normaliser(options)
      var result = NormalisedText()
      for round in 0..<100 {
        let bytes = round % 7 == 0 ? maker.bytes(40) : Array(maker.text(round % 20).utf8)
        unsafe bytes.withUnsafeBufferPointer {
          unsafe normaliser.normalise($0, trackOffsets: round % 2 == 0, into: &result)
        }
        #expect(result == foldBytes(bytes, options, tracking: round % 2 == 0))
      }
    }
  }

  /// Hostile words cost linear time: long rows of marks, of look-alikes, of one letter.
  @Test func longWordsEnd() {
    let size = 6000
    for piece in [
      "a\u{301}", "\u{315}\u{300}", "\u{430}b", "\u{200D}", "a ", "\u{1F1E6}", "aa2", "w.",
    ] {
      let text = String(repeating: piece, count: size)
      for options in everyProfile {
        let result = foldBytes(Array(text.utf8), options)
        #expect(result.bytes.count <= text.utf8.count * 2)
        #expect(result.bytes == foldBytes(Array(text.utf8), options, tracking: true).bytes)
      }
    }
  }
}

@Suite struct InvalidUTF8Tests {
  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a b", 1),
      ([0xC0, 0xAF], "", 2),
      ([0x61, 0xE0, 0x80, 0x80, 0x62], "a b", 3),
      ([0xED, 0xA0, 0x80], "", 3),
      ([0xF4, 0x90, 0x80, 0x80], "", 4),
      ([0xF0, 0x9F, 0x98], "", 3),
      ([0x61, 0xC3], "a", 1),
      ([0x61, 0xC3, 0x62], "a b", 1),
      ([0x80, 0x61], "a", 1),
      ([0x65, 0xCC, 0x81, 0xCC, 0x62], "e b", 1),
      ([0x61, 0x00, 0x62], "a b", 0),
    ] as [([UInt8], String, Int)]
  )
  func eachBadByteIsABreak(_ bytes: [UInt8], _ expected: String, _ repaired: Int) {
    let result = foldBytes(bytes, .article)
    #expect(result.string == expected)
    #expect(result.repairedBytes == repaired)
  }

  /// The decoder agrees with the standard library on every two- and three-byte form.
  @Test func agreesWithTheStandardLibrary() {
    for first in UInt8(0x80)...0xFF {
      for second in stride(from: UInt8(0), to: 255, by: 5) {
        for third in [UInt8(0x20), 0x80, 0xA0, 0xBF, 0xC0] {
          let bytes = [first, second, third, 0x80]
          let isValid = String(validating: bytes, as: UTF8.self) != nil
          #expect((foldBytes(bytes, .corpus).repairedBytes == 0) == isValid, "\(bytes)")
        }
      }
    }
  }
}
