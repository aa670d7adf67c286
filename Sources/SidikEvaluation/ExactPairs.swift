public import SidikCore

/// Finds every pair of feature sets at or above a similarity, exactly, with no sketch at all.
///
/// ```
/// queries     rank 0 1 2 3 …   features by rarity among the queries, rare first
///             [prefix | rest]  only the prefix is posted
/// document    unknown, then known ranks; its prefix is looked up and counted
/// ```
/// Two sets as similar as asked for cannot differ in all of their rarest features, so a posting
/// of the prefixes meets every such pair (prefix filter: Bayardo, Ma and Srikant, "Scaling up all
/// pairs similarity search", WWW 2007; Xiao and others, "Efficient similarity joins for near
/// duplicate detection", WWW 2008). What is met is bounded by its counts and then compared on
/// the whole sets. Nothing here is shared with the engine's own candidates.
public final class ExactPairs {
  /// What makes a pair.
  public enum Bound: Sendable, Hashable {
    /// Shared features by all features.
    case jaccard(atLeast: Double)
    /// The share of the smaller set that stands in the larger; queries are the smaller ones.
    case containment(atLeast: Double)
  }

  /// A query and a document.
  public struct Match: Sendable, Hashable {
    /// The number of the query.
    public var query: Int
    /// What the query, as the first, and the document share.
    public var overlap: Overlap
  }

  private let bound: Bound
  private var ranks = FeatureRanks()
  /// Distinct features of all queries end to end: their places in ``ranks``, later their ranks.
  private var rows: [UInt32] = []
  private var starts: [Int] = [0]
  private var postings: [UInt32] = []
  private var postingStarts: [Int] = []
  private var counts: [Int32] = []
  private var touched: [UInt32] = []
  private var known: [UInt32] = []
  /// The features of each query, how many of them are not posted, and the last rank that is.
  private var sizes: [(size: Int, rest: Int, last: Int)] = []

  /// Makes an empty counter.
  public init(_ bound: Bound) { self.bound = bound }

  /// Queries added so far.
  public var queryCount: Int { starts.count - 1 }

  /// Adds a query, numbered by the order of adding.
  ///
  /// - Parameter features: distinct features in any order.
  public func add(query features: UnsafeBufferPointer<UInt64>) {
    for index in features.indices { rows.append(unsafe ranks.count(features[index])) }
    starts.append(rows.count)
  }

  /// Orders the features by rarity and posts the prefixes; no query may follow.
  ///
  /// - Complexity: O(n log n) in all features.
  public func seal() {
    let rankOf = ranks.seal()
    for place in rows.indices { rows[place] = rankOf[Int(rows[place])] }
    postingStarts = [Int](repeating: 0, count: rankOf.count + 1)
    for query in 0..<queryCount {
      rows[starts[query]..<starts[query + 1]].sort()
      for rank in prefix(of: query) { postingStarts[Int(rank) + 1] += 1 }
    }
    for rank in rankOf.indices { postingStarts[rank + 1] += postingStarts[rank] }
    postings = [UInt32](repeating: 0, count: postingStarts[rankOf.count])
    var next = postingStarts
    for query in 0..<queryCount {
      for rank in prefix(of: query) {
        postings[next[Int(rank)]] = UInt32(query)
        next[Int(rank)] += 1
      }
    }
    counts = [Int32](repeating: 0, count: queryCount)
    touched = [UInt32](repeating: 0, count: queryCount)
    sizes = (0..<queryCount).map { query in
      let size = starts[query + 1] - starts[query]
      let prefix = Self.prefix(size, bound, ofQuery: true)
      return (size, size - prefix, prefix > 0 ? Int(rows[starts[query] + prefix - 1]) : -1)
    }
  }

  private func prefix(of query: Int) -> ArraySlice<UInt32> {
    let row = rows[starts[query]..<starts[query + 1]]
    return row.prefix(Self.prefix(row.count, bound, ofQuery: true))
  }

  /// How many of the rarest of `size` features are looked at.
  private static func prefix(_ size: Int, _ bound: Bound, ofQuery: Bool) -> Int {
    switch bound {
    case .jaccard(let least):
      return size - Self.least(of: size, least) + (size > 0 ? 1 : 0)
    case .containment(let least):
      // Twice what is needed, so that counts tell more; the larger set is looked at whole.
      return ofQuery ? min(size, 2 * (size - Self.least(of: size, least) + 1)) : size
    }
  }

  /// The least number of shared features of a set of `size`, safe against rounding.
  private static func least(of size: Int, _ share: Double) -> Int {
    max(size > 0 ? 1 : 0, Int((Double(size) * share - 1e-6).rounded(.up)))
  }

  /// Finds the queries that are similar to a document.
  ///
  /// - Parameters:
  ///   - features: the document's distinct features in any order.
  ///   - first: queries of smaller numbers are passed over.
  ///   - skipped: a query that is passed over, such as the document itself; or nil.
  /// - Returns: matches by ascending number of the query.
  /// - Complexity: O(postings of the prefix), beside comparing what they let through.
  public func matches(
    _ features: UnsafeBufferPointer<UInt64>,
    from first: Int = 0,
    skipping skipped: Int? = nil
  ) -> [Match] {
    known.removeAll(keepingCapacity: true)
    for index in features.indices {
      if let rank = unsafe ranks.rank(features[index]) { known.append(rank) }
    }
    known.sort()
    // Features no query has come first in the order of rarity.
    let unknown = features.count - known.count
    let looked = max(0, Self.prefix(features.count, bound, ofQuery: false) - unknown)
    let met = count(looked, from: first)
    let last = looked > 0 ? Int(known[min(looked, known.count) - 1]) : -1
    var found: [Match] = []
    for pair in possible(met, features.count, last) where pair.query != skipped {
      let shared = pair.count + rest(of: pair, last: last, looked)
      guard shared >= pair.least else { continue }
      let size = sizes[pair.query].size
      let overlap = Overlap(shared: shared, first: size, second: features.count)
      found.append(Match(query: pair.query, overlap: overlap))
    }
    return found
  }

  /// Counts the queries that stand in the postings of the known prefix, and lists them.
  ///
  /// - Returns: how many there are at the start of ``touched``.
  private func count(_ looked: Int, from first: Int) -> Int {
    var met = 0
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      unsafe touched.withUnsafeMutableBufferPointer { touched in
        unsafe postings.withUnsafeBufferPointer { postings in
          for rank in known.prefix(looked) {
            let end = postingStarts[Int(rank) + 1]
            var place = postingStarts[Int(rank)]
            if first > 0 {
              place = unsafe Self.place(of: UInt32(first), in: postings, place..<end)
            }
            while place < end {
              let query = unsafe postings[place]
              if unsafe counts[Int(query)] == 0 {
                unsafe touched[met] = query
                met += 1
              }
              unsafe counts[Int(query)] += 1
              place += 1
            }
          }
        }
      }
    }
    return met
  }

  /// A query that may match: what its prefix shares, and what it must share in all.
  private struct Possible {
    var query: Int
    var count: Int
    var least: Int
  }

  /// The queries met whose counts leave a match possible, ascending; all counts become 0 again.
  private func possible(_ met: Int, _ size: Int, _ last: Int) -> [Possible] {
    let rest = size - Self.prefix(size, bound, ofQuery: false)
    var possible: [Possible] = []
    for query in touched[..<met] {
      let own = sizes[Int(query)]
      let count = Int(counts[Int(query)])
      counts[Int(query)] = 0
      let least = needed(own.size, size)
      if count + (own.last <= last ? own.rest : rest) >= least {
        possible.append(Possible(query: Int(query), count: count, least: least))
      }
    }
    return possible.sorted { $0.query < $1.query }
  }

  /// What a query and the document share beyond their prefixes' common part.
  ///
  /// The set whose prefix ends first has all shared features of its prefix inside the other's
  /// prefix too, where they were counted; what is left is its rest against the whole other set.
  /// Common features come last, and unlike texts miss many of them, so the walk is backwards and
  /// ends as soon as too little can follow.
  private func rest(of pair: Possible, last: Int, _ looked: Int) -> Int {
    let row = starts[pair.query]..<starts[pair.query + 1]
    return unsafe rows.withUnsafeBufferPointer { rows in
      unsafe known.withUnsafeBufferPointer { known in
        let query = unsafe UnsafeBufferPointer(rebasing: rows[row])
        let own = sizes[pair.query]
        let wanted = pair.least - pair.count
        return own.last <= last
          ? unsafe Self.shared(query, from: own.size - own.rest, known, wanted)
          : unsafe Self.shared(known, from: min(looked, known.count), query, wanted)
      }
    }
  }

  /// How many of `a` from a place on stand in `b`; less than `wanted` where it cannot be that many.
  private static func shared(
    _ a: UnsafeBufferPointer<UInt32>,
    from start: Int,
    _ b: UnsafeBufferPointer<UInt32>,
    _ wanted: Int
  ) -> Int {
    var (x, y, shared) = (a.count - 1, b.count - 1, 0)
    while x >= start, y >= 0 {
      let (left, right) = unsafe (a[x], b[y])
      shared += left == right ? 1 : 0
      if left < right {
        y -= 1
        continue
      }
      if left == right { y -= 1 }
      x -= 1
      if shared + x - start + 1 < wanted { break }
    }
    return shared
  }

  /// The place of the first number at or above `number` in an ascending run.
  private static func place(
    of number: UInt32,
    in postings: UnsafeBufferPointer<UInt32>,
    _ run: Range<Int>
  ) -> Int {
    var (low, high) = (run.lowerBound, run.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if unsafe postings[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func needed(_ query: Int, _ document: Int) -> Int {
    switch bound {
    case .jaccard(let share):
      Self.least(of: query + document, share / (1 + share))
    case .containment(let share):
      query <= document ? Self.least(of: query, share) : .max
    }
  }
}

/// Features numbered in the order they come, then by rarity: an open-addressing table.
private struct FeatureRanks {
  private var keys = [UInt64](repeating: 0, count: 1 << 16)
  /// The number of the feature in that place plus one; 0 where the place is free.
  private var values = [UInt32](repeating: 0, count: 1 << 16)
  private var frequencies: [UInt32] = []

  /// Counts one more query with the feature and returns the feature's number.
  mutating func count(_ feature: UInt64) -> UInt32 {
    if 2 * frequencies.count >= keys.count { grow() }
    let place = place(of: feature)
    if values[place] == 0 {
      keys[place] = feature
      frequencies.append(0)
      values[place] = UInt32(frequencies.count)
    }
    let number = values[place] - 1
    frequencies[Int(number)] += 1
    return number
  }

  /// The rank of a feature some query has, or nil.
  func rank(_ feature: UInt64) -> UInt32? {
    let value = values[place(of: feature)]
    return value == 0 ? nil : value - 1
  }

  /// Turns numbers into ranks, the rarest first, and returns the rank of each number.
  mutating func seal() -> [UInt32] {
    let order = frequencies.indices.sorted { (frequencies[$0], $0) < (frequencies[$1], $1) }
    var ranks = [UInt32](repeating: 0, count: order.count)
    for (rank, number) in order.enumerated() { ranks[number] = UInt32(rank) }
    for place in values.indices where values[place] > 0 {
      values[place] = ranks[Int(values[place]) - 1] + 1
    }
    return ranks
  }

  private func place(of feature: UInt64) -> Int {
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: feature &* 0x9E37_79B9_7F4A_7C15 >> 24) & mask
    while values[place] != 0, keys[place] != feature { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = [UInt64](repeating: 0, count: 2 * oldKeys.count)
    values = [UInt32](repeating: 0, count: 2 * oldKeys.count)
    for (key, value) in zip(oldKeys, oldValues) where value > 0 {
      let place = place(of: key)
      (keys[place], values[place]) = (key, value)
    }
  }
}
