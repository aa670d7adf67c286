internal import SidikCore
internal import SidikPassages

/// One thread's tools for finding the passages of two texts after another, all in memory.
final class PairSearch {
  private let finder: SpanFinder
  private let extractor: FeatureExtractor
  private var normaliser: Normaliser
  private var normalised = NormalisedText()
  private let memory = KeyedMemory(mostBytes: 1 << 26)
  private var a: Side
  private var b: Side

  /// One of the texts.
  private struct Side {
    let places: SpanPlaces
    var text: [UInt8] = []
    var words: [UInt64] = []
    /// Whether ``places`` knows the text.
    var isPlaced = false

    init(_ configuration: PipelineConfiguration) { places = SpanPlaces(configuration) }

    /// Where words stand in the text.
    mutating func place(_ document: Int, _ range: Range<Int>) -> PassageSpan.Place {
      unsafe text.withUnsafeBufferPointer { text in
        if !isPlaced {
          isPlaced = true
          unsafe words.withUnsafeBufferPointer { unsafe places.take(text, words: $0) }
        }
        return unsafe places.place(document, range, text)
      }
    }
  }

  init(_ configuration: SpanConfiguration) {
    var configuration = configuration
    configuration.run.threads = 1
    finder = SpanFinder(configuration)
    extractor = FeatureExtractor(unit: .words(1), keys: configuration.run.keys)
    normaliser = Normaliser(configuration.run.profile.normaliser)
    (a, b) = (Side(configuration.run), Side(configuration.run))
  }

  /// Takes the first text, which stays until the next is taken.
  func take(first text: [UInt8]) {
    a.text = text
    a.isPlaced = false
    readWords(text, into: &a.words)
  }

  /// Takes the second text.
  func take(second text: [UInt8]) {
    b.text = text
    b.isPlaced = false
    readWords(text, into: &b.words)
  }

  private func readWords(_ text: [UInt8], into words: inout [UInt64]) {
    words.removeAll(keepingCapacity: true)
    unsafe text.withUnsafeBufferPointer {
      unsafe normaliser.normalise($0, trackOffsets: false, into: &normalised)
    }
    unsafe normalised.bytes.withUnsafeBufferPointer {
      unsafe extractor.appendWords(of: $0, to: &words)
    }
  }

  /// Whether both texts have the same words in the same order.
  var areEqual: Bool { a.words == b.words }

  /// The passages of the two texts that were taken.
  ///
  /// - Returns: those between them, by place of the second, then of the first.
  /// - Throws: `CancellationError`; ``SidikError`` where there are more words than can be told apart.
  func passages() async throws -> [PassageSpan] {
    guard a.words.count + b.words.count <= WordTexts.mostWords else {
      throw SidikError(.budget, "more than \(WordTexts.mostWords) words in two texts")
    }
    var texts = WordTexts()
    texts.append(a.words, lengths: [a.words.count])
    texts.append(b.words, lengths: [b.words.count])
    let least = finder.configuration.leastCharacters
    var spans: [PassageSpan] = []
    for passage in try await finder.passages(texts, memory)
    where passage.earlier.document != passage.later.document {
      let span = PassageSpan(
        a: a.place(0, passage.earlier.words),
        b: b.place(1, passage.later.words),
        score: passage.score,
        isExact: passage.isExact
      )
      if min(span.a.characters.count, span.b.characters.count) >= least { spans.append(span) }
    }
    return spans
  }
}
