/// Moves the ends of a passage on while the wording goes on, over words that were changed, left out or added.
///
/// A greedy alignment within a band: at words that differ, the nearest two equal words in a row within a few
/// words of either text are looked for, and the search ends where there are none. As in the extension of
/// BLAST (Altschul et al. 1990), the end that stays is the one of the best score: equal words less those
/// passed over.
@safe
struct PassageEnds {
  /// Words of either text that may be passed over at once.
  static let band = 4

  let words: UnsafeBufferPointer<UInt64>

  init(words: UnsafeBufferPointer<UInt64>) { unsafe self.words = words }

  /// How far the wording of two texts goes on.
  ///
  /// - Parameters:
  ///   - first: where it goes on in one text.
  ///   - limit: where that text ends, in the direction of `step`.
  ///   - second: where it goes on in the other.
  ///   - otherLimit: where that ends.
  ///   - step: 1 forwards, -1 backwards.
  /// - Returns: how many words of either text to take in, and how many of those are equal.
  /// - Complexity: O(k) in words taken in.
  func reach(
    _ first: Int,
    _ limit: Int,
    _ second: Int,
    _ otherLimit: Int,
    step: Int
  ) -> (first: Int, second: Int, equal: Int) {
    let (most, otherMost) = ((limit - first) * step, (otherLimit - second) * step)
    var (x, y, equal, score) = (0, 0, 0, 0)
    var best = (first: 0, second: 0, equal: 0, score: 0)
    func isEqual(_ i: Int, _ j: Int) -> Bool {
      unsafe i < most && j < otherMost && words[first + i * step] == words[second + j * step]
    }
    scan: while x < most, y < otherMost {
      if isEqual(x, y) {
        (x, y, equal, score) = (x + 1, y + 1, equal + 1, score + 1)
        if score > best.score { best = (x, y, equal, score) }
        continue
      }
      for skipped in 1...2 * Self.band {
        for i in max(0, skipped - Self.band)...min(skipped, Self.band) {
          let j = skipped - i
          if isEqual(x + i, y + j), isEqual(x + i + 1, y + j + 1) {
            (x, y, score) = (x + i, y + j, score - max(i, j))
            continue scan
          }
        }
      }
      break
    }
    return (best.first, best.second, best.equal)
  }
}
