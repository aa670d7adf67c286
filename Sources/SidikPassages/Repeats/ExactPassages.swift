internal import SidikCore

/// Turns equal runs of words into passages as long as they are.
///
/// Every run of ``RepeatedWindows/width`` words that stands in two places lies in a passage, with both of its
/// places: a place is passed over only where a passage that covers it was found, and of the places
/// of a run all but the earliest lead to an earlier one. So what passages cover is what a suffix array
/// finds, with a number of passages linear in the words.
public struct ExactPassages {
  private let texts: WordTexts
  private let windows: RepeatedWindows

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - texts: the documents.
  ///   - windows: all phases of which are done.
  public init(_ texts: WordTexts, _ windows: RepeatedWindows) {
    self.texts = texts
    self.windows = windows
  }

  /// The passages whose later place lies in a document.
  ///
  /// With ``PassageScope/across`` those of its places that have no earlier one are followed too,
  /// so the other place may lie later in the input.
  ///
  /// - Parameters:
  ///   - document: which document.
  ///   - found: receives place and other place of each first word, and their common length.
  /// - Complexity: O(n · w) in words of the document and of a run, O(n) in all but crafted texts.
  public func find(_ document: Int, _ found: (_ place: Int, _ other: Int, _ length: Int) -> Void) {
    let range = texts.range(of: document)
    let width = windows.width
    guard range.count >= width else { return }
    unsafe texts.words.withUnsafeBufferPointer { words in
      var place = range.lowerBound
      while place + width <= range.upperBound {
        guard let first = windows.other(of: place) else {
          place += 1
          continue
        }
        var (other, length) = unsafe (first, commonLength(words, place, first, range.upperBound))
        // A phrase stands in more places than the passage it belongs to: what the middle of
        // the next run leads to may go further.
        let ahead = width / 2
        if place + ahead + width <= range.upperBound,
          let next = windows.other(of: place + ahead), next >= ahead, next - ahead != first,
          next - ahead != place
        {
          let further = unsafe commonLength(words, place, next - ahead, range.upperBound)
          if further > length { (other, length) = (next - ahead, further) }
        }
        // Hashes of 64 bits that are equal by chance lead nowhere.
        guard length >= width else {
          place += 1
          continue
        }
        let before = unsafe commonBefore(words, place, other, range.lowerBound)
        found(place - before, other - before, before + length)
        place += length - width + 1
      }
    }
  }

  /// Equal words from two places on, up to the end of either document.
  private func commonLength(
    _ words: UnsafeBufferPointer<UInt64>,
    _ place: Int,
    _ other: Int,
    _ end: Int
  ) -> Int {
    let otherEnd = texts.starts[texts.document(at: other) + 1]
    let most = min(end - place, otherEnd - other)
    var length = 0
    while unsafe length < most && words[place + length] == words[other + length] { length += 1 }
    return length
  }

  /// Equal words before two places, a few at most: what is further back was found before.
  private func commonBefore(
    _ words: UnsafeBufferPointer<UInt64>,
    _ place: Int,
    _ other: Int,
    _ start: Int
  ) -> Int {
    let otherStart = texts.starts[texts.document(at: other)]
    let most = min(windows.width, place - start, other - otherStart)
    var length = 0
    while unsafe length < most && words[place - length - 1] == words[other - length - 1] {
      length += 1
    }
    return length
  }
}
