/// Numbers of 64-bit keys, in the order in which they were first met.
struct KeyTable: Sendable {
  private var slots: [Int32]
  private var mask: Int
  /// The keys by their numbers.
  private(set) var keys: [UInt64] = []

  /// An empty table.
  init() {
    slots = [Int32](repeating: -1, count: 64)
    mask = 63
  }

  /// Number of keys.
  var count: Int { keys.count }

  private func place(of key: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    while slots[place] >= 0, keys[Int(slots[place])] != key { place = (place + 1) & mask }
    return place
  }

  /// A key's number; -1 for one that is not there.
  func number(of key: UInt64) -> Int { Int(slots[place(of: key)]) }

  /// Whether a key is there.
  func contains(_ key: UInt64) -> Bool { number(of: key) >= 0 }

  /// A key's number; a new key gets the next.
  mutating func insert(_ key: UInt64) -> Int {
    let place = place(of: key)
    if slots[place] >= 0 { return Int(slots[place]) }
    slots[place] = Int32(keys.count)
    keys.append(key)
    if keys.count * 2 > slots.count { grow() }
    return keys.count - 1
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    mask = slots.count - 1
    for (number, key) in keys.enumerated() { slots[place(of: key)] = Int32(number) }
  }
}
