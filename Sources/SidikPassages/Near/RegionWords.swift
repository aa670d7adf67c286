internal import SidikCore

/// The words of a document, numbered, and a piece of another in the same numbers.
///
/// A document is taken once and compared with many pieces. Most comparisons ask for rare words alone, so these
/// stand in lists of their own. Memory is used again; one object serves one thread.
@safe
final class RegionWords {
  /// A rare word where it stands.
  struct Rare: BitwiseCopyable {
    /// From the first word of the document or piece.
    var place: Int32
    /// The number of the word; 0 where the document lacks it.
    var number: Int32
    /// More than 0.
    var weight: Int32
  }

  /// How often two ranges have a word.
  private struct Count: BitwiseCopyable {
    var own: Int32
    var other: Int32
  }

  /// Rare words of a text in order, and how many stand before each place.
  private struct RareList {
    let words = Scratch<Rare>()
    let ranks = Scratch<Int32>()

    /// Takes a range of all words; numbers come later.
    func take(_ range: Range<Int>, _ weights: UnsafeMutableBufferPointer<UInt16>) -> Int {
      let (words, ranks) = unsafe (words.reserve(range.count + 1), ranks.reserve(range.count + 1))
      var count = 0
      // Without branches: whether a word is rare cannot be foreseen.
      for place in range {
        let (offset, weight) = unsafe (place - range.lowerBound, weights[place])
        unsafe ranks[offset] = Int32(truncatingIfNeeded: count)
        unsafe words[count] = Rare(
          place: Int32(truncatingIfNeeded: offset),
          number: 0,
          weight: Int32(weight)
        )
        count += weight > 0 ? 1 : 0
      }
      unsafe ranks[range.count] = Int32(truncatingIfNeeded: count)
      return count
    }

    /// Those in a range of places.
    func slice(_ range: Range<Int>) -> UnsafeMutableBufferPointer<Rare> {
      let (words, ranks) = unsafe (words.memory, ranks.memory)
      let (low, high) = unsafe (Int(ranks[range.lowerBound]), Int(ranks[range.upperBound]))
      return unsafe UnsafeMutableBufferPointer(rebasing: words[low..<high])
    }
  }

  /// Words of the document.
  private(set) var firstCount = 0
  /// Words of the piece.
  private(set) var secondCount = 0
  /// Numbers in use: one for each distinct word of the document, and 0.
  private(set) var numbersInUse = 0

  private let known: WordWeights
  private let firstRare = RareList()
  private let secondRare = RareList()
  private let firstNumbers = Scratch<Int32>()
  private let words = Scratch<UInt64>()
  private let slots = Scratch<Int32>()
  private var slotBits = 1
  private let counts = Scratch<Count>()

  init(_ weights: WordWeights) { known = weights }

  /// Numbers the words of a document.
  func take(document range: Range<Int>, of all: UnsafeBufferPointer<UInt64>) {
    firstCount = range.count
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
    let rare = unsafe firstRare.take(range, known.places)
    let rares = unsafe firstRare.words.memory
    for entry in 0..<rare { unsafe rares[entry].number = numbers[Int(rares[entry].place)] }
  }

  /// Looks up the rare words of a piece of another document.
  ///
  /// - Returns: the weight of those that the document has.
  func take(piece range: Range<Int>, of all: UnsafeBufferPointer<UInt64>) -> Int {
    secondCount = range.count
    let rare = unsafe secondRare.take(range, known.places)
    let rares = unsafe secondRare.words.memory
    let lookup = unsafe Lookup(slots.memory, words.memory, bits: slotBits)
    var weight = 0
    for entry in 0..<rare {
      let word = unsafe all[range.lowerBound + Int(rares[entry].place)]
      let number = lookup.number(of: word)
      unsafe rares[entry].number = number
      weight += number == 0 ? 0 : unsafe Int(rares[entry].weight)
    }
    return weight
  }

  /// The numbers of words of the document.
  @safe
  private struct Lookup {
    let table: UnsafeMutableBufferPointer<Int32>
    let words: UnsafeMutableBufferPointer<UInt64>
    let bits: Int

    init(
      _ table: UnsafeMutableBufferPointer<Int32>,
      _ words: UnsafeMutableBufferPointer<UInt64>,
      bits: Int
    ) {
      unsafe (self.table, self.words, self.bits) = (table, words, bits)
    }

    /// The number of a word; 0 where the document lacks it.
    @inline(__always)
    func number(of word: UInt64) -> Int32 {
      var slot = SlotHash.place(word, bits)
      while true {
        let number = unsafe table[slot]
        // All ones but for number 0: one branch, nearly never taken, where two could not be foreseen.
        let isNumber = UInt64(truncatingIfNeeded: Int64(-number) >> 63)
        if unsafe (words[Int(number)] ^ word) & isNumber == 0 { return number }
        slot = (slot + 1) & (1 << bits - 1)
      }
    }
  }

  /// The rare words in a range of the document.
  func rare(inFirst range: Range<Int>) -> UnsafeMutableBufferPointer<Rare> {
    unsafe firstRare.slice(range)
  }

  /// The rare words in a range of the piece.
  func rare(inSecond range: Range<Int>) -> UnsafeMutableBufferPointer<Rare> {
    unsafe secondRare.slice(range)
  }

  /// What two ranges have in common, by weight.
  struct Likeness {
    /// Of what both have, each word as often as both have it.
    var shared = 0
    /// Of the first range.
    var first = 0
    /// Of the second range.
    var second = 0
  }

  /// Measures a range of the document and one of the piece.
  func likeness(_ a: Range<Int>, _ b: Range<Int>) -> Likeness {
    var likeness = Likeness()
    let (own, other, counts) = unsafe (rare(inFirst: a), rare(inSecond: b), counts.memory)
    for index in own.indices {
      let rare = unsafe own[index]
      unsafe counts[Int(rare.number)].own += 1
      likeness.first += Int(rare.weight)
    }
    for index in other.indices {
      let rare = unsafe other[index]
      let number = Int(rare.number)
      let left: Int32 = unsafe counts[number].own > 0 ? 1 : 0
      unsafe counts[number].own -= left
      likeness.second += Int(rare.weight)
      likeness.shared += Int(rare.weight & -left)
    }
    for index in own.indices {
      let rare = unsafe own[index]
      unsafe counts[Int(rare.number)].own = 0
    }
    return likeness
  }

  /// Words that a range of the document and one of all words have, common ones too, each as often as both
  /// have it.
  func sharedWords(
    _ a: Range<Int>,
    _ b: Range<Int>,
    of all: UnsafeBufferPointer<UInt64>
  ) -> Int {
    let (own, counts) = unsafe (firstNumbers.memory, counts.memory)
    let lookup = unsafe Lookup(slots.memory, words.memory, bits: slotBits)
    for place in a { unsafe counts[Int(own[place])].own += 1 }
    var shared = 0
    for place in b {
      let number = unsafe Int(lookup.number(of: all[place]))
      let left: Int32 = unsafe counts[number].own > 0 ? 1 : 0
      unsafe counts[number].own -= left
      shared += Int(left)
    }
    for place in a { unsafe counts[Int(own[place])].own = 0 }
    return shared
  }

  /// The stretch of one side that is most like a range of the other.
  ///
  /// Words that the range has count for a place, the others against it, as much as makes
  /// `share` of the wording in common come out even; the best stretch is that of the greatest sum
  /// (Kadane; Bentley 1984). Common words weigh nothing, so it begins and ends with rare ones.
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
    let own = unsafe isFirst ? rare(inFirst: range) : rare(inSecond: range)
    let far = unsafe isFirst ? rare(inSecond: other) : rare(inFirst: other)
    let counts = unsafe counts.memory
    for index in own.indices {
      let rare = unsafe own[index]
      unsafe counts[Int(rare.number)].own += 1
    }
    for index in far.indices {
      let rare = unsafe far[index]
      unsafe counts[Int(rare.number)].other += 1
    }
    var (sum, start, bestSum, bestStart, bestEnd) = (0.0, 0, 0.0, 0, 0)
    for entry in own.indices {
      let rare = unsafe own[entry]
      let count = unsafe counts[Int(rare.number)]
      // Word 0 of a piece is none that the document has.
      let found = min(1, Double(count.other) / Double(count.own))
      let isNew = sum <= 0
      start = isNew ? entry : start
      sum = (isNew ? 0 : sum) + Double(rare.weight) * (found - share)
      let isBest = sum > bestSum
      bestSum = isBest ? sum : bestSum
      bestStart = isBest ? start : bestStart
      bestEnd = isBest ? entry + 1 : bestEnd
    }
    for index in own.indices {
      let rare = unsafe own[index]
      unsafe counts[Int(rare.number)].own = 0
    }
    for index in far.indices {
      let rare = unsafe far[index]
      unsafe counts[Int(rare.number)].other = 0
    }
    if bestEnd == 0 { return range.lowerBound..<range.lowerBound }
    return unsafe Int(own[bestStart].place)..<Int(own[bestEnd - 1].place) + 1
  }
}
