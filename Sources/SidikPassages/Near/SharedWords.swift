internal import SidikCore

/// Counts the words that two places have in common, where most of them stand in the same order.
///
/// Memory is used again; one object serves one thread.
@safe
final class SharedWords {
  /// Words of either place that are passed over at once.
  private static let band = 4

  /// What is not in step: of the first place from the front on, of the second from the back.
  private let rest = Scratch<UInt64>()
  private let counts = Scratch<UInt32>()
  private let table = BucketTable()

  /// Words that both places have, each as often as both have it.
  ///
  /// Any two equal words may be taken away from both sides, and count one: so those in step are, and only
  /// the rest is looked up.
  ///
  /// - Complexity: O(n) expected in words.
  func count(_ words: UnsafeBufferPointer<UInt64>, _ a: Range<Int>, _ b: Range<Int>) -> Int {
    let size = a.count + b.count
    let rest = unsafe rest.reserve(size)
    var (x, y, front, back, shared) = (a.lowerBound, b.lowerBound, 0, size, 0)
    @inline(__always)
    func isEqual(_ i: Int, _ j: Int) -> Bool {
      unsafe x + i < a.upperBound && y + j < b.upperBound && words[x + i] == words[y + j]
    }
    while x < a.upperBound || y < b.upperBound {
      if isEqual(0, 0) {
        (x, y, shared) = (x + 1, y + 1, shared + 1)
        continue
      }
      var (i, j) = (min(1, a.upperBound - x), min(1, b.upperBound - y))
      for skipped in 1...Self.band {
        if isEqual(skipped, skipped) {
          (i, j) = (skipped, skipped)
        } else if isEqual(skipped, 0) {
          (i, j) = (skipped, 0)
        } else if isEqual(0, skipped) {
          (i, j) = (0, skipped)
        } else {
          continue
        }
        break
      }
      for place in x..<x + i {
        unsafe rest[front] = words[place]
        front += 1
      }
      for place in y..<y + j {
        back -= 1
        unsafe rest[back] = words[place]
      }
      (x, y) = (x + i, y + j)
    }
    return shared + common(front, back, size)
  }

  /// Elements that both ends of the rest have, each as often as both have it.
  private func common(_ front: Int, _ back: Int, _ size: Int) -> Int {
    if front == 0 || back == size { return 0 }
    let keys = unsafe UnsafeBufferPointer(rest.memory)
    let counts = unsafe counts.reserve(size)
    table.reset(front + size - back)
    for entry in 0..<front {
      unsafe counts[entry] = 0
      unsafe counts[table.first(keys, entry) ?? entry] += 1
    }
    var common = 0
    for entry in back..<size {
      unsafe counts[entry] = 0
      let first = unsafe table.first(keys, entry) ?? entry
      let left: UInt32 = unsafe counts[first] > 0 ? 1 : 0
      unsafe counts[first] -= left
      common += Int(left)
    }
    return common
  }
}
