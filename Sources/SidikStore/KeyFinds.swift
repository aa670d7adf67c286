/// The documents that keys of one query were found in.
struct KeyFinds {
  private let most: Int
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

  /// The documents that were found by enough keys, in the order of adding.
  ///
  /// - Complexity: O(n) expected in what was found, O(k log k) in what is given back.
  func hits(least: Int) -> [KeyHit] {
    var bits = 4
    while 1 << bits < 2 * places.count { bits += 1 }
    let mask = (1 << bits) - 1
    var slots = [UInt64](repeating: .max, count: 1 << bits)
    var shared = [Int32](repeating: 0, count: 1 << bits)
    for place in places {
      var slot = Int((place &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits))
      while slots[slot] != place, slots[slot] != .max { slot = (slot + 1) & mask }
      slots[slot] = place
      shared[slot] += 1
    }
    var found: [KeyHit] = []
    for slot in slots.indices where Int(shared[slot]) >= least && shared[slot] > 0 {
      let place = DocumentPlace(
        segment: Int(slots[slot] >> 32),
        document: Int(slots[slot] & 0xFFFF_FFFF)
      )
      found.append(KeyHit(place: place, shared: Int(shared[slot])))
    }
    return found.sorted { $0.place < $1.place }
  }
}
