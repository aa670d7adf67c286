internal import CSidikKernels

/// Folds texts to the form in which they are compared.
///
/// One worker owns one normaliser and one ``NormalisedText`` and uses both again and again: in
/// the steady state no document costs an allocation.
///
/// ```
/// var normaliser = Normaliser(.auto)
/// let folded = normaliser.normalise("P3N1PUAN lewat WhatsApp!!!")   // "penipuan lewat whatsapp"
/// ```
///
/// The folding runs in three steps, each over the result of the one before: signs in the source
/// are masked (addresses, telephone numbers, forwarding marks), characters are folded, then
/// whole words. Bytes that are not UTF-8 are word breaks and counted.
public struct Normaliser: ~Copyable, Sendable {
  /// What is folded.
  public let options: NormaliserOptions

  let tables = UnicodeTables()
  /// What becomes of each ASCII byte; a space where it ends a word.
  var ascii = ScratchBuffer<UInt8>(capacity: 256)
  /// Whether `ascii` is the table that the vector path has built in.
  let isCommonASCII: Bool
  /// The text after the fold of characters.
  var output = FoldedOutput()
  /// The text after the fold of words, where that changed anything.
  var folded = FoldedOutput()
  /// A copy of the source with parts blanked out.
  var masked = ScratchBuffer<UInt8>()
  /// The word the slow path works on.
  var items = ScratchBuffer<WordItem>()
  /// Letters of one word, for the folds of words.
  var letters = ScratchBuffer<WordLetter>()
  /// The word about to be written, runs collapsed.
  var ready = ScratchBuffer<WordLetter>()
  /// Up to where `output` stands in `folded` already.
  var copied = 0
  var counts = FoldCounts()
  var repaired = 0
  /// Whether the document is mostly Latin; nil until a word asks.
  var latinDocument: Bool?

  /// Makes a normaliser.
  ///
  /// - Parameter options: what to fold.
  public init(_ options: NormaliserOptions) {
    self.options = options
    isCommonASCII = options.folds.isSuperset(of: [.compatibility, .punctuation])
    for byte in 0..<256 {
      ascii[byte] = Normaliser.foldASCII(UInt8(byte), options.folds)
    }
  }

  /// Folds a text; whether offsets are tracked never changes the bytes.
  ///
  /// - Parameters:
  ///   - text: UTF-8; anything else in it is a word break. With offsets, less than 4 GiB.
  ///   - trackOffsets: whether to fill ``NormalisedText/sourceOffsets`` and
  ///     ``NormalisedText/sourceEnds``.
  ///   - result: receives the folded text; its memory is used again.
  /// - Complexity: O(*n*) in the length of the text.
  public mutating func normalise(
    _ text: UnsafeBufferPointer<UInt8>,
    trackOffsets: Bool = false,
    into result: inout NormalisedText
  ) {
    counts.reset()
    repaired = 0
    latinDocument = nil
    output.reset(tracking: trackOffsets, expecting: text.count + 64)
    if let start = text.baseAddress, !text.isEmpty {
      if unsafe maskSource(start, text.count) {
        unsafe scan(UnsafePointer(masked.base), text.count)
      } else {
        unsafe scan(start, text.count)
      }
    }
    if output.count > 0, !output.endsInWord { output.count -= 1 }
    if foldWords() {
      deliver(folded, to: &result)
    } else {
      deliver(output, to: &result)
    }
  }

  /// Folds a string and tracks offsets: for tools and tests.
  ///
  /// - Parameter text: any string.
  /// - Returns: the folded text with the origin of each byte.
  public mutating func normalise(_ text: String) -> NormalisedText {
    var result = NormalisedText()
    var text = text
    text.withUTF8 { unsafe normalise($0, trackOffsets: true, into: &result) }
    return result
  }

  private func deliver(_ source: borrowing FoldedOutput, to result: inout NormalisedText) {
    let count = source.count
    result.bytes.removeAll(keepingCapacity: true)
    unsafe result.bytes.append(
      contentsOf: UnsafeBufferPointer(start: source.bytes.base, count: count)
    )
    result.sourceOffsets.removeAll(keepingCapacity: true)
    result.sourceEnds.removeAll(keepingCapacity: true)
    if source.tracking {
      unsafe result.sourceOffsets.append(
        contentsOf: UnsafeBufferPointer(start: source.starts.base, count: count)
      )
      unsafe result.sourceEnds.append(
        contentsOf: UnsafeBufferPointer(start: source.ends.base, count: count)
      )
    }
    var spaces = 0
    var scalars = 0
    unsafe Kernels.active.pointee.count_text(source.bytes.base, count, &spaces, &scalars)
    result.wordCount = count == 0 ? 0 : spaces + 1
    result.scalarCount = scalars
    result.applied.assign(counts)
    result.repairedBytes = repaired
  }

  static func foldASCII(_ byte: UInt8, _ folds: Folds) -> UInt8 {
    switch byte {
    case 0x41...0x5A: folds.contains(.compatibility) ? byte | 0x20 : byte
    case 0x30...0x39, 0x61...0x7A, 0x5F: byte
    case 0x21...0x7E: folds.contains(.punctuation) ? 0x20 : byte
    default: 0x20
    }
  }
}
