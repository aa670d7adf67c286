public import SidikCore

/// The answer of a look for boilerplate.
public struct BoilerplateResult: Sendable {
  /// The passages: by source, those of any document last, then those in most documents first.
  public var boilerplate: Boilerplate
  /// What was wrong with records, in input order.
  public var problems: [RecordProblem]
  /// The numbers of the run, as far as it went.
  public var statistics: RunStatistics
}

/// Looks for boilerplate, or for where given passages stand, and lists it.
public struct BoilerplateListing: Sendable {
  private static let nodesPerPart = 256

  private let configuration: PipelineConfiguration

  /// Prepares a run.
  ///
  /// - Parameter configuration: its profile's policy says whether passages are learnt or given.
  public init(_ configuration: PipelineConfiguration) { self.configuration = configuration }

  /// Reads a source to its end.
  ///
  /// Given to another run of the same documents, the list cuts what that run would learn.
  ///
  /// - Parameter source: where documents come from.
  /// - Returns: the passages that stand in the documents.
  /// - Throws: ``SidikError`` where the input cannot be read or there is no room.
  /// - Complexity: as the first stages of ``Pipeline/run(_:)``; texts are read four times.
  public func run(_ source: any DocumentSource) async throws -> BoilerplateResult {
    let sketched = try await SketchStage(configuration: configuration).run(source)
    let texts = BoilerplateTexts(
      corpus: sketched.corpus,
      nodes: Nodes(sketched.corpus),
      takesPart: []
    )
    let keys = try await BoilerplateStage.keys(texts, configuration)
    var found = FoundPassages()
    if !keys.isEmpty {
      let configuration = configuration
      let parts = Parallel.ranges(texts.nodes.count, size: Self.nodesPerPart)
      let all = try await Parallel.map(
        parts: parts.count,
        threads: configuration.threads,
        makeWorker: { BoilerplateCutter(keys, configuration.keys) }
      ) { cutter, part in
        var found = FoundPassages()
        for node in parts[part] { found.add(node, texts, keys, cutter) }
        return found
      }
      for part in all { found.merge(part) }
    }
    var statistics = sketched.statistics
    statistics.boilerplateSources = keys.sources.count
    let boilerplate = found.list()
    statistics.boilerplatePassages = boilerplate.passages.count
    return BoilerplateResult(
      boilerplate: boilerplate,
      problems: sketched.problems,
      statistics: statistics
    )
  }
}

/// Passages met in texts, and in how many texts each of their shingles stands.
private struct FoundPassages: Sendable {
  private struct Place: Hashable {
    var scope: BoilerplateScope
    var text: String
  }

  private var passages: [Place: [UInt64]] = [:]
  private var counts: [UInt64: Int] = [:]
  private var textCounts: [String?: Int] = [:]

  /// Adds what stands in one text.
  mutating func add(
    _ node: Int,
    _ texts: BoilerplateTexts,
    _ keys: BoilerplateKeys,
    _ cutter: BoilerplateCutter
  ) {
    if texts.corpus.documents.isEmpty(texts.nodes.first(node)) { return }
    let sources = texts.sources(node).compactMap { texts.corpus.documents.sourceName($0) }
    let text = unsafe texts.text(node)
    var met: Set<UInt64> = []
    for source in [nil] + sources.map(Optional.some) {
      textCounts[source, default: 0] += 1
      for place in BoilerplatePlace.allCases {
        let scope = BoilerplateScope(source: source, place: place)
        guard let salt = keys.salt(scope) else { continue }
        for chain in unsafe cutter.chains(text, place, salt) {
          let bytes = cutter.bytes(of: chain.words)
          let string = unsafe String(
            decoding: UnsafeBufferPointer(rebasing: text[bytes]),
            as: UTF8.self
          )
          passages[Place(scope: scope, text: string)] = chain.keys
          met.formUnion(chain.keys)
        }
      }
    }
    for key in met { counts[key, default: 0] += 1 }
  }

  mutating func merge(_ other: FoundPassages) {
    passages.merge(other.passages) { known, _ in known }
    counts.merge(other.counts, uniquingKeysWith: +)
    textCounts.merge(other.textCounts, uniquingKeysWith: +)
  }

  /// The passages that name every shingle, those in most texts first; one that adds no shingle to
  /// those before it is left out.
  func list() -> Boilerplate {
    let ranked = passages.map { place, keys in
      (place: place, keys: keys, documents: keys.map { counts[$0] ?? 0 }.min() ?? 0)
    }.sorted { x, y in
      let (a, b) = (x.place.scope, y.place.scope)
      if a.source != b.source {
        guard let first = a.source, let second = b.source else { return a.source != nil }
        return first < second
      }
      if x.documents != y.documents { return x.documents > y.documents }
      if x.keys.count != y.keys.count { return x.keys.count > y.keys.count }
      return (x.place.text, a.place.rawValue) < (y.place.text, b.place.rawValue)
    }
    var named: Set<UInt64> = []
    return Boilerplate(
      ranked.compactMap { place, keys, documents in
        if named.isSuperset(of: keys) { return nil }
        named.formUnion(keys)
        let all = textCounts[place.scope.source] ?? 0
        return Boilerplate.Passage(
          source: place.scope.source,
          place: place.scope.place,
          text: place.text,
          words: keys.count + BoilerplateRule.words - 1,
          documents: documents,
          share: Double(documents) / Double(max(1, all))
        )
      }
    )
  }
}
