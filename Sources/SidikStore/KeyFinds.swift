/// The documents that keys of one query were found in.
struct KeyFinds {
  let most: Int
  /// Documents of each key so far.
  private var counts: [Int]
  private var found: [Find] = []

  /// A document and the key it was found by.
  private struct Find {
    var place: UInt64
    var key: Int
  }

  /// None yet.
  ///
  /// - Parameters:
  ///   - keys: how many keys are looked for.
  ///   - most: documents wanted of a key.
  init(keys: Int, most: Int) {
    self.most = most
    counts = [Int](repeating: 0, count: keys)
    found.reserveCapacity(Self.expected * keys)
  }

  /// Documents of a key for which there is room from the start.
  private static let expected = 8

  /// Keys that were found in any document.
  var keysFound: Int { counts.count { $0 > 0 } }

  /// Takes a document of a key; false where no more of the key are wanted.
  @inline(__always)
  mutating func take(_ key: Int, _ place: UInt64) -> Bool {
    guard counts[key] < most else { return false }
    counts[key] += 1
    found.append(Find(place: place, key: key))
    return true
  }

  /// Notes that a key has more documents than are wanted, though none is taken.
  mutating func exceed(_ key: Int) { counts[key] = most }

  /// Forgets the keys of more documents than that.
  mutating func drop(above cap: Int) {
    guard counts.contains(where: { $0 > cap }) else { return }
    let isDropped = counts.map { $0 > cap }
    for key in counts.indices where isDropped[key] { counts[key] = 0 }
    found.removeAll { isDropped[$0.key] }
  }

  /// The documents that were found by enough keys, each once, segment by segment.
  ///
  /// - Complexity: O(n) expected in what was found.
  func hits(least: Int) -> [KeyHit] {
    var bits = 4
    while 1 << bits < 2 * found.count { bits += 1 }
    let mask = (1 << bits) - 1
    return unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1 << bits) { slots in
      unsafe slots.initialize(repeating: -1)
      var hits: [KeyHit] = []
      hits.reserveCapacity(found.count)
      for find in found {
        let document = DocumentPlace(
          segment: Int(find.place >> 32),
          document: Int(find.place & 0xFFFF_FFFF)
        )
        var slot = Int((find.place &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits))
        while unsafe slots[slot] >= 0 && hits[Int(slots[slot])].place != document {
          slot = (slot + 1) & mask
        }
        if unsafe slots[slot] >= 0 {
          unsafe hits[Int(slots[slot])].shared += 1
        } else {
          unsafe slots[slot] = Int32(hits.count)
          hits.append(KeyHit(place: document, shared: 1))
        }
      }
      if least > 1 { hits.removeAll { $0.shared < least } }
      return hits
    }
  }
}
