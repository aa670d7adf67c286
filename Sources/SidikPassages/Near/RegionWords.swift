internal import SidikCore

/// The words of a document, numbered, and a piece of another in the same numbers.
///
/// A document is taken once and compared with many pieces. Memory is used again; one object serves one
/// thread.
@safe
final class RegionWords {
  /// How often two ranges have a word.
  private struct Count: BitwiseCopyable {
    var own: Int32
    var other: Int32
  }

  /// Words of the document.
  private(set) var firstCount = 0
  /// Words of the piece.
  private(set) var secondCount = 0
  /// Numbers in use: one for each distinct word of the document, and 0.
  private(set) var numbersInUse = 0

  private let known: WordWeights
  private var firstStart = 0
  private var secondStart = 0
  private let firstNumbers = Scratch<Int32>()
  private let secondNumbers = Scratch<Int32>()
  private let words = Scratch<UInt64>()
  private let slots = Scratch<Int32>()
  private var slotBits = 1
  private let counts = Scratch<Count>()

  init(_ weights: WordWeights) { known = weights }

  /// The number of each word of the document, from 1 on.
  var first: UnsafeMutableBufferPointer<Int32> { unsafe firstNumbers.memory }
  /// The number of each word of the piece; 0 where the document lacks it.
  var second: UnsafeMutableBufferPointer<Int32> { unsafe secondNumbers.memory }
  /// The weight of each word of the document; 0 where it is common.
  var firstWeights: UnsafeMutableBufferPointer<UInt16> {
    unsafe UnsafeMutableBufferPointer(rebasing: known.places[firstStart...])
  }
  /// The weight of each word of the piece.
  var secondWeights: UnsafeMutableBufferPointer<UInt16> {
    unsafe UnsafeMutableBufferPointer(rebasing: known.places[secondStart...])
  }

  /// Numbers the words of a document.
  func take(document range: Range<Int>, of all: UnsafeBufferPointer<UInt64>) {
    (firstStart, firstCount) = (range.lowerBound, range.count)
    let bits = Int.bitWidth - (2 * range.count).leadingZeroBitCount
    slotBits = bits
    let table = unsafe slots.reserve(1 << bits)
    for slot in 0..<1 << bits { unsafe table[slot] = 0 }
    let words = unsafe words.reserve(range.count + 1)
    let numbers = unsafe firstNumbers.reserve(range.count)
    let counts = unsafe counts.reserve(range.count + 1)
    // What the document lacks is word 0, which is counted like any other and never asked for.
    unsafe counts[0] = Count(own: 0, other: 0)
    var count = 1
    for place in range {
      let word = unsafe all[place]
      var slot = SlotHash.place(word, bits)
      while unsafe table[slot] > 0 && words[Int(table[slot])] != word {
        slot = (slot + 1) & (1 << bits - 1)
      }
      if unsafe table[slot] == 0 {
        unsafe table[slot] = Int32(truncatingIfNeeded: count)
        unsafe words[count] = word
        unsafe counts[count] = Count(own: 0, other: 0)
        count += 1
      }
      unsafe numbers[place - range.lowerBound] = table[slot]
    }
    numbersInUse = count
  }

  /// Looks up the words of a piece of another document.
  ///
  /// - Returns: the weight of those that the document has.
  func take(piece range: Range<Int>, of all: UnsafeBufferPointer<UInt64>) -> Int {
    (secondStart, secondCount) = (range.lowerBound, range.count)
    let (table, words, weights) = unsafe (slots.memory, words.memory, known.places)
    let numbers = unsafe secondNumbers.reserve(range.count)
    let (bits, mask) = (slotBits, 1 << slotBits - 1)
    var weight = 0
    for place in range {
      let word = unsafe all[place]
      var slot = SlotHash.place(word, bits)
      while unsafe table[slot] > 0 && words[Int(table[slot])] != word { slot = (slot + 1) & mask }
      let number = unsafe table[slot]
      unsafe numbers[place - range.lowerBound] = number
      weight += number == 0 ? 0 : unsafe Int(weights[place])
    }
    return weight
  }

  /// What two ranges have in common.
  struct Likeness {
    /// Weights of what both have, of the first and of the second range.
    var shared = 0
    var first = 0
    var second = 0
    /// Words that both have, common ones too, each as often as both have it.
    var sharedWords = 0
  }

  /// Measures a range of the document and one of the piece.
  func likeness(_ a: Range<Int>, _ b: Range<Int>) -> Likeness {
    var likeness = Likeness()
    let (own, other, counts) = unsafe (first, second, counts.memory)
    let (weights, others) = unsafe (firstWeights, secondWeights)
    for place in a {
      unsafe counts[Int(own[place])].own += 1
      unsafe likeness.first += Int(weights[place])
    }
    for place in b {
      let number = unsafe Int(other[place])
      unsafe likeness.second += Int(others[place])
      if unsafe counts[number].own > 0 {
        unsafe counts[number].own -= 1
        likeness.sharedWords += 1
        unsafe likeness.shared += Int(others[place])
      }
    }
    for place in a { unsafe counts[Int(own[place])].own = 0 }
    return likeness
  }

  /// The stretch of one side that is most like a range of the other.
  ///
  /// Words that the range has count for a place, the others against it, as much as makes
  /// `share` of the wording in common come out even; the best stretch is that of the greatest sum
  /// (Kadane; Bentley 1984).
  ///
  /// - Parameters:
  ///   - range: where the stretch is looked for.
  ///   - isFirst: whether it is looked for in the document.
  ///   - other: the range of the other side.
  ///   - share: from 0 up to 1.
  /// - Returns: the stretch; empty where nothing is in common.
  func bestStretch(
    _ range: Range<Int>,
    ofFirst isFirst: Bool,
    like other: Range<Int>,
    share: Double
  ) -> Range<Int> {
    let (own, far) = unsafe isFirst ? (first, second) : (second, first)
    let (weights, counts) = unsafe (isFirst ? firstWeights : secondWeights, counts.memory)
    for place in range { unsafe counts[Int(own[place])].own += 1 }
    for place in other { unsafe counts[Int(far[place])].other += 1 }
    var best = (sum: 0.0, range: range.lowerBound..<range.lowerBound)
    var current = (sum: 0.0, start: range.lowerBound)
    for place in range {
      let count = unsafe counts[Int(own[place])]
      // Word 0 of a piece is none that the document has.
      let found = min(1, Double(count.other) / Double(count.own))
      if current.sum <= 0 { current = (0, place) }
      current.sum += unsafe Double(weights[place]) * (found - share)
      if current.sum > best.sum { best = (current.sum, current.start..<place + 1) }
    }
    for place in range { unsafe counts[Int(own[place])].own = 0 }
    for place in other { unsafe counts[Int(far[place])].other = 0 }
    return best.range
  }
}
