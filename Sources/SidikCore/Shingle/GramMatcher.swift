internal import CSidikKernels

/// What makes equal grams of two documents a passage; lengths in places.
@_spi(Kernels)
public struct PassageRule: Sendable, Hashable {
  /// A gram that stands oftener in the longer document is passed over; at most 8.
  public var mostPlaces: Int
  /// A match continues a passage whose diagonal is at most this far away; at most 8.
  public var drift: Int
  /// And that ended at most this many places before.
  public var gap: Int
  /// Matches that a passage holds; at least 4.
  public var leastMatches: Int
  /// Places that it spans.
  public var leastLength: Int
  /// Matches in 100 of its places.
  public var leastDensity: Int

  /// Makes a rule.
  public init(
    mostPlaces: Int,
    drift: Int,
    gap: Int,
    leastMatches: Int,
    leastLength: Int,
    leastDensity: Int
  ) {
    let band = Int(SIDIK_PASSAGE_BAND)
    precondition(mostPlaces <= 8 && leastMatches >= 4 && drift <= band, "no room for such a rule")
    self.mostPlaces = mostPlaces
    self.drift = drift
    self.gap = gap
    self.leastMatches = leastMatches
    self.leastLength = leastLength
    self.leastDensity = leastDensity
  }
}

/// A passage that stands in two documents: first and last places of grams, inclusive.
@_spi(Kernels)
public struct GramPassage: Sendable, Hashable {
  /// Places in the shorter document.
  public var shorter: ClosedRange<Int>
  /// Places in the longer document.
  public var longer: ClosedRange<Int>
  /// Equal grams in it.
  public var matches: Int
}

/// Compares documents with one that was taken apart once: what their grams share, and the
/// passages in which they stand in order.
///
/// Scratch memory belongs to the object and is used again; one object serves one thread.
@_spi(Kernels)
@safe
public final class GramMatcher {
  private let heads = Scratch<UInt32>()
  private let places = Scratch<sidik_gram_place>()
  private let lanes = Scratch<sidik_passage>()
  private let found = Scratch<sidik_passage>()
  private var headBits: UInt32 = 1
  private var stamp: UInt32 = 0

  /// Places of the prepared document.
  public private(set) var count = 0
  /// Distinct grams of the prepared document.
  public private(set) var distinct = 0

  /// Makes a matcher for one worker.
  public init() {
    // The kernel leaves lanes as it finds them: free.
    let free = sidik_passage(
      shorter_first: 0,
      shorter_last: 0,
      longer_first: 0,
      longer_last: 0,
      matches: 0
    )
    unsafe lanes.reserve(Int(SIDIK_PASSAGE_LANES)).update(repeating: free)
  }

  private var index: sidik_gram_index {
    unsafe sidik_gram_index(
      head_bits: headBits,
      heads: heads.memory.baseAddress,
      places: places.memory.baseAddress
    )
  }

  /// Takes the longer document of the pairs to come.
  ///
  /// - Parameter features: its features in order of place; copied.
  /// - Complexity: O(n) expected.
  public func prepare(_ features: UnsafeBufferPointer<UInt64>) {
    count = features.count
    headBits = UInt32(max(1, Int.bitWidth - max(1, count - 1).leadingZeroBitCount))
    _ = unsafe heads.reserve(1 << headBits)
    _ = unsafe places.reserve(count)
    distinct = unsafe Kernels.active.pointee.gram_index(features.baseAddress, count, index)
    stamp = 0
  }

  /// Gives the grams of the prepared document weights.
  ///
  /// - Parameter weight: the weight of a gram.
  public func weigh(_ weight: (UInt64) -> UInt32) {
    let places = unsafe places.memory
    for place in 0..<count { unsafe places[place].weight = weight(places[place].gram) }
  }

  /// The distinct grams that another document has in common with the prepared one.
  ///
  /// - Parameter features: the other document's features, in any order, repeats included.
  /// - Returns: how many grams, and the sum of their weights; 0 without ``weigh(_:)``.
  /// - Complexity: O(n) expected in the other document.
  public func shared(
    with features: UnsafeBufferPointer<UInt64>
  ) -> (count: Int, weight: UInt64) {
    stamp += 1
    var weight: UInt64 = 0
    let shared = unsafe Kernels.active.pointee.gram_shared(
      features.baseAddress,
      features.count,
      index,
      stamp,
      &weight
    )
    return (shared, weight)
  }

  /// Finds the passages that another document has in common with the prepared one.
  ///
  /// - Parameters:
  ///   - shorter: the other document's features in order of place.
  ///   - rule: what makes a passage.
  /// - Returns: their number; ``passage(_:)`` gives each.
  /// - Complexity: O(n) expected in the other document, with at most `mostPlaces` matches a place.
  public func findPassages(_ shorter: UnsafeBufferPointer<UInt64>, _ rule: PassageRule) -> Int {
    var raw = sidik_passage_rule(
      most_places: UInt32(rule.mostPlaces),
      drift: UInt32(rule.drift),
      gap: UInt32(rule.gap),
      least_matches: UInt32(rule.leastMatches),
      least_length: UInt32(rule.leastLength),
      least_density: UInt32(rule.leastDensity)
    )
    let lanesWanted = Int(SIDIK_PASSAGE_LANES)
    return unsafe Kernels.active.pointee.gram_passages(
      shorter.baseAddress,
      shorter.count,
      index,
      count,
      &raw,
      lanes.memory.baseAddress,
      found.reserve(2 * shorter.count + lanesWanted).baseAddress
    )
  }

  /// One of the passages that were found last.
  public func passage(_ number: Int) -> GramPassage {
    let raw = unsafe found.memory[number]
    return GramPassage(
      shorter: Int(raw.shorter_first)...Int(raw.shorter_last),
      longer: Int(raw.longer_first)...Int(raw.longer_last),
      matches: Int(raw.matches)
    )
  }
}
