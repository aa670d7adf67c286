public import SidikCore

/// How much of one document repeats the document itself, and which words.
///
/// Careless scrapers store an article twice on one page. A word is repeated when it lies in
/// ``leastWords`` words in a row that stood earlier in the same document, line breaks and
/// punctuation aside.
public struct Repetition: Sendable, Hashable {
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
  private let screen = RepetitionScreen()
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
    unsafe find(words: extractor.words(text))
  }

  /// Measures one document.
  ///
  /// - Parameter words: the hashes of its words, in order.
  /// - Returns: its words and which of them repeat earlier ones.
  /// - Complexity: O(n) expected.
  public func find(words: UnsafeBufferPointer<UInt64>) -> Repetition {
    var result = Repetition(words: words.count, repeated: [])
    let width = Repetition.leastWords
    guard words.count > width, unsafe screen.mayRepeat(words) else { return result }
    let slotBits = Int.bitWidth - (2 * words.count).leadingZeroBitCount
    let capacity = 1 << slotBits
    let slots = unsafe UnsafeMutableBufferPointer(rebasing: table.reserve(capacity)[..<capacity])
    unsafe slots.update(repeating: UInt32.max)
    var window = WindowHash(width: width)
    for place in 0..<width - 1 { unsafe window.append(words[place]) }
    for start in 0...(words.count - width) {
      if start > 0 { unsafe window.drop(words[start - 1]) }
      unsafe window.append(words[start + width - 1])
      if unsafe stoodEarlier(start, SlotHash.place(window.value, slotBits), words, slots) {
        result.add(start..<start + width)
      }
    }
    return result
  }

  /// Looks the words of a window up and enters them where they are new.
  private func stoodEarlier(
    _ start: Int,
    _ firstSlot: Int,
    _ words: UnsafeBufferPointer<UInt64>,
    _ slots: UnsafeMutableBufferPointer<UInt32>
  ) -> Bool {
    let width = Repetition.leastWords
    var slot = firstSlot
    while unsafe slots[slot] != UInt32.max {
      let earlier = unsafe Int(slots[slot])
      var same = 0
      while unsafe same < width && words[earlier + same] == words[start + same] { same += 1 }
      if same == width { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    unsafe slots[slot] = UInt32(start)
    return false
  }
}

extension Repetition {
  /// Adds a window that begins after all others.
  fileprivate mutating func add(_ window: Range<Int>) {
    if let last = repeated.last, last.upperBound >= window.lowerBound {
      repeated[repeated.count - 1] = last.lowerBound..<window.upperBound
    } else {
      repeated.append(window)
    }
  }
}
