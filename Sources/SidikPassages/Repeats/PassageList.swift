/// Lists of passages.
public enum PassageList {
  /// The passages in order of the later place, without those that lie in another between the same documents.
  ///
  /// - Complexity: O(n log n) in passages, and O(k) for k that overlap.
  public static func withoutInner(_ passages: [Passage]) -> [Passage] {
    // The widest of what begins at one place comes first.
    let sorted = passages.sorted { a, b in
      if a.later.document != b.later.document { return a.later.document < b.later.document }
      if a.earlier.document != b.earlier.document {
        return a.earlier.document < b.earlier.document
      }
      let (x, y) = (a.later.words, b.later.words)
      if x.lowerBound != y.lowerBound { return x.lowerBound < y.lowerBound }
      if x.upperBound != y.upperBound { return x.upperBound > y.upperBound }
      let (u, v) = (a.earlier.words, b.earlier.words)
      if u.lowerBound != v.lowerBound { return u.lowerBound < v.lowerBound }
      return u.upperBound > v.upperBound
    }
    var kept: [Passage] = []
    kept.reserveCapacity(sorted.count)
    // Where the passages begin in `kept` that may hold the next.
    var open: [Int] = []
    for passage in sorted {
      open.removeAll { number in
        kept[number].later.document != passage.later.document
          || kept[number].earlier.document != passage.earlier.document
          || kept[number].later.words.upperBound <= passage.later.words.lowerBound
      }
      let isInner = open.contains { number in
        kept[number].later.words.contains(passage.later.words)
          && kept[number].earlier.words.contains(passage.earlier.words)
      }
      if isInner { continue }
      if open.count > 64 { open.removeFirst() }
      open.append(kept.count)
      kept.append(passage)
    }
    return kept.sorted { a, b in
      let (x, y) = (a.later, b.later)
      if x.document != y.document { return x.document < y.document }
      if x.words.lowerBound != y.words.lowerBound {
        return x.words.lowerBound < y.words.lowerBound
      }
      if x.words.upperBound != y.words.upperBound {
        return x.words.upperBound < y.words.upperBound
      }
      let (u, v) = (a.earlier, b.earlier)
      return (u.document, u.words.lowerBound, u.words.upperBound)
        < (v.document, v.words.lowerBound, v.words.upperBound)
    }
  }
}
