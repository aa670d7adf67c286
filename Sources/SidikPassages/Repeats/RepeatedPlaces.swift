/// Places at which runs of some words begin that stand twice.
public struct RepeatedPlaces: Sendable {
  /// Words of a run.
  public let width: Int
  /// A bit a place.
  private var bits: [UInt64]

  /// Asks for every place.
  init(width: Int, count: Int, _ isRepeated: (Int) -> Bool) {
    self.width = width
    bits = [UInt64](repeating: 0, count: (count + 63) / 64)
    for block in bits.indices {
      var bit: UInt64 = 1
      for place in 64 * block..<min(count, 64 * block + 64) {
        if isRepeated(place) { bits[block] |= bit }
        bit <<= 1
      }
    }
  }

  /// Calls `body` with every stretch of such places in a row within a range, as long as asked at least.
  ///
  /// - Complexity: O(n / 64) in places, and O(s) in stretches.
  @inline(__always)
  func forEachStretch(_ range: Range<Int>, least: Int, _ body: (Range<Int>) -> Void) {
    var start = next(range.lowerBound, range.upperBound, of: true)
    while start < range.upperBound {
      let end = next(start, range.upperBound, of: false)
      if end - start >= least { body(start..<end) }
      start = next(end, range.upperBound, of: true)
    }
  }

  /// The first place from one on that is, or is not, such a place; the end where there is none.
  private func next(_ place: Int, _ end: Int, of kind: Bool) -> Int {
    var place = place
    while place < end {
      let block = kind ? bits[place >> 6] : ~bits[place >> 6]
      let rest = block >> UInt64(place & 63)
      if rest != 0 { return min(end, place + rest.trailingZeroBitCount) }
      place = (place | 63) + 1
    }
    return end
  }
}
