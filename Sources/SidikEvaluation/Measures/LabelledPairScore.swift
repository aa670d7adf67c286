/// A clustering scored against pairs that were labelled one by one.
public struct LabelledPairScore: Hashable, Sendable {
  /// How many pairs of a label were joined.
  public struct Row: Hashable, Sendable {
    /// The label.
    public let label: String
    /// The pairs whose documents stand in one cluster.
    public var joined: Int
    /// All pairs of the label.
    public var count: Int
  }

  /// Positive pairs joined.
  public private(set) var truePositives = 0
  /// Negative pairs joined.
  public private(set) var falsePositives = 0
  /// Positive pairs not joined.
  public private(set) var falseNegatives = 0
  /// Negative pairs not joined.
  public private(set) var trueNegatives = 0
  /// One row a label, by ascending label; ignored labels too.
  public private(set) var rows: [Row] = []

  /// Scores a clustering.
  ///
  /// - Parameters:
  ///   - pairs: the labelled pairs.
  ///   - clusters: groups of ids; documents that stand in none are joined to none.
  ///   - positive: the labels of pairs that should be joined.
  ///   - ignored: the labels of pairs that count neither way.
  public init(
    pairs: [LabelledPair],
    clusters: [[String]],
    positive: [String],
    ignored: [String] = []
  ) {
    let labels = Labelings.labels(clusters)
    for pair in pairs {
      let cluster = labels[pair.a]
      let joined = cluster != nil && cluster == labels[pair.b]
      count(pair.label, joined: joined)
      guard !ignored.contains(pair.label) else { continue }
      switch (positive.contains(pair.label), joined) {
      case (true, true): truePositives += 1
      case (true, false): falseNegatives += 1
      case (false, true): falsePositives += 1
      case (false, false): trueNegatives += 1
      }
    }
    rows.sort { $0.label < $1.label }
  }

  private mutating func count(_ label: String, joined: Bool) {
    let place = rows.firstIndex { $0.label == label } ?? rows.count
    if place == rows.count { rows.append(Row(label: label, joined: 0, count: 0)) }
    rows[place].count += 1
    rows[place].joined += joined ? 1 : 0
  }

  /// Precision and recall over the pairs that count.
  public var score: PrecisionRecall {
    PrecisionRecall(
      precision: Double(truePositives) / Double(max(1, truePositives + falsePositives)),
      recall: Double(truePositives) / Double(max(1, truePositives + falseNegatives))
    )
  }

  /// The share of the pairs that count on which clustering and label agree.
  public var accuracy: Double {
    let all = truePositives + falsePositives + falseNegatives + trueNegatives
    return Double(truePositives + trueNegatives) / Double(max(1, all))
  }
}
