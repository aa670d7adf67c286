internal import SidikCore

/// One thread's tools for cutting boilerplate out of texts.
final class BoilerplateCutter {
  /// What is left of a text.
  struct Cut {
    /// The words that are left, UTF-8.
    var text: [UInt8] = []
    /// Their characters.
    var scalars = 0
    /// Runs of words that were cut, by words.
    var runs: [Range<Int>] = []
  }

  private let keys: BoilerplateKeys
  private let shingler: BoilerplateShingler
  private var words: [Range<Int>] = []
  private var marks: [Bool] = []

  init(_ keys: BoilerplateKeys, _ hashKeys: HashKeys) {
    self.keys = keys
    shingler = BoilerplateShingler(hashKeys)
  }

  /// The salts under which the texts of some sources are read.
  struct Salts {
    let anywhere: [UInt64]
    let start: [UInt64]
    let end: [UInt64]

    init(_ keys: BoilerplateKeys, _ sources: [String]) {
      anywhere = keys.salts(sources, .anywhere)
      start = keys.salts(sources, .start)
      end = keys.salts(sources, .end)
    }
  }

  /// The runs of words that passages cover; ``bytes(of:)`` knows their places then.
  ///
  /// - Complexity: O(n) in the bytes of the text.
  func runs(_ text: UnsafeBufferPointer<UInt8>, _ salts: Salts) -> [Range<Int>] {
    var places: [Int] = []
    if !salts.anywhere.isEmpty {
      let shingles = unsafe shingler.shingles(text)
      for place in shingles.indices where unsafe keys.contains(shingles[place], salts.anywhere) {
        places.append(place)
      }
    }
    let head = unsafe edge(text, .start, salts.start)
    let tail = unsafe edge(text, .end, salts.end)
    if places.isEmpty, head + tail == 0 { return [] }
    unsafe WordRanges.find(text, into: &words)
    marks = [Bool](repeating: false, count: words.count)
    for place in places {
      for word in place..<min(words.count, place + BoilerplateRule.words) { marks[word] = true }
    }
    for word in 0..<min(head, words.count) { marks[word] = true }
    for word in max(0, words.count - tail)..<words.count { marks[word] = true }
    return markedRuns()
  }

  /// The bytes of a run of words of the text at hand.
  func bytes(of run: Range<Int>) -> Range<Int> {
    words[run.lowerBound].lowerBound..<words[run.upperBound - 1].upperBound
  }

  /// How many words are covered from an edge inwards.
  private func edge(
    _ text: UnsafeBufferPointer<UInt8>,
    _ place: BoilerplatePlace,
    _ salts: [UInt64]
  ) -> Int {
    var run = EdgeRun()
    if salts.isEmpty { return 0 }
    unsafe shingler.forEach(text, place, mayBegin: { keys.contains($0, salts) }) { place, shingle in
      place <= run.words && (!keys.contains(shingle, salts) || run.take(place))
    }
    return run.words
  }

  private func markedRuns() -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    while start < marks.count {
      var end = start
      while end < marks.count, marks[end] { end += 1 }
      if end > start { runs.append(start..<end) }
      start = end + 1
    }
    return runs
  }

  /// The text without its boilerplate.
  ///
  /// - Returns: nil where there is none, or where too little would be left.
  func cut(_ text: UnsafeBufferPointer<UInt8>, _ salts: Salts) -> Cut? {
    var cut = Cut()
    cut.runs = unsafe runs(text, salts)
    if cut.runs.isEmpty { return nil }
    var next = 0
    for run in cut.runs + [words.count..<words.count] {
      if run.lowerBound > next {
        if !cut.text.isEmpty { cut.text.append(UInt8(ascii: " ")) }
        let bytes = bytes(of: next..<run.lowerBound)
        unsafe cut.text.append(contentsOf: UnsafeBufferPointer(rebasing: text[bytes]))
      }
      next = run.upperBound
    }
    cut.scalars = cut.text.count { $0 & 0xC0 != 0x80 }
    return cut.scalars < BoilerplateRule.leastLeft ? nil : cut
  }

  /// The passages of one scope in a text: words whose shingles, one after the other, are all
  /// boilerplate.
  ///
  /// - Returns: the words and the keys of their shingles; ``bytes(of:)`` knows their places then.
  func chains(
    _ text: UnsafeBufferPointer<UInt8>,
    _ place: BoilerplatePlace,
    _ salt: UInt64
  ) -> [(words: Range<Int>, keys: [UInt64])] {
    var found: [(place: Int, key: UInt64)] = []
    var run = EdgeRun()
    let salts = [salt]
    unsafe shingler.forEach(text, place, mayBegin: { keys.contains($0, salts) }) { index, shingle in
      if keys.contains(shingle, salts), place == .anywhere || run.take(index) {
        found.append((index, shingle ^ salt))
      }
      return place == .anywhere || index < run.words
    }
    if found.isEmpty { return [] }
    unsafe WordRanges.find(text, into: &words)
    if place == .end {
      // Places were counted from the end.
      let last = words.count - BoilerplateRule.words
      found = found.reversed().map { (last - $0.place, $0.key) }
    }
    var chains: [(words: Range<Int>, keys: [UInt64])] = []
    for (start, key) in found {
      let end = start + BoilerplateRule.words
      if let last = chains.last, last.words.upperBound == end - 1 {
        chains[chains.count - 1].words = last.words.lowerBound..<end
        chains[chains.count - 1].keys.append(key)
      } else {
        chains.append((start..<end, [key]))
      }
    }
    return chains
  }
}
