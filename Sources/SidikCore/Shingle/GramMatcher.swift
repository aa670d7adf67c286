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
  /// Places that must be covered for passages to be wanted; 0 wants any.
  ///
  /// Where passages and ``allowance`` places beside each cannot come to so many, none is found.
  public var leastCovered = 0
  /// Places beside its own that a passage may cover.
  public var allowance = 0

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
  private let grams = Scratch<UInt64>()
  private let places = Scratch<sidik_gram_place>()
  private let slots = Scratch<UInt64>()
  private let lanes = Scratch<sidik_passage>()
  private let found = Scratch<sidik_passage>()
  private var slotBits: UInt32 = 1
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
      count: count,
      grams: grams.memory.baseAddress,
      places: places.memory.baseAddress,
      slot_bits: slotBits,
      slots: slots.memory.baseAddress
    )
  }

  /// Takes the longer document of the pairs to come.
  ///
  /// - Parameter features: its features in order of place; copied.
  /// - Complexity: O(n) expected.
  public func prepare(_ features: UnsafeBufferPointer<UInt64>) {
    count = features.count
    slotBits = GramCensus.tableBits(count)
    _ = unsafe grams.reserve(count).update(fromContentsOf: features)
    _ = unsafe places.reserve(count)
    _ = unsafe slots.reserve(1 << slotBits)
    distinct = unsafe Kernels.active.pointee.gram_index(index)
    stamp = 0
  }

  /// Gives the grams of the prepared document weights.
  public func weigh(_ weights: GramWeights) {
    unsafe weights.withRaw { unsafe Kernels.active.pointee.gram_weigh(index, $0) }
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
      least_density: UInt32(rule.leastDensity),
      least_covered: UInt32(rule.leastCovered),
      allowance: UInt32(rule.allowance)
    )
    let lanesWanted = Int(SIDIK_PASSAGE_LANES)
    return unsafe Kernels.active.pointee.gram_passages(
      shorter.baseAddress,
      shorter.count,
      index,
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
