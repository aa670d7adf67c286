/// Compares the numbers of two texts as wholes, wherever they stand.
struct SlotNumbers {
  private var own: [UInt64] = []
  private var others: [UInt64] = []

  /// How many numbers two texts have in common, and how many of the text with fewer are left.
  ///
  /// A number that stands twice in one text and once in the other is one in common.
  ///
  /// - Complexity: O(n) in words and O(d log d) in numbers.
  mutating func compare(_ a: SlotWords, _ b: SlotWords) -> (changed: Int, kept: Int) {
    Self.list(a, &own)
    Self.list(b, &others)
    var (x, y, kept) = (0, 0, 0)
    while x < own.count, y < others.count {
      let (number, other) = (own[x], others[y])
      if number == other { kept += 1 }
      if number <= other { x += 1 }
      if other <= number { y += 1 }
    }
    return (min(own.count, others.count) - kept, kept)
  }

  private static func list(_ words: SlotWords, _ numbers: inout [UInt64]) {
    numbers.removeAll(keepingCapacity: true)
    let all = unsafe words.all
    for place in 0..<all.count where unsafe all[place].isNumber {
      unsafe numbers.append(all[place].hash)
    }
    numbers.sort()
  }
}
