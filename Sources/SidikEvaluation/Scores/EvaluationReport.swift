public import SidikCluster

/// A clustering scored against the truth, with intervals and the tables beside them.
public struct EvaluationReport: Sendable, Hashable {
  /// What became of the pairs of one label.
  public struct LabelRow: Sendable, Hashable {
    /// The label; `same group` and `other groups` where the truth gives groups.
    public var label: String
    /// The pairs of the label.
    public var count: Int
    /// The pairs whose documents stand in one family.
    public var joined: Int
    /// The pairs of each level, in the order of ``Level/allCases``; nil where no edges are known.
    ///
    /// Pairs without an edge are the rest.
    public var levels: [Int]?
  }

  /// What became of the copies made by one kind of edit.
  public struct KindRow: Sendable, Hashable {
    /// The ``EditKind/name``.
    public var kind: String
    /// The pairs of an original and its copy.
    public var count: Int
    /// Those that stand in one family.
    public var joined: Int
    /// The 95 % interval of the share (Wilson).
    public var interval: ClosedRange<Double>

    /// The share that was joined.
    public var recall: Double { Double(joined) / Double(max(1, count)) }
  }

  /// The fewest copies of a kind that a share may be quoted of.
  public static let enoughCopies = 60

  /// Whether the truth gives groups; else it gives labelled pairs.
  public var isOfGroups: Bool
  /// The documents that the truth names.
  public var documents: Int
  /// What is drawn again for the intervals: groups, or the parts that labelled pairs hang in.
  public var units: Int
  /// The measures of the families.
  public var families: [Estimate]
  /// The measures of the verified pairs themselves; nil where they are not known.
  public var edges: [Estimate]?
  /// By label.
  public var labels: [LabelRow]
  /// By kind of edit, the worst first; empty where no kinds are known.
  public var kinds: [KindRow] = []
  /// The size of the largest family, documents that the truth does not name included.
  public var largestFamily: Int
  /// The groups of the truth that have documents in it.
  public var groupsInLargest: Int
  /// Documents that are alone in the truth; 0 where the truth gives pairs.
  public var singletons: Int
  /// Those of them that are alone among the families too.
  public var singletonsKept: Int
  /// Groups of two or more in the truth.
  public var groups: Int
  /// Those of them whose documents all stand in one family.
  public var groupsWhole: Int

  /// The estimate of that name among the measures of the families.
  public subscript(_ name: String) -> Double? { families.first { $0.name == name }?.value }
}

extension EvaluationReport {
  /// Scores families.
  ///
  /// - Parameters:
  ///   - families: groups of ids; singletons may be left out.
  ///   - edges: the verified pairs, or nil.
  ///   - truth: what is known.
  ///   - positive: the labels of pairs that belong together, for a truth of labelled pairs.
  ///   - ignored: the labels of pairs that count neither way.
  ///   - loosest: the loosest level of an edge that counts as found.
  /// - Complexity: O(documents log documents + edges), beside 1,000 resamples of the units.
  public init(
    families: [[String]],
    edges: [FoundEdge]? = nil,
    truth: Truth,
    positive: [String] = ["copy"],
    ignored: [String] = [],
    loosest: Level = .excerpt
  ) {
    switch truth {
    case .groups(let groups):
      self = GroupScoring(groups: groups, families: families, edges: edges, loosest: loosest)
        .report()
    case .pairs(let pairs):
      self = PairScoring(pairs: pairs, families: families, edges: edges, loosest: loosest)
        .report(positive: Set(positive), ignored: Set(ignored))
    }
  }

  /// Counts, for each kind of edit, the pairs of an original and its copy that came together.
  ///
  /// - Parameters:
  ///   - kinds: the kind and the original of each copy.
  ///   - families: groups of ids.
  public mutating func add(kinds: [EditedCopy], families: [[String]]) {
    let labels = Labelings.labels(families)
    var counts: [String: (count: Int, joined: Int)] = [:]
    for copy in kinds where copy.id != copy.base {
      let family = labels[copy.id]
      counts[copy.kind, default: (0, 0)].count += 1
      if family != nil, family == labels[copy.base] { counts[copy.kind]?.joined += 1 }
    }
    self.kinds = counts.map { kind, count in
      let bounds = WilsonInterval.bounds(count.joined, of: count.count)
      return KindRow(
        kind: kind,
        count: count.count,
        joined: count.joined,
        interval: bounds.low...bounds.high
      )
    }.sorted { ($0.recall, $0.kind) < ($1.recall, $1.kind) }
  }

  /// The kinds of edit with fewer copies than ``enoughCopies``.
  public var scarceKinds: [String] {
    kinds.filter { $0.count < Self.enoughCopies }.map(\.kind).sorted()
  }
}

/// A document made by an edit: what `kinds.tsv` says of it.
public struct EditedCopy: Sendable, Hashable {
  /// The document.
  public var id: String
  /// What was done.
  public var kind: String
  /// The document it was made from.
  public var base: String

  /// Makes a row.
  public init(_ id: String, kind: String, base: String) {
    self.id = id
    self.kind = kind
    self.base = base
  }

  /// Reads lines of id, kind and base with tabs between; lines of other shapes are passed over.
  public static func read(_ lines: [[UInt8]]) -> [EditedCopy] {
    lines.compactMap { line in
      let fields = line.split(separator: 9, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      return fields.count == 3 ? EditedCopy(fields[0], kind: fields[1], base: fields[2]) : nil
    }
  }

  /// The copies of a labelled corpus.
  public static func of(_ corpus: LabelledCorpus) -> [EditedCopy] {
    corpus.documents.filter { $0.id != $0.base }
      .map { EditedCopy($0.id, kind: $0.kind, base: $0.base) }
  }
}
