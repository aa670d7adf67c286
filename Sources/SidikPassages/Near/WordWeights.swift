@_spi(Kernels) internal import SidikCore

/// How much the words of texts tell: the weight of a word falls with how often all documents have it.
///
/// Words are counted in a table of at most 2^24 numbers by a part of their hash, so that a rare word may now
/// and then count with another; weights are whole numbers, so sums do not depend on order.
@safe
public final class WordWeights: @unchecked Sendable {
  // Unchecked: nothing is written once the object is made.

  /// The weight of one nat: weights count in parts of it.
  public static let nat = 1024
  /// A word that is more than one in so many is common and weighs nothing.
  public static let commonShare = 1000
  /// And a word that stands at most so often is not common, however few words there are.
  public static let rareCount = 64

  /// Holds the weights, two in a number.
  private let memory: KeyedMemory

  /// Counts the words of all documents.
  ///
  /// - Parameters:
  ///   - texts: the documents.
  ///   - memory: what no search uses meanwhile; as long as the weights are asked, no windows are made in it.
  /// - Complexity: O(n) in words; 2 bytes a word, and up to 64 MB while it counts.
  public init(_ texts: WordTexts, memory: KeyedMemory = KeyedMemory()) {
    let count = texts.words.count
    let bits = max(10, min(24, 2 + Int.bitWidth - count.leadingZeroBitCount))
    let shift = UInt64(64 - bits)
    let slots = unsafe memory.places.reserve(1 << bits)
    for slot in 0..<1 << bits { unsafe slots[slot] = 0 }
    self.memory = memory
    _ = unsafe memory.others.reserve(count / 2 + 1)
    let places = unsafe places
    unsafe texts.words.withUnsafeBufferPointer { words in
      for place in 0..<count { unsafe slots[Int(words[place] >> shift)] &+= 1 }
      unsafe Self.turnIntoWeights(slots, 1 << bits, of: count)
      for place in 0..<count {
        unsafe places[place] = UInt16(truncatingIfNeeded: slots[Int(words[place] >> shift)])
      }
    }
  }

  /// ln(all words / times a word stands) in parts of a nat: below 2^16, as there are below 2^32 words.
  private static func turnIntoWeights(
    _ slots: UnsafeMutableBufferPointer<UInt32>,
    _ size: Int,
    of count: Int
  ) {
    let most = max(rareCount, count / commonShare)
    // Few counts are frequent, so each logarithm is taken once.
    var known = [UInt32](repeating: UInt32.max, count: most + 1)
    for slot in 0..<size {
      let times = unsafe Int(slots[slot])
      if times == 0 { continue }
      if times > most || times >= count {
        unsafe slots[slot] = 0
        continue
      }
      if known[times] == UInt32.max {
        let nats = NaturalLogarithm.of(Double(count) / Double(times))
        known[times] = UInt32((nats * Double(nat)).rounded())
      }
      unsafe slots[slot] = known[times]
    }
  }

  /// The weight of each place of ``WordTexts/words``; 0 where the word is common.
  var places: UnsafeMutableBufferPointer<UInt16> {
    let bytes = unsafe UnsafeMutableRawBufferPointer(memory.others.memory)
    return unsafe bytes.bindMemory(to: UInt16.self)
  }
}
