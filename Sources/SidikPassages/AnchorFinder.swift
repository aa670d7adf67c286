internal import SidikCore

/// Finds runs of words that stand once in either of two texts and keep their order.
@safe
final class AnchorFinder {
  /// A run of words, by its places in either text; below 0: ``none`` or ``many``.
  private struct Entry: BitwiseCopyable {
    var hash: UInt64
    var first: Int32
    var second: Int32
  }
  private static let none: Int32 = -1
  private static let many: Int32 = -2

  /// Words of a run.
  let width: Int
  /// Anchors found last.
  private(set) var count = 0

  private let table = Scratch<Entry>()
  /// The slot in the table of each run of the first text.
  private let slots = Scratch<Int32>()
  private let pairs = Scratch<SIMD2<Int32>>()
  private let tops = Scratch<Int32>()
  private let before = Scratch<Int32>()
  private let chain = Scratch<Int32>()

  /// Makes a finder.
  ///
  /// - Parameter width: words of a run, 1...3.
  init(width: Int) {
    precondition((1...3).contains(width), "no such run")
    self.width = width
  }

  /// One of the anchors found last, ascending in both texts.
  func anchor(_ number: Int) -> (first: Int, second: Int) {
    let pair = unsafe pairs.memory[Int(chain.memory[number])]
    return (Int(pair.x), Int(pair.y))
  }

  /// Finds the anchors of two pieces: the longest chain that ascends in both.
  ///
  /// - Complexity: O(n) expected, and O(k log k) for k runs that both have once.
  func find(
    _ a: UnsafeMutableBufferPointer<UInt64>,
    _ first: Range<Int>,
    _ b: UnsafeMutableBufferPointer<UInt64>,
    _ second: Range<Int>
  ) {
    count = 0
    let (own, others) = (first.count - width + 1, second.count - width + 1)
    guard own > 0, others > 0 else { return }
    let bits = Int.bitWidth - (2 * own).leadingZeroBitCount
    unsafe enter(a, first.lowerBound..<first.lowerBound + own, bits)
    unsafe lookUp(b, second.lowerBound..<second.lowerBound + others, bits)
    let memory = unsafe table.memory
    let found = unsafe pairs.reserve(own)
    var pairCount = 0
    for place in 0..<own {
      let entry = unsafe memory[Int(slots.memory[place])]
      guard entry.first >= 0, entry.second >= 0 else { continue }
      let (x, y) = (Int(entry.first), Int(entry.second))
      guard (0..<width).allSatisfy({ unsafe a[x + $0] == b[y + $0] }) else { continue }
      unsafe found[pairCount] = SIMD2(entry.first, entry.second)
      pairCount += 1
    }
    findChain(pairCount)
  }

  private func enter(
    _ words: UnsafeMutableBufferPointer<UInt64>,
    _ places: Range<Int>,
    _ bits: Int
  ) {
    let memory = unsafe table.reserve(1 << bits)
    let free = Entry(hash: 0, first: Self.none, second: Self.none)
    for slot in 0..<1 << bits { unsafe memory[slot] = free }
    let slotOf = unsafe slots.reserve(places.count)
    for place in places {
      let hash = unsafe window(words, place)
      let slot = unsafe slot(of: hash, memory, bits)
      unsafe slotOf[place - places.lowerBound] = Int32(slot)
      unsafe memory[slot].hash = hash
      unsafe memory[slot].first = memory[slot].first == Self.none ? Int32(place) : Self.many
    }
  }

  private func lookUp(
    _ words: UnsafeMutableBufferPointer<UInt64>,
    _ places: Range<Int>,
    _ bits: Int
  ) {
    let memory = unsafe table.memory
    for place in places {
      let slot = unsafe slot(of: window(words, place), memory, bits)
      if unsafe memory[slot].first == Self.none { continue }
      unsafe memory[slot].second = memory[slot].second == Self.none ? Int32(place) : Self.many
    }
  }

  /// A hash of the words of a run: turned by their place, then mixed where a slot is looked for.
  @inline(__always)
  private func window(_ words: UnsafeMutableBufferPointer<UInt64>, _ place: Int) -> UInt64 {
    var hash = unsafe words[place]
    if width > 1 {
      let next = unsafe words[place + 1]
      hash ^= next << 21 | next >> 43
    }
    if width > 2 {
      let last = unsafe words[place + 2]
      hash ^= last << 42 | last >> 22
    }
    return hash
  }

  /// The slot that holds a hash, or the free one where it belongs.
  @inline(__always)
  private func slot(
    of hash: UInt64,
    _ memory: UnsafeMutableBufferPointer<Entry>,
    _ bits: Int
  ) -> Int {
    var slot = SlotHash.place(hash, bits)
    while unsafe memory[slot].first != Self.none && memory[slot].hash != hash {
      slot = (slot + 1) & (1 << bits - 1)
    }
    return slot
  }

  /// The longest run of pairs that ascends in the second text too (patience sorting; Schensted
  /// 1961); of several that which ends lowest.
  private func findChain(_ pairCount: Int) {
    if pairCount == 0 { return }
    let (found, before) = unsafe (pairs.memory, before.reserve(pairCount))
    let (tops, chain) = unsafe (tops.reserve(pairCount), chain.reserve(pairCount))
    var length = 0
    for number in 0..<pairCount {
      let place = unsafe found[number].y
      var (low, high) = (0, length)
      if unsafe length > 0 && found[Int(tops[length - 1])].y < place { low = high }
      while low < high {
        let middle = (low + high) / 2
        if unsafe found[Int(tops[middle])].y < place { low = middle + 1 } else { high = middle }
      }
      unsafe before[number] = low > 0 ? tops[low - 1] : -1
      unsafe tops[low] = Int32(number)
      if low == length { length += 1 }
    }
    var number = unsafe tops[length - 1]
    for place in stride(from: length - 1, through: 0, by: -1) {
      unsafe chain[place] = number
      number = unsafe before[Int(number)]
    }
    count = length
  }
}
