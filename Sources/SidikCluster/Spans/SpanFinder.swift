public import SidikCore
internal import SidikPassages

/// Finds the passages that stand more than once in documents.
///
/// Every run of ``SpanConfiguration/leastWords`` words or more that stands in two places lies in a span with both;
/// wording that was changed is found where equal runs or rare words near each other lead to it.
///
/// ```swift
/// var configuration = SpanConfiguration(PipelineConfiguration())
/// configuration.leastWords = 12
/// let result = try await SpanFinder(configuration).run(source)
/// for span in result.spans { print(span.a, span.b, span.score) }
/// ```
public struct SpanFinder: Sendable {
  let configuration: SpanConfiguration

  /// Prepares a search.
  public init(_ configuration: SpanConfiguration) { self.configuration = configuration }

  /// Reads a source to its end and finds its passages.
  ///
  /// - Parameter source: where documents come from; read on the calling task.
  /// - Returns: the passages, in order of their later places.
  /// - Throws: ``SidikError`` where the input cannot be read or there is no room.
  /// - Complexity: O(n) expected in words and O(s log s) in spans; a place is linked with its earliest
  ///   equal and a few more, so spans are linear in words.
  public func run(_ source: any DocumentSource) async throws -> SpanResult {
    if configuration.unit != .passage {
      return try await UnitStage(configuration: configuration).run(source)
    }
    let read = try await SpanStage(configuration: configuration.run).run(source)
    let progress = configuration.run.progress
    progress(PipelineProgress(stage: .candidates, done: 0, total: nil))
    let passages = try await passages(read.corpus.words, Self.memory(of: read.statistics))
    progress(PipelineProgress(stage: .verify, done: 0, total: nil))
    var spans = passages.map {
      PassageSpan(a: .none, b: .none, score: $0.score, isExact: $0.isExact)
    }
    let ends = passages.flatMap { [$0.earlier, $0.later] }
    try await place(ends, read.corpus) { number, place in
      if number & 1 == 0 {
        spans[number / 2].a = place
      } else {
        spans[number / 2].b = place
      }
    }
    let least = configuration.leastCharacters
    spans.removeAll { min($0.a.characters.count, $0.b.characters.count) < least }
    return SpanResult(
      documents: read.corpus.documents,
      spans: spans,
      counts: [],
      problems: read.problems,
      statistics: read.statistics,
      texts: read.corpus.texts
    )
  }

  /// Reads a source to its end and counts what stands in several places.
  ///
  /// - Parameters:
  ///   - source: where documents come from.
  ///   - least: places in which wording stands, at least.
  /// - Returns: ``SpanResult/counts``, those in most documents first; equal words only.
  /// - Throws: as ``run(_:)``.
  /// - Complexity: O(n) in words.
  public func count(_ source: any DocumentSource, least: Int) async throws -> SpanResult {
    if configuration.unit != .passage {
      var result = try await UnitStage(configuration: configuration).run(source)
      result.counts.removeAll { $0.places < least }
      return result
    }
    let read = try await SpanStage(configuration: configuration.run).run(source)
    let search = WindowSearch(
      words: read.corpus.words,
      threads: max(1, configuration.run.threads),
      memory: Self.memory(of: read.statistics)
    )
    let found = try await search.commonPassages(
      width: configuration.leastWords,
      scope: configuration.scope,
      least: least
    )
    var counts = found.map {
      SpanCount(first: .none, places: $0.places, documents: $0.documents)
    }
    try await place(found.map(\.place), read.corpus) { counts[$0].first = $1 }
    counts.removeAll { $0.first.characters.count < configuration.leastCharacters }
    return SpanResult(
      documents: read.corpus.documents,
      spans: [],
      counts: SpanCount.sorted(counts),
      problems: read.problems,
      statistics: read.statistics,
      texts: read.corpus.texts
    )
  }

  /// Memory for keys: three bytes a byte of text, which words of four letters do with.
  ///
  /// Texts of shorter words are gone over twice, as they have more keys.
  private static func memory(of statistics: RunStatistics) -> KeyedMemory {
    KeyedMemory(mostBytes: max(1 << 24, 3 * statistics.textBytes))
  }

  /// The passages in order, none within another.
  func passages(_ words: WordTexts, _ memory: KeyedMemory) async throws -> [Passage] {
    let (threads, scope) = (max(1, configuration.run.threads), configuration.scope)
    let least = configuration.leastWords
    let search = WindowSearch(words: words, threads: threads, memory: memory)
    if configuration.isExact {
      var found = try await search.exactPassages(width: least, scope: scope)
      PassageList.dropInner(&found)
      return found
    }
    let near = NearSearch(
      words: words,
      threads: threads,
      rule: NearRule(leastWords: least, ofWords: words.words.count),
      scope: scope,
      memory: search.memory
    )
    let runs = try await search.run(width: near.rule.runWords, scope: scope)
    let leads = try await near.leads(runs)
    var found = try await search.exactPassages(
      width: least,
      scope: scope,
      among: least >= runs.width ? runs.repeatedPlaces() : nil
    )
    found += try await near.run(leads)
    PassageList.dropInner(&found)
    return found
  }

  /// Tells where places of words stand in the original texts, each by its number.
  private func place(
    _ places: [Passage.Place],
    _ corpus: SpanCorpus,
    _ take: (_ number: Int, _ place: PassageSpan.Place) -> Void
  ) async throws {
    // Places are looked up document by document.
    let numbers = DocumentLists(
      places.indices,
      of: corpus.documents.count,
      home: { places[$0].document },
      element: { $0 }
    )
    let run = configuration.run
    let parts = corpus.words.parts(ofWords: 1 << 15)
    let found = try await Parallel.map(
      parts: parts.count,
      threads: max(1, run.threads),
      makeWorker: { SpanPlaces(run) }
    ) { worker, part in
      var found: [PassageSpan.Place] = []
      for document in parts[part] where !numbers[document].isEmpty {
        let text = unsafe corpus.text(document)
        let words = corpus.words.range(of: document)
        unsafe corpus.words.words.withUnsafeBufferPointer { all in
          unsafe worker.take(text, words: UnsafeBufferPointer(rebasing: all[words]))
        }
        for number in numbers[document] {
          unsafe found.append(worker.place(document, places[number].words, text))
        }
      }
      return found
    }
    var taken = 0
    for part in found {
      for place in part {
        take(numbers.elements[taken], place)
        taken += 1
      }
    }
  }
}

extension PassageSpan.Place {
  /// Not known yet.
  fileprivate static let none = Self(document: 0, characters: 0..<0, bytes: 0..<0, words: 0..<0)
}
