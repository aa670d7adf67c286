internal import SidikCluster
internal import SidikCore

/// The passages that a report shows.
///
/// Those of every member with the first of its family, those of pairs to decide about and of the weakest link of each
/// family: what the page opens by itself, or with one click.
struct ReportPassages {
  /// What is noted of a pair in place of a count of passages.
  enum Note {
    /// The pair was not looked at, as the folds of the run or one of the texts are not known.
    static let unknown = -1
    /// All words of both texts are equal, in the same order.
    static let whole = -2
  }

  /// A passage, by bytes of the two original texts.
  struct Passage {
    var a: Range<Int>
    var b: Range<Int>
    /// Words of the shorter place.
    var words: Int
    var score: Double
    var isExact: Bool
  }

  /// Words of a passage, at least; nil where none were looked for.
  private(set) var leastWords: Int?
  /// For each member, in report order, how many passages it has with the first of its family, or a ``Note``; 0 for
  /// the first itself.
  private(set) var members: [Int] = []
  /// Further pairs, by their numbers in the input: those to decide about, and the weakest of each family.
  private(set) var pairs: [TextPair] = []
  /// The same for them as ``members`` for members.
  private(set) var counts: [Int] = []
  /// The passages of the members, then those of the pairs.
  private(set) var all: [Passage] = []

  /// Searches the texts of a report.
  ///
  /// Hashes are those of the default seed, which change no passage: so saved output, which does not hold the run's,
  /// gives the same.
  ///
  /// - Parameters:
  ///   - data: what the report shows.
  ///   - texts: its texts.
  ///   - threads: threads at work; nothing depends on it.
  /// - Returns: what was found.
  /// - Throws: ``SidikError`` where the texts cannot be read.
  /// - Complexity: O(n) expected in the words of all pairs.
  static func find(
    _ data: ReportData,
    _ texts: ReportTexts,
    threads: Int
  ) async throws -> ReportPassages {
    let beside = data.families.flatMap { family in
      family.members.map { TextPair(family.representative, $0.document) }
    }
    var passages = ReportPassages()
    passages.pairs = data.pairs.map { TextPair($0.a, $0.b) } + weakest(data)
    let all = beside + passages.pairs
    var counts = all.map { $0.a == $0.b ? 0 : Note.unknown }
    if let normaliser = data.run.normaliser {
      let searched = all.indices.filter { number in
        let (a, b) = (texts.entries[all[number].a], texts.entries[all[number].b])
        guard counts[number] != 0, a.length >= 0, b.length >= 0 else { return false }
        if a.digest == b.digest { counts[number] = Note.whole }
        return a.digest != b.digest
      }
      var run = PipelineConfiguration(threads: threads)
      run.profile.normaliser = normaliser
      let evidence = SpanConfiguration.evidence(run)
      passages.leastWords = evidence.leastWords
      let found = try await SpanFinder(evidence).passages(of: searched.map { all[$0] }) {
        try texts.bytes($0)
      }
      for (number, shared) in zip(searched, found) { counts[number] = passages.take(shared) }
    }
    passages.members = Array(counts.prefix(beside.count))
    passages.counts = Array(counts.dropFirst(beside.count))
    return passages
  }

  /// The weakest verified pair of each family, where neither text is the family's first: the page names it.
  private static func weakest(_ data: ReportData) -> [TextPair] {
    var weakest: [TextPair] = []
    var next = 0
    for (number, family) in data.families.enumerated() {
      var weak: ReportData.PlacedEdge?
      while next < data.edges.count, data.edges[next].family == number {
        let edge = data.edges[next]
        if weak.map({ strength(edge) < strength($0) }) ?? true { weak = edge }
        next += 1
      }
      if let weak, weak.a > 0 {
        weakest.append(
          TextPair(family.members[weak.a].document, family.members[weak.b].document)
        )
      }
    }
    return weakest
  }

  /// The larger score, as the page has it.
  private static func strength(_ edge: ReportData.PlacedEdge) -> Int {
    ReportJSON.parts(max(edge.edge.scores.jaccard, edge.edge.scores.containment))
  }

  /// Notes what two texts have in common, and returns their count or note.
  private mutating func take(_ shared: SharedWording) -> Int {
    guard case .passages(let spans) = shared else { return Note.whole }
    let sorted = spans.sorted { x, y in
      let (a, b) = (x.a.bytes, y.a.bytes)
      let (c, d) = (x.b.bytes, y.b.bytes)
      return (a.lowerBound, a.upperBound, c.lowerBound, c.upperBound)
        < (b.lowerBound, b.upperBound, d.lowerBound, d.upperBound)
    }
    all += sorted.map { span in
      Passage(
        a: span.a.bytes,
        b: span.b.bytes,
        words: PassageEvidence.words(span),
        score: span.score,
        isExact: span.isExact
      )
    }
    return sorted.count
  }
}
