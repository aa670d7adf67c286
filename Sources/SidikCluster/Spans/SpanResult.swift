public import SidikCore
internal import SidikPassages

/// A passage that stands in two places, by where it stands in the original texts.
public struct PassageSpan: Sendable, Hashable {
  /// One of the places.
  public struct Place: Sendable, Hashable {
    private var number: Int32
    private var keptCharacters: ShortRange
    private var keptBytes: ShortRange
    private var keptWords: ShortRange

    /// Makes a place.
    init(document: Int, characters: Range<Int>, bytes: Range<Int>, words: Range<Int>) {
      number = Int32(document)
      keptCharacters = ShortRange(characters)
      keptBytes = ShortRange(bytes)
      keptWords = ShortRange(words)
    }

    /// The document, by its number in the input.
    public internal(set) var document: Int {
      get { Int(number) }
      set { number = Int32(newValue) }
    }
    /// Unicode scalars of the original text.
    public var characters: Range<Int> { keptCharacters.range }
    /// Bytes of the original text.
    public var bytes: Range<Int> { keptBytes.range }
    /// Words of the text as it is compared.
    public var words: Range<Int> { keptWords.range }
  }

  /// The place that comes first in the input.
  public var a: Place
  /// The other.
  public var b: Place
  /// How much of the wording both have, from 0 to 1.
  public var score: Double
  /// Whether both have the same words in the same order, as they are compared.
  public var isExact: Bool
}

/// A passage with its wording.
public struct PassageExtract: Sendable, Hashable {
  /// The passage.
  public var span: PassageSpan
  /// The bytes of the place that comes first, as they stand in the original text.
  public var a: [UInt8]
  /// Those of the other.
  public var b: [UInt8]
}

/// The answer of a search for passages.
public struct SpanResult: Sendable {
  /// Every document that was read.
  public var documents: DocumentTable
  /// The passages, by place of ``PassageSpan/b``, then of ``PassageSpan/a``.
  public var spans: [PassageSpan]
  /// Wording that stands in several places, where it was counted.
  public var counts: [SpanCount]
  /// What was wrong with records, in input order.
  public var problems: [RecordProblem]
  /// The numbers of the run, as far as it went.
  public var statistics: RunStatistics
  /// The original texts.
  let texts: SpoolMap

  /// The passages with the wording of both places, which is read as each is asked for.
  ///
  /// ```swift
  /// for passage in result.extracts where !passage.span.isExact { print(passage.a, passage.b) }
  /// ```
  public var extracts: LazyMapSequence<[PassageSpan], PassageExtract> {
    spans.lazy.map { PassageExtract(span: $0, a: text($0.a), b: text($0.b)) }
  }

  /// The wording of a place, as it stands in the original text.
  ///
  /// - Parameter place: a place of ``spans``.
  /// - Returns: its bytes; what is no UTF-8 among them is as it was.
  public func text(_ place: PassageSpan.Place) -> [UInt8] {
    let start = documents.rows[place.document].textOffset
    let bytes = place.bytes.lowerBound + start..<place.bytes.upperBound + start
    return unsafe Array(UnsafeRawBufferPointer(rebasing: texts.unsafeBytes[bytes]))
  }
}
