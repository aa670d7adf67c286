internal import SidikFormats

extension JSONWriter {
  /// Writes the differences of two texts: an array of stretches.
  ///
  /// - Parameters:
  ///   - first: the first text.
  ///   - second: the second, from the same reader.
  mutating func differences(_ first: WordSequence, _ second: WordSequence) {
    let difference = WordDifference(first.words, second.words)
    let moved = difference.moved(first.words, second.words)
    var (places, others) = (ScalarPlaces(first), ScalarPlaces(second))
    array(difference.runs) { json, run in
      json.object { json in
        json.member("kind", run.kind.rawValue)
        if !run.a.isEmpty { json.range("a", places.range(run.a)) }
        if !run.b.isEmpty { json.range("b", others.range(run.b)) }
        let counts = [run.a.count { moved.a[$0] }, run.b.count { moved.b[$0] }]
        if counts != [0, 0] { json.integers("moved_words", counts) }
      }
    }
  }

  private mutating func range(_ name: String, _ range: Range<Int>) {
    integers(name, [range.lowerBound, range.upperBound])
  }
}

/// Places in a text as indexes of Unicode scalars, which other languages slice by.
private struct ScalarPlaces {
  private let sequence: WordSequence
  private var byte = 0
  private var scalar = 0

  init(_ sequence: WordSequence) { self.sequence = sequence }

  /// Where words stand; asked for in rising order.
  mutating func range(_ words: Range<Int>) -> Range<Int> {
    let start = place(sequence.ranges[words.lowerBound].lowerBound)
    return start..<place(sequence.ranges[words.upperBound - 1].upperBound)
  }

  /// The scalars that begin before a byte; a byte that is not UTF-8 counts as one.
  private mutating func place(_ target: Int) -> Int {
    while byte < target {
      if sequence.text[byte] & 0xC0 != 0x80 { scalar += 1 }
      byte += 1
    }
    return scalar
  }
}
