internal import SidikCore

/// One thread's tools for taking texts apart into word shingles.
final class BoilerplateShingler {
  /// An edge of a text has at most so many bytes.
  static let edgeBytes = bytesPerWord * BoilerplateRule.edgeWords
  /// Words of an edge have at most so many bytes on average, or the edge has fewer words.
  private static let bytesPerWord = 32

  private let extractor: FeatureExtractor

  /// Makes a shingler.
  init(_ keys: HashKeys) {
    extractor = FeatureExtractor(unit: .words(BoilerplateRule.words), keys: keys)
  }

  /// The shingles of a text in order: one less than its words for each word of a shingle but one.
  ///
  /// - Returns: nothing for a text of fewer words than a shingle has; valid until the next call.
  func shingles(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt64> {
    let shingles = unsafe extractor.sequence(text)
    if shingles.count == 1 {
      // A feature stands for a text that is too short as well.
      let words = unsafe extractor.words(text).count
      if words < BoilerplateRule.words { return unsafe UnsafeBufferPointer(start: nil, count: 0) }
      return unsafe extractor.sequence(text)
    }
    return unsafe shingles
  }

  /// Gives the shingles of one place of a text to `body`, from the edge inwards, until it says
  /// no.
  ///
  /// - Parameters:
  ///   - text: normalised, well-formed UTF-8.
  ///   - place: all of it, or the words at one of its edges.
  ///   - mayBegin: asked about the outermost shingle at an edge, before the others are made.
  ///   - body: gets a shingle's place, at the end of a text counted from there.
  func forEach(
    _ text: UnsafeBufferPointer<UInt8>,
    _ place: BoilerplatePlace,
    mayBegin: (UInt64) -> Bool = { _ in true },
    _ body: (Int, UInt64) -> Bool
  ) {
    if place == .anywhere {
      let shingles = unsafe shingles(text)
      for index in shingles.indices {
        if unsafe !body(index, shingles[index]) { return }
      }
      return
    }
    let outer = unsafe edge(text, place, words: BoilerplateRule.words)
    guard !outer.isEmpty, unsafe mayBegin(outer[place == .start ? 0 : outer.count - 1]) else {
      return
    }
    let shingles = unsafe edge(text, place, words: BoilerplateRule.edgeWords)
    let most = min(shingles.count, BoilerplateRule.edgeWords - BoilerplateRule.words + 1)
    for index in 0..<most {
      let shingle = unsafe shingles[place == .start ? index : shingles.count - 1 - index]
      if !body(index, shingle) { return }
    }
  }

  /// The shingles of the first or last words of a text.
  private func edge(
    _ text: UnsafeBufferPointer<UInt8>,
    _ place: BoilerplatePlace,
    words: Int
  ) -> UnsafeBufferPointer<UInt64> {
    var (start, end) = (0, text.count)
    if place == .start {
      end = Self.edge(text.count, words) { unsafe text[$0] }
      while end < text.count, unsafe text[end] & 0xC0 == 0x80 { end += 1 }
    } else {
      start = text.count - Self.edge(text.count, words) { unsafe text[text.count - 1 - $0] }
      while start < text.count, unsafe text[start] & 0xC0 == 0x80 { start += 1 }
    }
    return unsafe shingles(UnsafeBufferPointer(rebasing: text[start..<end]))
  }

  /// Number of words of a text.
  func wordCount(_ text: UnsafeBufferPointer<UInt8>) -> Int { unsafe extractor.words(text).count }

  /// Bytes up to the space behind the last word of an edge, or to where an edge without spaces
  /// has words enough.
  @inline(__always)
  private static func edge(_ count: Int, _ words: Int, _ byte: (Int) -> UInt8) -> Int {
    var spaces = 0
    let limit = min(count, bytesPerWord * words)
    for length in 0..<limit where byte(length) == UInt8(ascii: " ") {
      spaces += 1
      if spaces == words { return length }
    }
    return limit
  }
}
