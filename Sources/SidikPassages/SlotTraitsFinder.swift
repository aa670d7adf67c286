internal import SidikCore

/// Finds the traits of texts, with scratch memory that is used again.
@safe
public final class SlotTraitsFinder {
  /// A word, how often it stands in the text, and one place where it does.
  private struct Count: BitwiseCopyable {
    var hash: UInt64
    var count: Int32
    var word: Int32
  }

  private let words = SlotWords()
  private let counts = Scratch<Count>()
  private let slots = Scratch<Int32>()
  private var repeated: [Count] = []
  private let isRare: (UnsafeBufferPointer<UInt8>) -> Bool

  /// Makes a finder for one worker.
  ///
  /// - Parameter isRare: whether a word is too rare to be one of the language: a name.
  public init(isRare: @escaping (UnsafeBufferPointer<UInt8>) -> Bool) {
    unsafe self.isRare = isRare
  }

  /// Finds the traits of a text.
  ///
  /// - Parameter text: normalised UTF-8.
  /// - Returns: its numbers and its names; none of a text above ``SlotTraits/mostBytes``.
  /// - Complexity: O(n) expected, O(w log w) for w repeated words.
  public func find(_ text: UnsafeBufferPointer<UInt8>) -> SlotTraits {
    if text.count > SlotTraits.mostBytes { return .none }
    unsafe words.take(text)
    let distinct = count()
    let counts = unsafe counts.memory
    repeated.removeAll(keepingCapacity: true)
    for place in 0..<distinct.words where unsafe counts[place].count > 1 {
      unsafe repeated.append(counts[place])
    }
    repeated.sort { ($1.count, $0.hash) < ($0.count, $1.hash) }
    var names = SIMD4<UInt32>.zero
    var found = 0
    for entry in repeated {
      let word = Int(entry.word)
      guard unsafe isRare(words.text(word..<word + 1)) else { continue }
      names[found] = SlotHash.short(entry.hash)
      found += 1
      if found == SlotTraits.mostNames { break }
    }
    return SlotTraits(numbers: distinct.numbers, names: names)
  }

  /// Counts the words that are no numbers, each in the order of its first place, and the numbers.
  private func count() -> (words: Int, numbers: Int) {
    let all = unsafe words.all
    let bits = Int.bitWidth - (2 * all.count + 1).leadingZeroBitCount
    let (slots, counts) = unsafe (slots.reserve(1 << bits), counts.reserve(all.count))
    unsafe slots[..<(1 << bits)].update(repeating: -1)
    var (distinct, numbers) = (0, 0)
    for place in 0..<all.count {
      let word = unsafe all[place]
      if word.isNumber {
        numbers += 1
        continue
      }
      var slot = SlotHash.place(word.hash, bits)
      while unsafe slots[slot] >= 0 && counts[Int(slots[slot])].hash != word.hash {
        slot = (slot + 1) & (1 << bits - 1)
      }
      if unsafe slots[slot] < 0 {
        unsafe slots[slot] = Int32(distinct)
        unsafe counts[distinct] = Count(hash: word.hash, count: 1, word: Int32(place))
        distinct += 1
      } else {
        unsafe counts[Int(slots[slot])].count += 1
      }
    }
    return (distinct, numbers)
  }
}
