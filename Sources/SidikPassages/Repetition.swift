public import SidikCore

/// How much of one document repeats the document itself, and which words.
///
/// Careless scrapers store an article twice on one page. A word is repeated when it stands in
/// a run of ``leastWords`` or more words that stood earlier in the same document, line breaks and
/// punctuation aside. Runs are found by shingles of ``seedWords`` words.
public struct Repetition: Sendable, Hashable {
  /// Words of a seed.
  public static let seedWords = 8
  /// The shortest run that counts as a repetition.
  public static let leastWords = 20

  /// Words of the document.
  public var words: Int
  /// The later occurrences, as word ranges in ascending order, not overlapping.
  public var repeated: [Range<Int>]

  /// Repeated words by all words: near 0.5 for a page that holds its article twice.
  public var share: Double {
    words == 0 ? 0 : Double(repeated.reduce(0) { $0 + $1.count }) / Double(words)
  }
}

/// Finds repetitions, with scratch memory that is used again.
@safe
public final class RepetitionFinder {
  private let table = Scratch<UInt32>()
  private let extractor: FeatureExtractor

  /// Makes a finder for one worker.
  public init(keys: HashKeys) {
    extractor = FeatureExtractor(unit: .words(1), keys: keys)
  }

  /// Measures one document.
  ///
  /// - Parameter text: normalised, well-formed UTF-8.
  /// - Returns: its words and which of them repeat earlier ones.
  /// - Complexity: O(n) expected.
  public func find(_ text: UnsafeBufferPointer<UInt8>) -> Repetition {
    let words = unsafe extractor.words(text)
    var result = Repetition(words: words.count, repeated: [])
    let width = Repetition.seedWords
    guard words.count >= width + Repetition.leastWords else { return result }
    let capacity = tableCapacity(words.count)
    let slots = unsafe UnsafeMutableBufferPointer(rebasing: table.reserve(capacity)[..<capacity])
    unsafe slots.update(repeating: UInt32.max)
    var run: Range<Int>?
    for start in 0...(words.count - width) {
      if unsafe seenBefore(start, words, slots) {
        let end = start + width
        if let open = run, open.upperBound >= start {
          run = open.lowerBound..<end
        } else {
          result.close(run)
          run = start..<end
        }
      }
    }
    result.close(run)
    return result
  }

  private func tableCapacity(_ count: Int) -> Int {
    1 << (Int.bitWidth - (2 * count).leadingZeroBitCount)
  }

  /// Looks a seed up and enters it where it is new.
  private func seenBefore(
    _ start: Int,
    _ words: UnsafeBufferPointer<UInt64>,
    _ slots: UnsafeMutableBufferPointer<UInt32>
  ) -> Bool {
    let width = Repetition.seedWords
    var hash: UInt64 = 0
    for offset in 0..<width {
      hash = unsafe (hash ^ words[start + offset]) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while unsafe slots[slot] != UInt32.max {
      let earlier = unsafe Int(slots[slot])
      var same = 0
      while unsafe same < width && words[earlier + same] == words[start + same] { same += 1 }
      if same == width { return true }
      slot = (slot + 1) & mask
    }
    unsafe slots[slot] = UInt32(start)
    return false
  }
}

extension Repetition {
  /// Keeps a run that is long enough.
  fileprivate mutating func close(_ run: Range<Int>?) {
    if let run, run.count >= Self.leastWords { repeated.append(run) }
  }
}
