/// One text of a pair: its words, and the set of them once it is asked for.
@safe
final class SlotText {
  /// Its words in order.
  let words = SlotWords()
  private let set = WordSet()
  private var isSetTaken = false

  /// Takes a text in place of what was there.
  ///
  /// - Parameter text: normalised UTF-8; must stay where it is until the next one is taken.
  /// - Complexity: O(n).
  func take(_ text: UnsafeBufferPointer<UInt8>) {
    unsafe words.take(text)
    isSetTaken = false
  }

  /// Whether a word with this hash stands in the text.
  ///
  /// - Complexity: O(1) expected; O(n) for the first question.
  func contains(_ hash: UInt64) -> Bool { contains(short: SlotHash.short(hash)) }

  /// Whether a name of another text stands nowhere in this one.
  ///
  /// - Complexity: as ``contains(_:)``.
  func lacksName(of other: SlotTraits) -> Bool { other.hasName { !contains(short: $0) } }

  /// How many of the words that another text has not are names of this one, 0...1.
  ///
  /// - Complexity: O(n) in the words of both.
  func shareOfNames(_ traits: SlotTraits, against other: SlotText) -> Double {
    var (own, names) = (0, 0)
    let (words, others) = unsafe (words.all, other.members)
    for place in 0..<words.count {
      let word = unsafe words[place]
      let short = SlotHash.short(word.hash)
      if word.isNumber || others.contains(short) { continue }
      own += 1
      if traits.hasName(where: { $0 == short }) { names += 1 }
    }
    return own == 0 ? 0 : Double(names) / Double(own)
  }

  private func contains(short: UInt32) -> Bool { members.contains(short) }

  /// Its distinct words; made when they are first asked for.
  private var members: WordSet.Members {
    if !isSetTaken {
      set.take(words)
      isSetTaken = true
    }
    return set.members
  }
}
