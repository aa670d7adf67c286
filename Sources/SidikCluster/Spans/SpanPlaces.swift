internal import SidikCore
internal import SidikPassages

/// Finds where the words of documents stand in the original texts.
final class SpanPlaces {
  /// Bytes from one count of characters to the next.
  private static let stride = 256

  private let words: SourceWords
  private let extractor: FeatureExtractor
  private var normaliser: Normaliser
  /// Whether the text was normalised with offsets, as one of its words asked for it.
  private var isTracked = false
  private var normalised = NormalisedText()
  private var ranges: [Range<Int>] = []
  /// Characters before every ``stride``-th byte of the original text; empty where all are ASCII.
  private var counts: [Int] = []

  init(_ configuration: PipelineConfiguration) {
    words = SourceWords(configuration.profile.normaliser)
    extractor = FeatureExtractor(unit: .words(1), keys: configuration.keys)
    normaliser = Normaliser(configuration.profile.normaliser)
  }

  /// Takes the text of a document and the hashes of its words.
  func take(_ text: UnsafeBufferPointer<UInt8>, words hashes: UnsafeBufferPointer<UInt64>) {
    unsafe words.align(extractor.words(words.split(text)), with: hashes)
    isTracked = false
    counts.removeAll(keepingCapacity: true)
    if unsafe Characters.count(text) == text.count { return }
    var characters = 0
    for start in Swift.stride(from: 0, to: text.count, by: Self.stride) {
      counts.append(characters)
      let end = min(text.count, start + Self.stride)
      characters += unsafe Characters.count(UnsafeBufferPointer(rebasing: text[start..<end]))
    }
    counts.append(characters)
  }

  /// The place of a range of words of the document that was taken.
  func place(
    _ document: Int,
    _ words: Range<Int>,
    _ text: UnsafeBufferPointer<UInt8>
  )
    -> PassageSpan.Place
  {
    let first = unsafe range(of: words.lowerBound, text)
    let last = unsafe range(of: words.upperBound - 1, text)
    // Folds that move a mark or double a word may turn two words round.
    let bytes =
      min(first.lowerBound, last.lowerBound)..<max(first.upperBound, last.upperBound)
    let start = unsafe characters(before: bytes.lowerBound, text)
    let end = unsafe characters(before: bytes.upperBound, text)
    return PassageSpan.Place(
      document: document,
      characters: start..<end,
      bytes: bytes,
      words: words
    )
  }

  /// Where a word stands, in bytes.
  private func range(of word: Int, _ text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    if let range = words.range(of: word) { return range }
    if !isTracked {
      isTracked = true
      unsafe normaliser.normalise(text, trackOffsets: true, into: &normalised)
      unsafe normalised.bytes.withUnsafeBufferPointer { unsafe WordRanges.find($0, into: &ranges) }
    }
    return normalised.sourceRange(of: ranges[word]) ?? 0..<0
  }

  private func characters(before place: Int, _ text: UnsafeBufferPointer<UInt8>) -> Int {
    if counts.isEmpty { return place }
    let mark = place / Self.stride
    let rest = unsafe UnsafeBufferPointer(rebasing: text[mark * Self.stride..<place])
    return unsafe counts[mark] + Characters.count(rest)
  }
}
