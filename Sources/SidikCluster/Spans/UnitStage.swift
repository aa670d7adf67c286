internal import SidikCore
internal import SidikPassages

/// Finds lines, paragraphs or sentences that stand more than once, by what they say after normalisation.
struct UnitStage {
  let configuration: SpanConfiguration

  /// One part of a text.
  private struct Unit: Hashable, Sendable {
    var digest: ExactDigest
    /// Only units of one document meet where they have the same; -1 for all.
    var document: Int
  }

  /// Reads all documents of a source.
  ///
  /// - Complexity: O(n) in bytes; memory for the digest of each distinct unit.
  func run(_ source: any DocumentSource) async throws -> SpanResult {
    let (run, unit, least) = (configuration.run, configuration.unit, configuration.leastWords)
    let intake = try SpanIntake(run)
    var known: [Unit: SpanCount] = [:]
    var spans: [PassageSpan] = []
    try await OrderedChunks.map(
      source,
      threads: max(1, run.threads),
      makeWorker: { UnitReader(run, unit, least: least) },
      work: { reader, chunk in try reader.read(chunk) },
      take: { chunk in
        let first = intake.documents.count
        try intake.take(chunk.documents)
        for found in chunk.units {
          var place = found.place
          place.document += first
          let key = Unit(
            digest: found.digest,
            document: configuration.scope == .within ? place.document : -1
          )
          guard let earlier = known[key]?.first else {
            known[key] = SpanCount(first: place)
            continue
          }
          if place.characters.count < configuration.leastCharacters { continue }
          known[key]?.add(place)
          if configuration.scope == .across, earlier.document == place.document { continue }
          spans.append(PassageSpan(a: earlier, b: place, score: 1, isExact: true))
        }
      }
    )
    return SpanResult(
      documents: intake.documents,
      spans: spans,
      counts: SpanCount.sorted(known.values.filter { $0.places > 1 }),
      problems: intake.problems,
      statistics: intake.statistics,
      texts: try intake.texts()
    )
  }
}

/// The units of one chunk.
struct UnitChunk: Sendable {
  /// One unit; its document counts from the first of the chunk.
  struct Found: Sendable {
    var digest: ExactDigest
    var place: PassageSpan.Place
  }

  var documents = SpanDocuments()
  var units: [Found] = []
}

/// One thread's tools for cutting texts.
final class UnitReader {
  private let reader: SpanReader
  private let keys: HashKeys
  private let unit: TextUnit
  private let least: Int

  init(_ configuration: PipelineConfiguration, _ unit: TextUnit, least: Int) {
    reader = SpanReader(configuration)
    keys = configuration.keys
    self.unit = unit
    self.least = least
  }

  func read(_ chunk: any DocumentChunk) throws -> UnitChunk {
    var output = UnitChunk()
    output.documents = try unsafe reader.read(chunk) { document, text in
      unsafe cut(document, text, into: &output.units)
    }
    return output
  }

  private func cut(
    _ document: Int,
    _ text: UnsafeBufferPointer<UInt8>,
    into units: inout [UnitChunk.Found]
  ) {
    var (at, characters) = (0, 0)
    func counted(before place: Int) -> Int {
      characters += unsafe Characters.count(UnsafeBufferPointer(rebasing: text[at..<place]))
      at = place
      return characters
    }
    for part in unsafe unit.parts(of: text) {
      let piece = unsafe UnsafeBufferPointer(rebasing: text[part])
      let (digest, words) = unsafe reader.normalise(piece) { text, words in
        unsafe (ExactDigest(text, keys: keys), words)
      }
      guard words >= least else { continue }
      let start = counted(before: part.lowerBound)
      let place = PassageSpan.Place(
        document: document,
        characters: start..<counted(before: part.upperBound),
        bytes: part,
        words: 0..<words
      )
      units.append(UnitChunk.Found(digest: digest, place: place))
    }
  }
}
