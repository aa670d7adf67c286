internal import SidikCore

/// Gives keys to places of texts, part by part; the same every time.
protocol KeySource: Sendable {
  /// Ranges of documents, in order.
  var parts: [Range<Int>] { get }
  /// Calls `body` with the keys of a part and where they stand, in order of place.
  ///
  /// Keys are uniform in all bits.
  func forEachKey(_ part: Int, _ body: (_ place: Int, _ key: UInt64) -> Void)
}

/// Memory for keys and places, which one search after another uses.
///
/// The system gives new pages slowly: a search that takes them anew costs a third more.
public final class KeyedMemory {
  /// Keys that stand in memory at once, at most, but for a bucket that has more.
  let mostKeys: Int
  let keys = Scratch<UInt64>()
  let places = Scratch<UInt32>()
  /// What ``RepeatedWindows/other(of:)`` answers.
  let others = Scratch<UInt32>()

  /// No memory yet.
  ///
  /// - Parameter mostBytes: for keys and their places, at most; a search that has more of them goes over the
  ///   texts several times.
  public init(mostBytes: Int = .max) { mostKeys = max(1, mostBytes / 12) }
}

/// A search over places with keys, in phases; the parts of a phase run on any thread.
///
/// ``count(_:)`` for every part, then ``makeRoom(_:)``; then for each of ``rounds`` ``begin(_:)``, ``spread(_:)`` for
/// every part, and ``resolve(_:_:)`` for every bucket that ``begin(_:)`` names.
public protocol KeyedSearch: AnyObject, Sendable {
  /// Memory of one thread for ``resolve(_:_:)``.
  associatedtype Table
  /// What a bucket gives.
  associatedtype Found: Sendable

  /// Parts of the texts.
  var parts: Int { get }
  /// How often the texts are gone over, known once there is room.
  var rounds: Int { get }
  /// How many keys of a part fall into each bucket.
  func count(_ part: Int) -> [Int]
  /// Makes room; takes what ``count(_:)`` gave, a list a part.
  func makeRoom(_ counts: [[Int]])
  /// Begins a round; gives its buckets.
  func begin(_ round: Int) -> Range<Int>
  /// Puts the keys of a part into the buckets of this round.
  func spread(_ part: Int)
  /// Makes the memory of a thread.
  static func makeTable() -> Table
  /// Looks keys of a bucket up.
  func resolve(_ bucket: Int, _ table: Table) -> Found
}

/// Places sorted by the top bits of their keys into buckets that fit into the cache.
///
/// Within a bucket they stand in the order of the texts. The phases are those of ``KeyedSearch``.
@safe
final class KeyedPlaces<Source: KeySource>: @unchecked Sendable {
  // Unchecked: every part of a phase writes places of its own, and phases do not overlap.
  let source: Source

  private let buckets: Int
  private let bits: UInt64
  private var counts: [[Int]]
  private var starts: [Int] = []
  /// The buckets of each round, and of this one.
  private(set) var rounds: [Range<Int>] = []
  private var round = 0..<0
  private let memory: KeyedMemory

  /// Prepares room for about `expected` keys in memory that no other search uses meanwhile.
  init(_ source: Source, expected: Int, _ memory: KeyedMemory) {
    self.source = source
    self.memory = memory
    let wanted = max(1, expected >> 15)
    bits = UInt64(min(12, Int.bitWidth - (wanted - 1).leadingZeroBitCount))
    buckets = 1 << Int(bits)
    counts = [[Int]](repeating: [], count: source.parts.count)
  }

  /// How many keys of a part fall into each bucket.
  func count(_ part: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: buckets)
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      source.forEachKey(part) { _, key in unsafe counts[bucket(key)] += 1 }
    }
    return counts
  }

  /// Makes room; takes what ``count(_:)`` gave, a list a part.
  func makeRoom(_ found: [[Int]]) {
    counts = found
    starts = [0]
    var next = 0
    var first = 0
    for bucket in 0..<buckets {
      for part in counts.indices {
        let count = counts[part][bucket]
        counts[part][bucket] = next
        next += count
      }
      if next - starts[first] > memory.mostKeys, bucket > first {
        rounds.append(first..<bucket)
        first = bucket
      }
      starts.append(next)
    }
    rounds.append(first..<buckets)
    let most = rounds.reduce(0) { max($0, starts[$1.upperBound] - starts[$1.lowerBound]) }
    _ = unsafe memory.keys.reserve(most)
    _ = unsafe memory.places.reserve(most)
  }

  /// Begins a round.
  func begin(_ number: Int) -> Range<Int> {
    round = rounds[number]
    return round
  }

  /// Puts the keys of a part into their buckets.
  func spread(_ part: Int) {
    let (first, last) = (round.lowerBound, round.upperBound)
    let base = starts[first]
    var next = counts[part]
    let (keys, places) = unsafe (memory.keys.memory, memory.places.memory)
    unsafe next.withUnsafeMutableBufferPointer { next in
      source.forEachKey(part) { place, key in
        let bucket = bucket(key)
        guard bucket >= first, bucket < last else { return }
        let at = unsafe next[bucket] - base
        unsafe next[bucket] += 1
        unsafe keys[at] = key
        unsafe places[at] = UInt32(truncatingIfNeeded: place)
      }
    }
  }

  /// The keys of a bucket of this round, and the places of each.
  func bucket(
    _ number: Int
  ) -> (keys: UnsafeBufferPointer<UInt64>, places: UnsafeBufferPointer<UInt32>) {
    let base = starts[round.lowerBound]
    let range = starts[number] - base..<starts[number + 1] - base
    return unsafe (
      UnsafeBufferPointer(rebasing: memory.keys.memory[range]),
      UnsafeBufferPointer(rebasing: memory.places.memory[range])
    )
  }

  private func bucket(_ key: UInt64) -> Int { bits == 0 ? 0 : Int(key >> (64 - bits)) }
}

/// A table of the keys of one bucket, with open addressing.
///
/// The memory is used again for every bucket; one table serves one thread.
@safe
final class BucketTable {
  static let none = UInt32.max
  private let memory = Scratch<UInt32>()
  private var bits = 1

  /// Empties the table for so many keys.
  func reset(_ count: Int) {
    bits = Int.bitWidth - (2 * count).leadingZeroBitCount
    let slots = unsafe memory.reserve(1 << bits)
    for slot in 0..<1 << bits { unsafe slots[slot] = Self.none }
  }

  /// The entry that holds a key before the given one; where there is none, the given one is entered.
  @inline(__always)
  func first(_ keys: UnsafeBufferPointer<UInt64>, _ entry: Int) -> Int? {
    let slots = unsafe memory.memory
    let key = unsafe keys[entry]
    // The top bits chose the bucket, so the low ones tell keys apart.
    var slot = Int(key & (1 << UInt64(bits) - 1))
    while true {
      let known = unsafe slots[slot]
      if known == Self.none {
        unsafe slots[slot] = UInt32(truncatingIfNeeded: entry)
        return nil
      }
      if unsafe keys[Int(known)] == key { return Int(known) }
      slot = (slot + 1) & (1 << bits - 1)
    }
  }
}
