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
  private let configuration: SpanConfiguration

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
    let passages = try await passages(read.corpus.words)
    progress(PipelineProgress(stage: .verify, done: 0, total: nil))
    let ends = passages.flatMap { [$0.earlier, $0.later] }
    let places = try await places(ends, read.corpus)
    let spans = passages.indices.map { number in
      PassageSpan(
        a: places[2 * number],
        b: places[2 * number + 1],
        score: passages[number].score,
        isExact: passages[number].isExact
      )
    }
    let least = configuration.leastCharacters
    return SpanResult(
      documents: read.corpus.documents,
      spans: spans.filter { min($0.a.characters.count, $0.b.characters.count) >= least },
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
      memory: KeyedMemory()
    )
    let found = try await search.commonPassages(
      width: configuration.leastWords,
      scope: configuration.scope,
      least: least
    )
    let places = try await places(found.map(\.place), read.corpus)
    let counts = zip(found, places).map {
      SpanCount(first: $1, places: $0.places, documents: $0.documents)
    }
    return SpanResult(
      documents: read.corpus.documents,
      spans: [],
      counts: SpanCount.sorted(
        counts.filter { $0.first.characters.count >= configuration.leastCharacters }
      ),
      problems: read.problems,
      statistics: read.statistics,
      texts: read.corpus.texts
    )
  }

  /// The passages in order, none within another.
  private func passages(_ words: WordTexts) async throws -> [Passage] {
    let threads = max(1, configuration.run.threads)
    let memory = KeyedMemory()
    let search = WindowSearch(words: words, threads: threads, memory: memory)
    var found = try await search.exactPassages(
      width: configuration.leastWords,
      scope: configuration.scope
    )
    if !configuration.isExact {
      found += try await NearSearch(
        words: words,
        threads: threads,
        rule: NearRule(leastWords: configuration.leastWords, ofWords: words.words.count),
        scope: configuration.scope,
        memory: memory
      ).run()
    }
    return PassageList.withoutInner(found)
  }

  /// Where places of words stand in the original texts.
  private func places(
    _ places: [Passage.Place],
    _ corpus: SpanCorpus
  ) async throws -> [PassageSpan.Place] {
    // Places are looked up document by document.
    var starts = [Int](repeating: 0, count: corpus.documents.count + 1)
    for place in places { starts[place.document + 1] += 1 }
    for document in 0..<corpus.documents.count { starts[document + 1] += starts[document] }
    var next = starts
    var order = [Int32](repeating: 0, count: places.count)
    for (number, place) in places.enumerated() {
      order[next[place.document]] = Int32(truncatingIfNeeded: number)
      next[place.document] += 1
    }
    let (run, numbers, firsts) = (configuration.run, order, starts)
    let parts = corpus.words.parts(ofWords: 1 << 15)
    let found = try await Parallel.map(
      parts: parts.count,
      threads: max(1, run.threads),
      makeWorker: { SpanPlaces(run) }
    ) { worker, part in
      var found: [PassageSpan.Place] = []
      for document in parts[part] where firsts[document] < firsts[document + 1] {
        let text = unsafe corpus.text(document)
        unsafe worker.take(text)
        for number in numbers[firsts[document]..<firsts[document + 1]] {
          unsafe found.append(worker.place(document, places[Int(number)].words, text))
        }
      }
      return found
    }
    let none = PassageSpan.Place(document: 0, characters: 0..<0, bytes: 0..<0, words: 0..<0)
    var resolved = [PassageSpan.Place](repeating: none, count: places.count)
    for (number, place) in zip(order, found.joined()) { resolved[Int(number)] = place }
    return resolved
  }
}
