extension WordDifference {
  /// Words in a row from which a passage that stands elsewhere counts as moved.
  public static let movedWords = 4

  /// Which words of a change stand in the other text too, but in another place.
  ///
  /// - Parameters:
  ///   - a: the first text's words.
  ///   - b: the second text's words.
  /// - Returns: for each word of each text whether it belongs to a moved passage.
  /// - Complexity: O(n) in the words of changes.
  public func moved(_ a: [Int32], _ b: [Int32]) -> (a: [Bool], b: [Bool]) {
    var flags = (
      a: [Bool](repeating: false, count: a.count), b: [Bool](repeating: false, count: b.count)
    )
    var places: [[Int32]: [Int]] = [:]
    let changes = runs.filter { $0.kind != .same }
    func starts(_ range: Range<Int>) -> Range<Int> {
      range.lowerBound..<max(range.lowerBound, range.upperBound - Self.movedWords + 1)
    }
    for start in changes.flatMap({ starts($0.a) }) {
      places[Array(a[start..<start + Self.movedWords]), default: []].append(start)
    }
    for start in changes.flatMap({ starts($0.b) }) {
      guard let found = places[Array(b[start..<start + Self.movedWords])] else { continue }
      for place in 0..<Self.movedWords {
        flags.b[start + place] = true
        for other in found { flags.a[other + place] = true }
      }
    }
    return flags
  }
}
