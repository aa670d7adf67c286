internal import SidikCore

/// The distinct words of a text, by the first 32 bits of their hashes.
@safe
final class WordSet {
  private let slots = Scratch<UInt32>()
  private var bits = 1

  /// An empty set.
  init() { take(SlotWords()) }

  /// Takes the words of a text in place of what it held.
  ///
  /// - Complexity: O(n) expected.
  func take(_ words: SlotWords) {
    let bits = Int.bitWidth - (2 * words.count + 1).leadingZeroBitCount
    self.bits = bits
    let slots = unsafe slots.reserve(1 << bits)
    for slot in 0..<1 << bits { unsafe slots[slot] = 0 }
    let all = unsafe words.all
    for place in 0..<all.count {
      let short = unsafe SlotHash.short(all[place].hash)
      unsafe slots[Self.place(of: short, slots, bits)] = short
    }
  }

  /// The words taken last, as a value for a loop; valid until the next text is taken.
  var members: Members { unsafe Members(slots: slots.memory, bits: bits) }

  /// The words of a set.
  @safe
  struct Members {
    fileprivate let slots: UnsafeMutableBufferPointer<UInt32>
    fileprivate let bits: Int

    /// Whether a word with this hash was taken.
    @inline(__always)
    func contains(_ short: UInt32) -> Bool {
      unsafe slots[WordSet.place(of: short, slots, bits)] != 0
    }
  }

  @inline(__always)
  fileprivate static func place(
    of short: UInt32,
    _ slots: UnsafeMutableBufferPointer<UInt32>,
    _ bits: Int
  ) -> Int {
    var slot = SlotHash.place(UInt64(short), bits)
    while unsafe slots[slot] != 0 && slots[slot] != short { slot = (slot + 1) & (1 << bits - 1) }
    return slot
  }
}
