internal import SidikCore

/// The generator every edit draws from: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
///
/// The standard library's `random(in:)` and `shuffled()` may change their algorithm from one
/// release to the next, so this type has its own bounded draw, choice and shuffle: a seed
/// gives the same edits for ever.
struct EditRandom {
  private var generator: SplitMix64

  /// Starts the sequence at `seed`.
  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  /// The next 64 bits.
  mutating func next() -> UInt64 { generator.next() }

  /// A number in `0..<bound`; 0, and nothing drawn, for a bound below 2.
  mutating func below(_ bound: Int) -> Int { bound < 2 ? 0 : generator.below(bound) }

  /// A number in a closed range.
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// One element, or nil of none.
  mutating func pick<T>(_ items: [T]) -> T? {
    items.isEmpty ? nil : items[below(items.count)]
  }

  /// Puts the elements into a random order (Fisher and Yates, from the end).
  mutating func shuffle<T>(_ items: inout [T]) {
    guard items.count > 1 else { return }
    for i in stride(from: items.count - 1, to: 0, by: -1) { items.swapAt(i, below(i + 1)) }
  }

  /// `count` of the elements, drawn without replacement, in the order they stood in.
  mutating func sample<T>(_ count: Int, of items: [T]) -> [T] {
    var positions = Array(items.indices)
    shuffle(&positions)
    return positions.prefix(max(0, count)).sorted().map { items[$0] }
  }

  /// A mask over `length` places with `percent` of the `eligible` ones set, at least one.
  mutating func mask(_ length: Int, eligible: [Int], percent: Int) -> [Bool] {
    var mask = [Bool](repeating: false, count: length)
    guard percent > 0, !eligible.isEmpty else { return mask }
    let wanted = min(eligible.count, max(1, eligible.count * percent / 100))
    for place in sample(wanted, of: eligible) { mask[place] = true }
    return mask
  }
}

/// FNV-1a over the UTF-8 bytes, with which a text and an edit's name choose their own sequence.
func stableHash(_ text: String, seed: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
  var hash = seed
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  return hash
}
