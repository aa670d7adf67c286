internal import SidikCore

/// Finds places that have two rare words near each other in common, in either order.
///
/// Rewritten text keeps few words in a row, but names, numbers and terms stay, close to each other. A pair that
/// stands in more than a few places is a phrase and leads nowhere.
///
/// The phases are those of ``KeyedSearch``.
@safe
public final class RareWordPairs: KeyedSearch, @unchecked Sendable {
  // Unchecked: as of ``KeyedPlaces``.

  /// Two places of texts with the same pair of words.
  public struct Lead: Sendable, Hashable {
    /// The document of the place that comes later in the input.
    public let document: Int32
    /// What leads from there to the other.
    public let lead: PassageLead
  }

  /// One of the places of a pair.
  private struct Member {
    var place: Int
    var document: Int
  }

  /// Memory of one thread for ``RareWordPairs/resolve(_:_:)``.
  public final class Table {
    let table = BucketTable()
    let next = Scratch<UInt32>()
    let counts = Scratch<UInt32>()
    let documents = Scratch<Int32>()

    private let entries = Scratch<UInt32>()
    private let once = Scratch<UInt64>()
    private let twice = Scratch<UInt64>()

    /// Makes an empty table.
    public init() {}

    /// The keys that may stand twice, in order: most stand once, which a bit for each of them shows.
    func repeated(_ keys: UnsafeBufferPointer<UInt64>) -> UnsafeMutableBufferPointer<UInt32> {
      let blocks = 1 << max(0, Int.bitWidth - keys.count.leadingZeroBitCount - 5)
      let (once, twice) = unsafe (once.reserve(blocks), twice.reserve(blocks))
      for block in 0..<blocks { unsafe (once[block], twice[block]) = (0, 0) }
      for entry in keys.indices {
        let key = unsafe keys[entry]
        let (block, bit) = (Int(key >> 6) & (blocks - 1), UInt64(1) << (key & 63))
        unsafe twice[block] |= once[block] & bit
        unsafe once[block] |= bit
      }
      let entries = unsafe entries.reserve(keys.count)
      var count = 0
      for entry in keys.indices {
        unsafe entries[count] = UInt32(truncatingIfNeeded: entry)
        let block = unsafe twice[Int(keys[entry] >> 6) & (blocks - 1)]
        count += unsafe Int(block >> (keys[entry] & 63) & 1)
      }
      return unsafe UnsafeMutableBufferPointer(rebasing: entries[..<count])
    }
  }

  private let texts: WordTexts
  private let pairs: KeyedPlaces<PairKeys>
  private let mostPlaces: Int

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - texts: the documents.
  ///   - weights: which words are rare.
  ///   - isKnown: for each place whether it needs no lead, as it has one; empty for none.
  ///   - rule: how near, and how many.
  ///   - memory: what no other search uses meanwhile.
  public init(
    _ texts: WordTexts,
    _ weights: WordWeights,
    isKnown: [Bool],
    _ rule: NearRule,
    memory: KeyedMemory = KeyedMemory()
  ) {
    self.texts = texts
    mostPlaces = rule.mostPairPlaces
    let keys = PairKeys(texts: texts, weights: weights, isKnown: isKnown, reach: rule.pairReach)
    pairs = KeyedPlaces(keys, expected: texts.words.count, memory)
  }

  /// Parts of the texts.
  public var parts: Int { pairs.source.parts.count }

  /// How often the texts are gone over, once there is room.
  public var rounds: Int { pairs.rounds.count }

  /// How many pairs of a part fall into each bucket.
  public func count(_ part: Int) -> [Int] { pairs.count(part) }

  /// Makes room for the pairs of all parts.
  public func makeRoom(_ counts: [[Int]]) { pairs.makeRoom(counts) }

  /// Begins a round; gives its buckets.
  public func begin(_ round: Int) -> Range<Int> { pairs.begin(round) }

  /// Puts the pairs of a part into the buckets of this round.
  public func spread(_ part: Int) { pairs.spread(part) }

  /// Makes the memory of a thread.
  public static func makeTable() -> Table { Table() }

  /// The leads of a bucket, between different documents.
  public func resolve(_ bucket: Int, _ memory: Table) -> [Lead] {
    let (keys, places) = unsafe pairs.bucket(bucket)
    let entries = unsafe memory.repeated(keys)
    memory.table.reset(entries.count)
    let next = unsafe memory.next.reserve(keys.count)
    let counts = unsafe memory.counts.reserve(keys.count)
    let documents = unsafe memory.documents.reserve(keys.count)
    let (texts, mostPlaces) = (texts, mostPlaces)
    for index in entries.indices {
      let entry = unsafe Int(entries[index])
      unsafe counts[entry] = 1
      // Looked up in order of place, where the next stands in the cache; the places of a key are far apart.
      let document = unsafe texts.document(at: Int(places[entry]))
      unsafe documents[entry] = Int32(truncatingIfNeeded: document)
      guard let first = unsafe memory.table.first(keys, entry) else {
        unsafe next[entry] = BucketTable.none
        continue
      }
      // The list of a key begins with its first entry, then runs from the last to the second.
      unsafe counts[first] += 1
      unsafe next[entry] = next[first]
      unsafe next[first] = UInt32(truncatingIfNeeded: entry)
    }
    var leads: [Lead] = []
    var group: [Member] = []
    for index in entries.indices {
      let entry = unsafe Int(entries[index])
      if unsafe counts[entry] < 2 || counts[entry] > mostPlaces { continue }
      group.removeAll(keepingCapacity: true)
      var member = UInt32(truncatingIfNeeded: entry)
      while member != BucketTable.none {
        let number = Int(member)
        unsafe group.append(
          Member(place: Int(places[number]), document: Int(documents[number]))
        )
        member = unsafe next[number]
      }
      // Now documents stand in order; places of one document may not, and lead nowhere among themselves.
      group[1...].reverse()
      Self.append(group, to: &leads)
    }
    return leads
  }

  /// Leads from each place to those before it in other documents.
  private static func append(_ group: [Member], to leads: inout [Lead]) {
    for number in group.indices.dropFirst() {
      let later = group[number]
      for earlier in group[..<number] where earlier.document != later.document {
        let lead = PassageLead(
          document: earlier.document,
          place: later.place,
          other: earlier.place,
          length: 0
        )
        leads.append(Lead(document: Int32(truncatingIfNeeded: later.document), lead: lead))
      }
    }
  }
}

/// Pairs of rare words that stand near each other.
private struct PairKeys: KeySource {
  let texts: WordTexts
  let weights: WordWeights
  let isKnown: [Bool]
  let reach: Int
  let parts: [Range<Int>]

  init(texts: WordTexts, weights: WordWeights, isKnown: [Bool], reach: Int) {
    self.texts = texts
    self.weights = weights
    self.isKnown = isKnown
    self.reach = reach
    parts = texts.parts(ofWords: 1 << 17)
  }

  /// Every rare word with the two before it.
  @inline(__always)
  func forEachKey(_ part: Int, _ body: (Int, UInt64) -> Void) {
    let weights = unsafe weights.places
    let rare = Scratch<UInt32>()
    unsafe texts.words.withUnsafeBufferPointer { words in
      unsafe isKnown.withUnsafeBufferPointer { isKnown in
        for document in parts[part] {
          let range = texts.range(of: document)
          let places = unsafe rare.reserve(range.count)
          var count = 0
          // Without branches: whether a word is rare cannot be foreseen.
          for place in range {
            unsafe places[count] = UInt32(truncatingIfNeeded: place)
            count += unsafe weights[place] > 0 ? 1 : 0
          }
          var (before, last) = (Int.min / 2, Int.min / 2)
          for entry in 0..<count {
            let place = unsafe Int(places[entry])
            // Not a loop over both: that would allocate a list for each word.
            if place - last <= reach, let key = unsafe key(last, place, words, isKnown) {
              body(last, key)
            }
            if place - before <= reach, let key = unsafe key(before, place, words, isKnown) {
              body(before, key)
            }
            (before, last) = (last, place)
          }
        }
      }
    }
  }

  /// The key of two words in either order; nil where they are one, or both places need no lead.
  @inline(__always)
  private func key(
    _ first: Int,
    _ second: Int,
    _ words: UnsafeBufferPointer<UInt64>,
    _ isKnown: UnsafeBufferPointer<Bool>
  ) -> UInt64? {
    let (a, b) = unsafe (words[first], words[second])
    if unsafe a == b || !isKnown.isEmpty && isKnown[first] && isKnown[second] { return nil }
    return SplitMix64.mixed(SlotHash.pair(min(a, b), max(a, b)))
  }
}
