public import SidikCore

/// The words of a text as they are compared, and where each stands in the original.
public struct WordSequence: Sendable {
  /// The original text, UTF-8.
  public let text: [UInt8]
  /// The number of each word; equal words of one ``WordReader`` have one number.
  public internal(set) var words: [Int32] = []
  /// Where each word stands in ``text``, in bytes.
  ///
  /// Ranges rise and do not overlap; those of words that a fold made out of another are empty.
  public internal(set) var ranges: [Range<Int>] = []
}

/// Takes texts apart into words, by the folds of a profile, so that what is called equal is
/// what a comparison finds equal.
public final class WordReader {
  private var normaliser: Normaliser
  private var normalised = NormalisedText()
  private var numbers: [[UInt8]: Int32] = [:]

  /// Makes a reader.
  ///
  /// - Parameter options: what is folded.
  public init(_ options: NormaliserOptions) { normaliser = Normaliser(options) }

  /// The words of a text.
  ///
  /// - Parameter text: UTF-8; broken bytes break words.
  /// - Returns: its words, numbered as in all texts of this reader.
  /// - Complexity: O(n) in the bytes of the text.
  public func words(of text: [UInt8]) -> WordSequence {
    var sequence = WordSequence(text: text)
    var found: [Range<Int>] = []
    unsafe text.withUnsafeBufferPointer {
      unsafe normaliser.normalise($0, trackOffsets: true, into: &normalised)
    }
    unsafe normalised.bytes.withUnsafeBufferPointer { unsafe WordRanges.find($0, into: &found) }
    var last = 0
    for range in found {
      let key = Array(normalised.bytes[range])
      let number = numbers[key] ?? Int32(numbers.count)
      numbers[key] = number
      let origin = normalised.sourceRange(of: range) ?? last..<last
      let start = max(last, origin.lowerBound)
      let clipped = start..<max(start, origin.upperBound)
      sequence.words.append(number)
      sequence.ranges.append(clipped)
      last = clipped.upperBound
    }
    return sequence
  }
}
