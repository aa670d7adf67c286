public import SidikCluster

/// How good families are at several thresholds and linkages, and which of them reaches a target.
///
/// Every row is what a run with that threshold and linkage answers: weights, leaders and bands
/// depend on the threshold, so pairs are proposed and compared anew for each.
public struct ThresholdTuning: Sendable {
  /// One threshold and linkage.
  public struct Row: Sendable, Hashable {
    /// The Jaccard similarity from which texts were copies; nil: the profile's own rule, which may
    /// ask another of containment.
    public var threshold: Double?
    /// The least average weight at which groups merged.
    public var linkage: Double
    /// The share of the joined pairs of the truth that belong together.
    public var precision: Double
    /// The share of the pairs that belong together that were joined.
    public var recall: Double
    /// The adjusted Rand index; nil where the truth gives pairs.
    public var ari: Double?
    /// Families of two or more documents.
    public var families: Int

    /// The harmonic mean of precision and recall.
    public var f1: Double { PrecisionRecall(precision: precision, recall: recall).f1 }

    /// The measure that a target is about.
    public func value(_ target: TuningTarget) -> Double {
      switch target {
      case .recall: recall
      case .precision: precision
      }
    }
  }

  /// What was asked for.
  public let target: TuningTarget
  /// The rows, by threshold, then linkage; the profile's own rule first.
  public private(set) var rows: [Row] = []
  /// The row that reaches the target at the least cost of the other measure; else the one that comes
  /// closest.
  public private(set) var best = 0
  /// Whether that row reaches the target.
  public private(set) var isReached = false
  /// Precision and recall of that row, with intervals.
  public private(set) var estimates: [Estimate] = []
  /// Pairs of the truth that belong together.
  public let positives: Int
  /// The profile's linkage, which decides between equals.
  private let ownLinkage: Double
  /// What the bootstrap draws: groups, or the parts that labelled pairs hang together in.
  public private(set) var units = 0

  /// Clusters documents with each threshold and linkage and scores the families.
  ///
  /// - Parameters:
  ///   - corpus: the documents.
  ///   - truth: what is known of them.
  ///   - positive: the labels of pairs that belong together, for a truth of labelled pairs.
  ///   - ignored: the labels of pairs that count neither way.
  ///   - target: what must be reached.
  ///   - thresholds: the thresholds to try beside the profile's own rule.
  ///   - linkages: the linkages, at least one.
  /// - Throws: what ends the task.
  /// - Complexity: a run without its reading a threshold.
  public init(
    _ corpus: SketchedCorpus,
    truth: Truth,
    positive: [String],
    ignored: [String],
    target: TuningTarget,
    thresholds: [Double],
    linkages: [Double]
  ) async throws {
    precondition(!linkages.isEmpty, "nothing to choose from")
    self.target = target
    ownLinkage = corpus.profile.linkage
    positives =
      switch truth {
      case .groups(let groups): groups.reduce(0) { $0 + Contingency.pairs(of: $1.count) }
      case .pairs(let pairs): pairs.count { positive.contains($0.label) }
      }
    var bestFamilies: [[String]] = []
    for threshold in [nil] + Set(thresholds).sorted().map(Optional.some) {
      var profile = corpus.profile
      if let threshold { profile.require(similarity: threshold) }
      let linkages = Set(linkages).sorted()
      let answers = try await corpus.families(profile, linkages: linkages)
      for (linkage, documents) in zip(linkages, answers) {
        let families = documents.map { $0.map { corpus.documents.id($0) } }
        var row = Self.score(families, truth, positive, ignored)
        (row.threshold, row.linkage) = (threshold, linkage)
        rows.append(row)
        if rows.count == 1 || isBetter(row, than: rows[best]) {
          best = rows.count - 1
          bestFamilies = families
        }
      }
    }
    isReached = rows[best].value(target) >= target.value
    let report = EvaluationReport(
      families: bestFamilies,
      truth: truth,
      positive: positive,
      ignored: ignored
    )
    units = report.units
    estimates = report.families.filter { ["precision", "recall", "f1", "ari"].contains($0.name) }
  }

  /// For each threshold the row whose linkage suits the target best.
  public var bestOfThresholds: [Int] {
    var places: [Int] = []
    for place in rows.indices {
      if let last = places.last, rows[last].threshold == rows[place].threshold {
        if isBetter(rows[place], than: rows[last]) { places[places.count - 1] = place }
      } else {
        places.append(place)
      }
    }
    return places
  }

  private static func score(
    _ families: [[String]],
    _ truth: Truth,
    _ positive: [String],
    _ ignored: [String]
  ) -> Row {
    var row = Row(linkage: 0, precision: 0, recall: 0, families: families.count)
    let score: PrecisionRecall
    switch truth {
    case .groups(let groups):
      let contingency = Labelings.contingency(truth: groups, found: families)
      score = contingency.pairScore
      row.ari = contingency.adjustedRandIndex
    case .pairs(let pairs):
      score =
        LabelledPairScore(
          pairs: pairs,
          clusters: families,
          positive: positive,
          ignored: ignored
        ).score
    }
    (row.precision, row.recall) = (score.precision, score.recall)
    return row
  }

  private func isBetter(_ a: Row, than b: Row) -> Bool {
    Self.isBetter(a, than: b, target, linkage: ownLinkage)
  }

  /// Rows that reach the target go before others; among those that do the other measure decides,
  /// else the measure itself; then F1; then what is closest to the profile, the stricter row first.
  static func isBetter(
    _ a: Row,
    than b: Row,
    _ target: TuningTarget,
    linkage: Double = Profile.auto.linkage
  ) -> Bool {
    func key(_ row: Row) -> [Double] {
      let value = row.value(target)
      let other = target.name == "recall" ? row.precision : row.recall
      let reaches = value >= target.value
      return [
        reaches ? 1 : 0, reaches ? other : value, row.f1, row.threshold ?? 2,
        -abs(row.linkage - linkage), row.linkage,
      ]
    }
    return key(b).lexicographicallyPrecedes(key(a))
  }
}
