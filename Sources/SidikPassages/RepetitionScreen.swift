internal import SidikCore

/// Tells in little time that a document does not repeat itself, which few documents do.
///
/// Two equal runs of ``Repetition/leastWords`` words are equal in every run of ``run`` words
/// within them, and of as many places in a row as a run has those, one is divisible by ``stride``.
/// So it is enough to enter every ``stride``-th place, in a table that stays in the cache, and to
/// look all others up.
@safe
final class RepetitionScreen {
  private static let run = 4
  private static let stride = Repetition.leastWords - run + 1
  private static let free = UInt32.max
  private let table = Scratch<UInt32>()

  /// Whether a run of words may stand twice: false is certain, true nearly so.
  ///
  /// - Parameter words: the hashes of a document's words, in order.
  /// - Returns: false where no run of ``Repetition/leastWords`` words stands twice.
  /// - Complexity: O(n).
  func mayRepeat(_ words: UnsafeBufferPointer<UInt64>) -> Bool {
    let entries = words.count / Self.stride + 1
    let bits = Int.bitWidth - (4 * entries).leadingZeroBitCount
    let size = 1 << bits
    let slots = unsafe UnsafeMutableBufferPointer(rebasing: table.reserve(size)[..<size])
    unsafe slots.update(repeating: Self.free)
    // What crafted texts may cost before they are measured in full.
    var patience = 4 * words.count
    var next = 0
    for place in 0...words.count - Self.run {
      var slot = unsafe Self.slot(words, place, bits)
      while unsafe slots[slot] != Self.free {
        patience -= 1
        if unsafe patience == 0 || stands(Int(slots[slot]), place, words) { return true }
        slot = (slot + 1) & (size - 1)
      }
      if place == next {
        unsafe slots[slot] = UInt32(place)
        next += Self.stride
      }
    }
    return false
  }

  /// Whether two places lie in equal runs of ``Repetition/leastWords`` words, at the same
  /// distance from their beginnings.
  private func stands(
    _ earlier: Int,
    _ later: Int,
    _ words: UnsafeBufferPointer<UInt64>
  ) -> Bool {
    guard unsafe words[earlier] == words[later] else { return false }
    let longest = Repetition.leastWords
    var before = 0
    while before < min(longest, earlier),
      unsafe words[earlier - before - 1] == words[later - before - 1]
    {
      before += 1
    }
    var after = 1
    while after < min(longest, words.count - later),
      unsafe words[earlier + after] == words[later + after]
    {
      after += 1
    }
    return before + after >= longest
  }

  /// The slot of the run at a place.
  ///
  /// Hashes of words are uniform, so turning them apart is enough.
  @inline(__always)
  private static func slot(_ words: UnsafeBufferPointer<UInt64>, _ place: Int, _ bits: Int) -> Int {
    func turned(_ word: UInt64, _ by: UInt64) -> UInt64 { word << by | word >> (64 - by) }
    let mixed =
      unsafe words[place] ^ turned(words[place + 1], 13) ^ turned(words[place + 2], 29)
      ^ turned(words[place + 3], 47)
    return Int(mixed >> UInt64(64 - bits))
  }
}
