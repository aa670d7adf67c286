@_spi(Kernels) internal import SidikCore

/// Whether words are rare in a corpus: names, not words of the language.
///
/// A word is as rare as the rarest of its character grams, which were counted anyway.
final class WordRarity {
  private static let unit = FeatureUnit.characters(5)

  private let least: UInt32
  private let weights: GramWeights?
  private let extractor: FeatureExtractor
  private var bytes: [UInt8] = []
  /// Answers given before to words of at most 31 bytes, each in the place of its hash.
  private var known: [Answer]

  private struct Answer {
    /// The word, its length last; 0 where there is none.
    var word = SIMD4<UInt64>.zero
    var isRare = false
  }

  /// Prepares to ask.
  ///
  /// - Parameters:
  ///   - least: the natural logarithm of documents by documents with the word, at least.
  ///   - keys: the hash constants that the grams were counted with.
  ///   - weights: weights of character grams; nil takes all words for rare.
  init(_ least: Double, _ keys: HashKeys, _ weights: GramWeights?) {
    self.least = UInt32(least * 65_536)
    self.weights = weights
    known = weights == nil ? [] : [Answer](repeating: Answer(), count: 1 << 12)
    extractor = FeatureExtractor(unit: Self.unit, keys: keys)
  }

  /// Whether a word stands in few documents.
  func isRare(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let weights else { return true }
    let (key, place) = unsafe Self.key(word)
    if word.count < 32, known[place].word == key { return known[place].isRare }
    bytes.removeAll(keepingCapacity: true)
    bytes.append(0x20)
    unsafe bytes.append(contentsOf: word)
    bytes.append(0x20)
    let answer = unsafe bytes.withUnsafeBufferPointer { text in
      unsafe extractor.sequence(text).contains { weights[$0] >= least }
    }
    if word.count < 32 { known[place] = Answer(word: key, isRare: answer) }
    return answer
  }

  /// A short word as one value, and its place among the answers.
  private static func key(_ word: UnsafeBufferPointer<UInt8>) -> (SIMD4<UInt64>, Int) {
    var key = SIMD4<UInt64>.zero
    for place in 0..<min(31, word.count) {
      key[place / 8] |= UInt64(unsafe word[place]) << UInt64(8 * (place % 8))
    }
    key[3] |= UInt64(word.count & 0xFF) << 56
    let mixed = (key[0] ^ key[1] &* 3 ^ key[2] &* 5 ^ key[3] &* 7) &* 0x9E37_79B9_7F4A_7C15
    return (key, Int(mixed >> 52))
  }
}
