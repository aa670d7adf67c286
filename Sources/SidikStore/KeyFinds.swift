/// The documents that keys of one query were found in.
struct KeyFinds {
  let most: Int
  /// Documents of each key so far.
  private var counts: [Int]
  /// Documents with the keys they were found by.
  private var places: [UInt64] = []
  private var keys: [UInt32] = []

  /// None yet.
  ///
  /// - Parameters:
  ///   - keys: how many keys are looked for.
  ///   - most: documents wanted of a key.
  init(keys: Int, most: Int) {
    self.most = most
    counts = [Int](repeating: 0, count: keys)
  }

  /// Keys that were found in any document.
  var keysFound: Int { counts.count { $0 > 0 } }

  /// Takes a document of a key; false where no more of the key are wanted.
  @inline(__always)
  mutating func take(_ key: Int, _ place: UInt64) -> Bool {
    guard counts[key] < most else { return false }
    counts[key] += 1
    places.append(place)
    keys.append(UInt32(key))
    return true
  }

  /// Notes that a key has more documents than are wanted, though none is taken.
  mutating func exceed(_ key: Int) { counts[key] = most }

  /// Forgets the keys of more documents than that.
  mutating func drop(above cap: Int) {
    guard counts.contains(where: { $0 > cap }) else { return }
    let isDropped = counts.map { $0 > cap }
    for key in counts.indices where isDropped[key] { counts[key] = 0 }
    var kept = 0
    for index in places.indices where !isDropped[Int(keys[index])] {
      (places[kept], keys[kept]) = (places[index], keys[index])
      kept += 1
    }
    places.removeLast(places.count - kept)
    keys.removeLast(keys.count - kept)
  }

  /// The documents that were found by enough keys, each once, segment by segment.
  ///
  /// - Complexity: O(n) expected in what was found.
  func hits(least: Int) -> [KeyHit] {
    var bits = 4
    while 1 << bits < 2 * places.count { bits += 1 }
    let mask = (1 << bits) - 1
    return unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1 << bits) { slots in
      unsafe slots.initialize(repeating: -1)
      var found: [KeyHit] = []
      found.reserveCapacity(places.count)
      for place in places {
        let document = DocumentPlace(
          segment: Int(place >> 32),
          document: Int(place & 0xFFFF_FFFF)
        )
        var slot = Int((place &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits))
        while unsafe slots[slot] >= 0 && found[Int(slots[slot])].place != document {
          slot = (slot + 1) & mask
        }
        if unsafe slots[slot] >= 0 {
          unsafe found[Int(slots[slot])].shared += 1
        } else {
          unsafe slots[slot] = Int32(found.count)
          found.append(KeyHit(place: document, shared: 1))
        }
      }
      if least > 1 { found.removeAll { $0.shared < least } }
      return found
    }
  }
}
