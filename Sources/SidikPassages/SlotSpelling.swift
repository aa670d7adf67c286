/// Whether two pieces of text are spellings of one thing.
struct SlotSpelling {
  /// Longer pieces are not measured: nobody misspells ten words alike.
  static let mostBytes = 64

  private var row: [Int] = []

  /// Whether one is the other misspelt (less than a third of the longer differs), shortened (`yang`,
  /// `yg`) or added to (`bri`, `bri festival`).
  ///
  /// - Complexity: O(``mostBytes`` squared).
  mutating func areOne(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    let (short, long) = unsafe a.count <= b.count ? (a, b) : (b, a)
    if unsafe Self.isSubsequence(short, of: long) { return true }
    guard long.count <= Self.mostBytes, 3 * (long.count - short.count) < long.count else {
      return false
    }
    return unsafe 3 * distance(short, long) < long.count
  }

  private static func isSubsequence(
    _ short: UnsafeBufferPointer<UInt8>,
    of long: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var found = 0
    var place = 0
    while found < short.count, place < long.count {
      if unsafe short[found] == long[place] { found += 1 }
      place += 1
    }
    return found == short.count
  }

  /// Letters to put in, leave out or exchange (Levenshtein 1966).
  private mutating func distance(
    _ a: UnsafeBufferPointer<UInt8>,
    _ b: UnsafeBufferPointer<UInt8>
  ) -> Int {
    row.removeAll(keepingCapacity: true)
    row.append(contentsOf: 0...b.count)
    for line in 0..<a.count {
      let x = unsafe a[line]
      var diagonal = row[0]
      row[0] = line + 1
      for column in 0..<b.count {
        let above = row[column + 1]
        let cost = unsafe x == b[column] ? 0 : 1
        row[column + 1] = min(diagonal + cost, above + 1, row[column] + 1)
        diagonal = above
      }
    }
    return row[b.count]
  }
}
