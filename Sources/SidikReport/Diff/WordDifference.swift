/// The differences of two texts, word for word.
///
/// Common ends are taken off; words that stand once in both and keep their order anchor the rest
/// (patience diff, B. Cohen), and what lies between is compared by the greedy algorithm of
/// E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), given up after
/// ``mostEdits`` edits: the stretch is then one change.
public struct WordDifference: Sendable, Hashable {
  /// What became of a stretch of words.
  public enum Kind: String, Sendable, Hashable {
    /// It stands in both.
    case same
    /// It stands in the first only.
    case removed
    /// It stands in the second only.
    case inserted
    /// Other words stand in its place.
    case replaced
  }

  /// A stretch of words.
  public struct Run: Sendable, Hashable {
    /// What became of it.
    public var kind: Kind
    /// Its words in the first text; empty where it was inserted.
    public var a: Range<Int>
    /// Its words in the second text; empty where it was removed.
    public var b: Range<Int>
  }

  /// Edits in one stretch between anchors before it counts as one change.
  public static let mostEdits = 1200

  /// Stretches that cover both texts in order.
  public private(set) var runs: [Run] = []
  /// Whether a stretch was too unlike to be compared word for word.
  public private(set) var isCoarse = false

  private let a: [Int32]
  private let b: [Int32]

  /// Compares two sequences.
  ///
  /// - Parameters:
  ///   - a: the numbers of the first text's words.
  ///   - b: those of the second, numbered alike.
  /// - Complexity: O((n + m) log n), and O(``mostEdits``²) a stretch between anchors.
  public init(_ a: [Int32], _ b: [Int32]) {
    self.a = a
    self.b = b
    var matches: [Match] = []
    align(0..<a.count, 0..<b.count, &matches, depth: 0)
    close(matches)
  }

  /// Equal words: `length` of them from `a` and from `b` on.
  struct Match {
    var a: Int
    var b: Int
    var length: Int
  }

  private mutating func align(
    _ first: Range<Int>,
    _ second: Range<Int>,
    _ matches: inout [Match],
    depth: Int
  ) {
    var (x, y) = (first, second)
    let head = zip(a[x], b[y]).prefix { $0 == $1 }.count
    if head > 0 { matches.append(Match(a: x.lowerBound, b: y.lowerBound, length: head)) }
    x = x.lowerBound + head..<x.upperBound
    y = y.lowerBound + head..<y.upperBound
    let tail = zip(a[x].reversed(), b[y].reversed()).prefix { $0 == $1 }.count
    x = x.lowerBound..<x.upperBound - tail
    y = y.lowerBound..<y.upperBound - tail
    if !x.isEmpty, !y.isEmpty {
      let anchors = depth < 64 ? self.anchors(x, y) : []
      if anchors.isEmpty {
        shortest(x, y, &matches)
      } else {
        through(anchors, x, y, &matches, depth: depth)
      }
    }
    if tail > 0 { matches.append(Match(a: x.upperBound, b: y.upperBound, length: tail)) }
  }

  /// Aligns what lies before, between and behind anchors.
  private mutating func through(
    _ anchors: [(Int, Int)],
    _ first: Range<Int>,
    _ second: Range<Int>,
    _ matches: inout [Match],
    depth: Int
  ) {
    var (x, y) = (first.lowerBound, second.lowerBound)
    for (i, j) in anchors where i >= x && j >= y {
      align(x..<i, y..<j, &matches, depth: depth + 1)
      var length = 1
      while i + length < first.upperBound, j + length < second.upperBound,
        a[i + length] == b[j + length]
      {
        length += 1
      }
      matches.append(Match(a: i, b: j, length: length))
      (x, y) = (i + length, j + length)
    }
    align(x..<first.upperBound, y..<second.upperBound, &matches, depth: depth + 1)
  }

  /// Words that stand once in each part, in the longest order common to both.
  private func anchors(_ first: Range<Int>, _ second: Range<Int>) -> [(Int, Int)] {
    func single(_ words: [Int32], _ range: Range<Int>) -> [Int32: Int] {
      var places: [Int32: Int] = [:]
      for place in range { places[words[place]] = places[words[place]] == nil ? place : -1 }
      return places
    }
    let (inA, inB) = (single(a, first), single(b, second))
    let pairs = first.compactMap { i -> (Int, Int)? in
      guard inA[a[i]] == i, let j = inB[a[i]], j >= 0 else { return nil }
      return (i, j)
    }
    return Self.longestRising(pairs)
  }

  /// The longest part of pairs, ordered by their first place, whose second places rise too.
  private static func longestRising(_ pairs: [(Int, Int)]) -> [(Int, Int)] {
    var tops: [Int] = []
    var before = [Int](repeating: -1, count: pairs.count)
    for index in pairs.indices {
      var (low, high) = (0, tops.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[tops[middle]].1 < pairs[index].1 { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = tops[low - 1] }
      if low == tops.count { tops.append(index) } else { tops[low] = index }
    }
    var result: [(Int, Int)] = []
    var index = tops.last ?? -1
    while index >= 0 {
      result.append(pairs[index])
      index = before[index]
    }
    return result.reversed()
  }

  /// Matches into stretches that cover both texts.
  private mutating func close(_ matches: [Match]) {
    var (x, y) = (0, 0)
    func gap(_ i: Int, _ j: Int) -> Run? {
      if i > x, j > y { return Run(kind: .replaced, a: x..<i, b: y..<j) }
      if i > x { return Run(kind: .removed, a: x..<i, b: y..<y) }
      return j > y ? Run(kind: .inserted, a: x..<x, b: y..<j) : nil
    }
    for match in matches {
      if let change = gap(match.a, match.b) { runs.append(change) }
      let end = (match.a + match.length, match.b + match.length)
      if let last = runs.last, last.kind == .same, (x, y) == (match.a, match.b) {
        let joined = Run(
          kind: .same,
          a: last.a.lowerBound..<end.0,
          b: last.b.lowerBound..<end.1
        )
        runs[runs.count - 1] = joined
      } else {
        runs.append(Run(kind: .same, a: match.a..<end.0, b: match.b..<end.1))
      }
      (x, y) = end
    }
    if let change = gap(a.count, b.count) { runs.append(change) }
  }
}

// MARK: Myers

extension WordDifference {
  /// The shortest edit script of a stretch; nothing where it would be longer than ``mostEdits``.
  private mutating func shortest(
    _ first: Range<Int>,
    _ second: Range<Int>,
    _ matches: inout [Match]
  ) {
    let (n, m) = (first.count, second.count)
    let most = min(n + m, Self.mostEdits)
    // reach[middle + k]: how far into the first text paths on diagonal k came.
    let middle = most + 1
    var reach = [Int32](repeating: 0, count: 2 * most + 3)
    var trace: [ArraySlice<Int32>] = []
    for edits in 0...most {
      trace.append(reach[middle - edits - 1...middle + edits + 1])
      for k in stride(from: -edits, through: edits, by: 2) {
        let isDown =
          k == -edits || (k != edits && reach[middle + k - 1] < reach[middle + k + 1])
        var x = Int(isDown ? reach[middle + k + 1] : reach[middle + k - 1] + 1)
        while x < n, x - k < m, a[first.lowerBound + x] == b[second.lowerBound + x - k] { x += 1 }
        reach[middle + k] = Int32(x)
        if x >= n, x - k >= m {
          matches += Self.backtrack(trace, middle, n, m).map {
            Match(a: first.lowerBound + $0.a, b: second.lowerBound + $0.b, length: $0.length)
          }
          return
        }
      }
    }
    isCoarse = true
  }

  /// The matches on the path that was found, in order.
  private static func backtrack(
    _ trace: [ArraySlice<Int32>],
    _ middle: Int,
    _ n: Int,
    _ m: Int
  ) -> [Match] {
    var found: [Match] = []
    var (x, y) = (n, m)
    for edits in trace.indices.reversed() {
      let reach = trace[edits]
      let k = x - y
      let isDown = k == -edits || (k != edits && reach[middle + k - 1] < reach[middle + k + 1])
      let start =
        edits == 0 ? 0 : Int(isDown ? reach[middle + k + 1] : reach[middle + k - 1] + 1)
      if x > start { found.append(Match(a: start, b: start - k, length: x - start)) }
      if edits == 0 { break }
      (x, y) = isDown ? (start, start - k - 1) : (start - 1, start - k)
    }
    return found.reversed()
  }
}
