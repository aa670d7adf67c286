internal import SidikCore

/// The words of one normalised text, numbers in one piece: `rp 5 907 93` is two words.
///
/// A number is a word at least half of which is digits (`rp500`, `14`), so that letters written as
/// digits (`k0ta`) make none. Scripts that set no blanks between words give few words, hence few
/// slots.
@safe
final class SlotWords {
  /// A word, or a run of numbers.
  struct Word: BitwiseCopyable {
    var hash: UInt64
    var start: Int32
    var end: Int32
    var isNumber: Bool

    /// Its bytes.
    var length: Int { Int(end - start) }
  }

  /// How many words the text has.
  private(set) var count = 0
  private let memory = Scratch<Word>()
  private var text = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  /// A word by its place.
  subscript(_ place: Int) -> Word { unsafe memory.memory[place] }

  /// All words; valid until the next text is taken.
  var all: UnsafeBufferPointer<Word> {
    unsafe UnsafeBufferPointer(rebasing: memory.memory[..<count])
  }

  /// Takes a text.
  ///
  /// - Parameter text: normalised UTF-8, words divided by single blanks; must stay where it is until
  ///   the next one is taken.
  /// - Complexity: O(n).
  func take(_ text: UnsafeBufferPointer<UInt8>) {
    unsafe self.text = text
    let words = unsafe memory.reserve(text.count / 2 + 1)
    var found = 0
    var place = 0
    var wasNumber = false
    while place < text.count {
      let start = place
      var hash = SlotHash.seed
      var digits = 0
      var length = 8
      while length == 8 {
        let letters = unsafe SlotBytes(text, from: place)
        length = letters.length
        hash = SlotHash.pair(hash, letters.value)
        digits += letters.digits
        place += length
      }
      let end = place
      place += 1
      if end == start { continue }
      let isNumber = 2 * digits >= end - start
      if isNumber, wasNumber {
        unsafe words[found - 1].end = Int32(end)
        unsafe words[found - 1].hash = SlotHash.pair(words[found - 1].hash, hash)
      } else {
        unsafe words[found] = Word(
          hash: hash,
          start: Int32(start),
          end: Int32(end),
          isNumber: isNumber
        )
        found += 1
      }
      wasNumber = isNumber
    }
    count = found
  }

  /// The bytes of a run of words with the blanks between them; valid as long as the text.
  func text(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(rebasing: text[span(range)])
  }

  /// Where a run of words stands; for none the empty place before the next.
  func span(_ range: Range<Int>) -> Range<Int> {
    let end = unsafe text.count
    let start = range.lowerBound < count ? Int(self[range.lowerBound].start) : end
    return start..<(range.isEmpty ? start : Int(self[range.upperBound - 1].end))
  }

  /// The bytes of all words, without blanks between them.
  var letters: Int { letters(0..<count) }

  /// The bytes of some words, without blanks between them.
  func letters(_ range: Range<Int>) -> Int { range.reduce(0) { $0 + self[$1].length } }

  /// How many of some words are numbers.
  func numbers(_ range: Range<Int>) -> Int { range.count { self[$0].isNumber } }

  /// The runs of digits in the numbers among some words.
  func digits(_ range: Range<Int>) -> [[UInt8]] {
    range.filter { self[$0].isNumber }.flatMap { place in
      unsafe text(place..<place + 1).split { $0 &- 0x30 >= 10 }.map { unsafe Array($0) }
    }
  }
}

/// Up to eight bytes of a word at once: what stands before the next blank or the end.
private struct SlotBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// The bytes, the first lowest, 0 behind the last.
  let value: UInt64
  /// How many.
  let length: Int

  @inline(__always)
  init(_ text: UnsafeBufferPointer<UInt8>, from place: Int) {
    var bytes: UInt64 = 0
    let left = text.count - place
    if left >= 8, let base = text.baseAddress {
      bytes = unsafe UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
      bytes = UInt64(littleEndian: bytes)
    } else {
      for offset in 0..<max(0, left) {
        bytes |= UInt64(unsafe text[place + offset]) << UInt64(8 * offset)
      }
    }
    // Bytes that are blanks become 0, and the lowest of them shows.
    let blanks = bytes ^ (0x20 &* Self.ones)
    let mask = (blanks &- Self.ones) & ~blanks & Self.tops
    let found = min(max(0, left), mask == 0 ? 8 : mask.trailingZeroBitCount / 8)
    length = found
    value = found == 8 ? bytes : bytes & (1 << UInt64(8 * found) - 1)
  }

  /// How many of them are digits.
  var digits: Int {
    let less = value ^ (0x30 &* Self.ones)
    let over = ((less & ~Self.tops) &+ 0x76 &* Self.ones) | less
    return (~over & Self.tops).nonzeroBitCount
  }
}
