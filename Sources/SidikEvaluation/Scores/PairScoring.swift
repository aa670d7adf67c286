internal import SidikCluster

/// Scores families against labelled pairs.
///
/// The units of the bootstrap are the parts the labelled pairs hang together in: pairs that
/// share a document are not drawn apart.
struct PairScoring {
  private static let names = ["precision", "recall", "f1", "accuracy"]

  private let pairs: [LabelledPair]
  private let found: [[String]]
  private let hasEdges: Bool
  /// The loosest level of an edge that counts as found.
  private let loosest: Level
  private let numbers: DocumentNumbers
  private let graph: EdgeGraph
  private let documents: Int
  /// For each pair its part, and whether its documents stand in one family.
  private let parts: [Int]
  private let joined: [Bool]

  init(pairs: [LabelledPair], families: [[String]], edges: [FoundEdge]?, loosest: Level) {
    var numbers = DocumentNumbers()
    var parents: [Int] = []
    func root(_ number: Int) -> Int {
      var number = number
      while parents[number] != number { number = parents[number] }
      return number
    }
    for pair in pairs {
      for id in [pair.a, pair.b] where numbers.number(id) == parents.count {
        parents.append(parents.count)
      }
      let (x, y) = (root(numbers.number(pair.a)), root(numbers.number(pair.b)))
      parents[max(x, y)] = min(x, y)
    }
    documents = numbers.count
    parts = pairs.map { root(numbers.known($0.a) ?? 0) }
    let labels = Labelings.labels(families)
    joined = pairs.map { pair in
      let family = labels[pair.a]
      return family != nil && family == labels[pair.b]
    }
    graph = numbers.graph(edges ?? [])
    self.numbers = numbers
    self.pairs = pairs
    found = families
    hasEdges = edges != nil
    self.loosest = loosest
  }

  func report(positive: Set<String>, ignored: Set<String>) -> EvaluationReport {
    let levels = pairs.map { level($0) }
    let edged = levels.map { $0.map { $0 <= loosest } ?? false }
    let largest = found.max { $0.count < $1.count } ?? []
    let inLargest = Set(largest.compactMap { numbers.known($0) })
    let touched = zip(parts, pairs).filter { _, pair in
      inLargest.contains(numbers.known(pair.a) ?? -1)
        || inLargest.contains(numbers.known(pair.b) ?? -1)
    }
    return EvaluationReport(
      isOfGroups: false,
      documents: documents,
      units: Set(parts).count,
      families: estimates(joined, positive, ignored),
      edges: hasEdges ? estimates(edged, positive, ignored) : nil,
      labels: rows(levels),
      largestFamily: largest.count,
      groupsInLargest: Set(touched.map(\.0)).count,
      singletons: 0,
      singletonsKept: 0,
      groups: 0,
      groupsWhole: 0
    )
  }

  private func level(_ pair: LabelledPair) -> Level? {
    guard let a = numbers.known(pair.a), let b = numbers.known(pair.b) else { return nil }
    return hasEdges ? graph.level(a, b) : nil
  }

  private func estimates(
    _ hits: [Bool],
    _ positive: Set<String>,
    _ ignored: Set<String>
  ) -> [Estimate] {
    var units: [Int: [Double]] = [:]
    for (place, pair) in pairs.enumerated() {
      var unit = units[parts[place]] ?? [0, 0, 0, 0]
      if !ignored.contains(pair.label) {
        let isTrue = positive.contains(pair.label)
        unit[isTrue ? (hits[place] ? 0 : 2) : (hits[place] ? 1 : 3)] += 1
      }
      units[parts[place]] = unit
    }
    var bootstrap = Bootstrap(width: 4)
    for part in units.keys.sorted() { bootstrap.add(units[part] ?? []) }
    return bootstrap.estimates(Self.names) { sums in
      let score = PrecisionRecall(
        precision: sums[0] / max(1, sums[0] + sums[1]),
        recall: sums[0] / max(1, sums[0] + sums[2])
      )
      return [
        score.precision, score.recall, score.f1,
        (sums[0] + sums[3]) / max(1, sums.reduce(0, +)),
      ]
    }
  }

  private func rows(_ levels: [Level?]) -> [EvaluationReport.LabelRow] {
    var rows: [String: EvaluationReport.LabelRow] = [:]
    let none = [Int](repeating: 0, count: Level.allCases.count)
    for (place, pair) in pairs.enumerated() {
      var row =
        rows[pair.label]
        ?? EvaluationReport.LabelRow(
          label: pair.label,
          count: 0,
          joined: 0,
          levels: hasEdges ? none : nil
        )
      row.count += 1
      row.joined += joined[place] ? 1 : 0
      if let level = levels[place], let k = Level.allCases.firstIndex(of: level) {
        row.levels?[k] += 1
      }
      rows[pair.label] = row
    }
    return rows.keys.sorted().compactMap { rows[$0] }
  }
}
