import SidikCore
import SidikTestSupport

@testable import SidikPassages

/// A text that stays where it is as long as this object: what words and meters ask for.
@safe
final class FixedText {
  private let bytes: [UInt8]
  let memory: UnsafeMutableBufferPointer<UInt8>

  init(_ text: String) {
    bytes = Array(text.utf8)
    unsafe memory = .allocate(capacity: bytes.count)
    _ = unsafe memory.initialize(from: bytes)
  }

  deinit { unsafe memory.deallocate() }

  var view: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(memory) }
}

/// Two texts and what a meter says of them; the longer one is found out.
struct SlotPair {
  let measures: SlotMeasures
  /// What stands in filled slots: first text, second text.
  let slots: [[String]]

  init(_ a: String, _ b: String, isRare: @escaping (String) -> Bool = { _ in true }) {
    let (long, short) = a.utf8.count > b.utf8.count ? (a, b) : (b, a)
    let (longer, shorter) = (FixedText(long), FixedText(short))
    let meter = unsafe SlotMeter { unsafe isRare(String(decoding: $0, as: UTF8.self)) }
    unsafe meter.prepare(longer: longer.view)
    unsafe meter.take(shorter: shorter.view)
    measures = meter.measure(findsNames: true)
    slots = meter.slots.filter(\.isFilled).map { slot in
      let x = unsafe String(decoding: shorter.memory[slot.shorter], as: UTF8.self)
      let y = unsafe String(decoding: longer.memory[slot.longer], as: UTF8.self)
      return long == a && long != b ? [y, x] : [x, y]
    }
  }
}

/// The words of a text, and the blocks that two lists of words share.
struct Aligned {
  let blocks: [SlotAlignment.Block]
  let first: [String]
  let second: [String]

  init(_ a: [String], _ b: [String], _ alignment: SlotAlignment = SlotAlignment()) {
    let texts = [a, b].map { FixedText($0.joined(separator: " ")) }
    let words = [SlotWords(), SlotWords()]
    for (own, text) in zip(words, texts) { unsafe own.take(text.view) }
    alignment.align(words[0], words[1])
    blocks = alignment.blocks
    (first, second) = (a, b)
  }

  /// How many words the frame has.
  var frame: Int { blocks.reduce(0) { $0 + $1.count } }
}

/// The longest list of words that both have in order, by the plain table.
func longestCommon(_ a: [String], _ b: [String]) -> Int {
  var row = [Int](repeating: 0, count: b.count + 1)
  for x in a {
    var diagonal = 0
    for (place, y) in b.enumerated() {
      let above = row[place + 1]
      row[place + 1] = x == y ? diagonal + 1 : max(above, row[place])
      diagonal = above
    }
  }
  return row[b.count]
}

/// Words without digits, no two alike.
func letters(_ number: Int) -> String {
  var text = "w"
  var left = number
  repeat {
    text.append(Character(UnicodeScalar(UInt8(97 + left % 26))))
    left /= 26
  } while left > 0
  return text
}
