internal import CSidikKernels

/// Turns normalised text into features, with scratch memory that is used again.
///
/// A text shorter than one gram gives one feature over all of it; only an empty text gives
/// none, and a document without features is equal to no other.
@safe
public final class FeatureExtractor {
  /// What a feature stands for.
  public let unit: FeatureUnit
  /// The hash constants.
  public let keys: HashKeys

  private var raw: sidik_hash_keys
  private let scalars = Scratch<UInt32>()
  private let values = Scratch<UInt64>()
  private let sorting = Scratch<UInt64>()

  /// Makes an extractor for one worker.
  public init(unit: FeatureUnit, keys: HashKeys) {
    self.unit = unit
    self.keys = keys
    raw = keys.raw
  }

  /// The features in order of position, repeats included.
  ///
  /// - Parameter text: normalised, well-formed UTF-8.
  /// - Returns: one 64-bit hash a position; valid until the next call.
  /// - Complexity: O(n) in the bytes of the text.
  public func sequence(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt64> {
    switch unit {
    case .characters(let length, let dense): unsafe grams(text, length, dense)
    case .words(let length): unsafe shingles(length, of: words(text))
    }
  }

  private func grams(
    _ text: UnsafeBufferPointer<UInt8>,
    _ length: Int,
    _ dense: Int
  ) -> UnsafeBufferPointer<UInt64> {
    guard let base = text.baseAddress, !text.isEmpty else {
      return unsafe UnsafeBufferPointer(start: nil, count: 0)
    }
    let kernels = unsafe Kernels.active
    let output = unsafe values.reserve(text.count)
    var count = unsafe kernels.pointee.ascii_features(
      base,
      text.count,
      UInt32(length),
      &raw,
      output.baseAddress
    )
    if count == 0 {
      let decoded = unsafe scalars.reserve(text.count)
      let scalarCount = unsafe kernels.pointee.decode_scalars(
        base,
        text.count,
        decoded.baseAddress
      )
      count = unsafe kernels.pointee.char_features(
        decoded.baseAddress,
        scalarCount,
        UInt32(length),
        UInt32(dense),
        &raw,
        output.baseAddress
      )
    }
    return unsafe UnsafeBufferPointer(rebasing: UnsafeBufferPointer(output)[..<count])
  }

  /// The hashes of single words in order (a character each in scripts without spaces).
  ///
  /// - Parameter text: normalised, well-formed UTF-8.
  /// - Returns: one hash a word; valid until the next call.
  public func words(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt64> {
    guard let base = text.baseAddress, !text.isEmpty else {
      return unsafe UnsafeBufferPointer(start: nil, count: 0)
    }
    let output = unsafe values.reserve(text.count)
    let count = unsafe Kernels.active.pointee.token_hashes(
      base,
      text.count,
      &raw,
      output.baseAddress
    )
    return unsafe UnsafeBufferPointer(rebasing: UnsafeBufferPointer(output)[..<count])
  }

  /// The words of a text and its features, for those who need both.
  ///
  /// - Parameters:
  ///   - text: normalised, well-formed UTF-8.
  ///   - takeWords: receives what ``words(_:)`` gives; they must not leave it.
  /// - Returns: what ``sequence(_:)`` gives; valid until the next call.
  public func sequence(
    _ text: UnsafeBufferPointer<UInt8>,
    takeWords: (UnsafeBufferPointer<UInt64>) -> Void
  ) -> UnsafeBufferPointer<UInt64> {
    let words = unsafe words(text)
    unsafe takeWords(words)
    guard case .words(let length) = unit else { return unsafe sequence(text) }
    return unsafe shingles(length, of: words)
  }

  /// Puts the shingles over words in the place of the words.
  private func shingles(
    _ length: Int,
    of words: UnsafeBufferPointer<UInt64>
  ) -> UnsafeBufferPointer<UInt64> {
    let output = unsafe UnsafeMutableBufferPointer(mutating: words)
    let count = unsafe Kernels.active.pointee.shingle_features(
      words.baseAddress,
      words.count,
      UInt32(length),
      &raw,
      output.baseAddress
    )
    return unsafe UnsafeBufferPointer(rebasing: words[..<count])
  }

  /// The set of features, ascending.
  ///
  /// - Parameter text: normalised, well-formed UTF-8.
  /// - Returns: distinct hashes in ascending order; valid until the next call.
  public func set(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt64> {
    let features = unsafe UnsafeMutableBufferPointer(mutating: sequence(text))
    let scratch = unsafe sorting.reserve(features.count)
    let count = unsafe Kernels.active.pointee.sort_unique(
      features.baseAddress,
      features.count,
      scratch.baseAddress
    )
    return unsafe UnsafeBufferPointer(rebasing: UnsafeBufferPointer(features)[..<count])
  }
}
