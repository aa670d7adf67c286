/// Words that stand for each other in slots.
struct SlotNames {
  private struct Exchange {
    var first: UInt64
    var second: UInt64
    var slot: Int
  }

  private var exchanges: [Exchange] = []

  /// Forgets everything.
  mutating func removeAll() { exchanges.removeAll(keepingCapacity: true) }

  /// Takes two words that may stand for each other in a slot.
  mutating func add(_ first: UInt64, _ second: UInt64, slot: Int) {
    exchanges.append(Exchange(first: first, second: second, slot: slot))
  }

  /// How many slots hold names, and how many names those are.
  ///
  /// The two words that stand for each other in most slots are a name; then the next two words,
  /// where at least two of their slots are left. So the words of a longer name are one name.
  ///
  /// - Complexity: O(e log e) for e exchanges.
  mutating func count() -> (slots: Int, names: Int) {
    exchanges.sort { ($0.first, $0.second, $0.slot) < ($1.first, $1.second, $1.slot) }
    var groups: [[Int]] = []
    var start = 0
    while start < exchanges.count {
      var slots = [exchanges[start].slot]
      var end = start + 1
      while end < exchanges.count, exchanges[end].first == exchanges[start].first,
        exchanges[end].second == exchanges[start].second
      {
        if exchanges[end].slot != slots.last { slots.append(exchanges[end].slot) }
        end += 1
      }
      if slots.count > 1 { groups.append(slots) }
      start = end
    }
    // Groups of the same size by their slots: hashes must not decide.
    groups.sort { x, y in
      x.count != y.count ? x.count > y.count : x.lexicographicallyPrecedes(y)
    }
    var used: Set<Int> = []
    var names = 0
    for group in groups {
      let left = group.filter { !used.contains($0) }
      if left.count < 2 { continue }
      used.formUnion(left)
      names += 1
    }
    return (used.count, names)
  }
}
