/// Lists of passages.
public enum PassageList {
  /// Drops passages that lie in another between the same documents, and puts the rest in order of the later place.
  ///
  /// - Complexity: O(n log n) in passages, and O(k) for k that overlap.
  public static func dropInner(_ passages: inout [Passage]) {
    // The widest of what begins at one place comes first.
    passages.sort { a, b in
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
    // Those that are kept stand before those that are looked at, in one array.
    var kept = 0
    // Where the passages stand that may hold the next.
    var open: [Int] = []
    for place in passages.indices {
      let passage = passages[place]
      open.removeAll { number in
        passages[number].later.document != passage.later.document
          || passages[number].earlier.document != passage.earlier.document
          || passages[number].later.words.upperBound <= passage.later.words.lowerBound
      }
      let isInner = open.contains { number in
        passages[number].later.words.contains(passage.later.words)
          && passages[number].earlier.words.contains(passage.earlier.words)
      }
      if isInner { continue }
      if open.count > 64 { open.removeFirst() }
      open.append(kept)
      passages[kept] = passage
      kept += 1
    }
    passages.removeLast(passages.count - kept)
    passages.sort { a, b in
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
