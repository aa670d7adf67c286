internal import Glibc
internal import SidikCluster

/// Scores families against groups, every measure as a function of sums over the groups.
///
/// What a pair of two groups adds is given to both by halves, so that a resample of groups has
/// sums of its own. With every group drawn once, the sums give the measures of ``Contingency``
/// exactly.
struct GroupScoring {
  private static let names = [
    "precision", "recall", "f1", "ari", "bcubed_precision", "bcubed_recall", "bcubed_f1",
    "homogeneity", "completeness", "v_measure",
  ]
  private static let edgeNames = ["precision", "recall", "f1"]

  private let found: [[String]]
  private let hasEdges: Bool
  /// The loosest level of an edge that counts as found.
  private let loosest: Level
  /// The group and family of each document of the truth.
  private var trueLabels: [Int]
  private var foundLabels: [Int]
  private let contingency: Contingency
  private let graph: EdgeGraph

  init(groups: [[String]], families: [[String]], edges: [FoundEdge]?, loosest: Level) {
    var numbers = DocumentNumbers()
    let classes = Labelings.labels(groups)
    let clusters = Labelings.labels(families)
    trueLabels = []
    foundLabels = []
    for id in groups.joined() where numbers.known(id) == nil {
      foundLabels.append(clusters[id] ?? families.count + numbers.number(id))
      trueLabels.append(classes[id] ?? -1)
      _ = numbers.number(id)
    }
    contingency = Contingency(truth: trueLabels, found: foundLabels)
    found = families
    hasEdges = edges != nil
    self.loosest = loosest
    graph = numbers.graph(edges ?? [])
  }

  func report() -> EvaluationReport {
    var report = EvaluationReport(
      isOfGroups: true,
      documents: trueLabels.count,
      units: contingency.classSizes.count,
      families: familyUnits().estimates(Self.names, Self.measures),
      edges: nil,
      labels: labelRows(),
      largestFamily: 0,
      groupsInLargest: 0,
      singletons: 0,
      singletonsKept: 0,
      groups: contingency.classSizes.count { $0 > 1 },
      groupsWhole: contingency.cells.count {
        $0.count > 1 && $0.count == contingency.classSizes[$0.trueClass]
      }
    )
    if hasEdges { report.edges = edgeUnits().estimates(Self.edgeNames, Self.edgeMeasures) }
    countFamilies(into: &report)
    return report
  }

  private func countFamilies(into report: inout EvaluationReport) {
    var isAlone = [Bool](repeating: true, count: found.count)
    for (label, family) in found.enumerated() { isAlone[label] = family.count < 2 }
    for (truth, label) in zip(sizes(trueLabels), foundLabels) where truth == 1 {
      report.singletons += 1
      report.singletonsKept += label >= found.count || isAlone[label] ? 1 : 0
    }
    guard let largest = found.indices.max(by: { found[$0].count < found[$1].count }) else { return }
    report.largestFamily = found[largest].count
    let groups = zip(trueLabels, foundLabels).filter { $0.1 == largest }.map(\.0)
    report.groupsInLargest = Set(groups).count
  }

  /// The size of each document's own class.
  private func sizes(_ labels: [Int]) -> [Int] {
    var sizes: [Int: Int] = [:]
    for label in labels { sizes[label, default: 0] += 1 }
    return labels.map { sizes[$0] ?? 0 }
  }

  // MARK: Families

  /// Documents, true pairs, shared pairs, found pairs, B-cubed precision and recall, and the
  /// entropies of class, cluster and both, a group each.
  private func familyUnits() -> Bootstrap {
    var units = [[Double]](
      repeating: [Double](repeating: 0, count: 9),
      count: contingency.classSizes.count
    )
    let n = Double(max(1, contingency.count))
    for cell in contingency.cells {
      let both = Double(cell.count)
      let cluster = Double(contingency.clusterSizes[cell.cluster])
      let size = Double(contingency.classSizes[cell.trueClass])
      let sums = [
        both, both * (size - 1) / 2, both * (both - 1) / 2, both * (cluster - 1) / 2,
        both * both / cluster, both * both / size,
        -both * log(size / n), -both * log(cluster / n), -both * log(both / n),
      ]
      for (k, sum) in sums.enumerated() { units[cell.trueClass][k] += sum }
    }
    var bootstrap = Bootstrap(width: 9)
    for unit in units { bootstrap.add(unit) }
    return bootstrap
  }

  private static func measures(_ sums: [Double]) -> [Double] {
    let n = max(1, sums[0])
    let (truth, shared, found) = (sums[1], sums[2], sums[3])
    let pairs = PrecisionRecall(precision: shared / max(1, found), recall: shared / max(1, truth))
    let all = n * (n - 1) / 2
    let expected = all > 0 ? truth * found / all : 0
    let highest = (truth + found) / 2
    let isDegenerate = abs(highest - expected) < 1e-9
    let b = PrecisionRecall(precision: sums[4] / n, recall: sums[5] / n)
    let (classes, clusters, joint) = (sums[6], sums[7], sums[8])
    let v = VMeasure(
      homogeneity: classes > 1e-9 ? 1 - max(0, joint - clusters) / classes : 1,
      completeness: clusters > 1e-9 ? 1 - max(0, joint - classes) / clusters : 1
    )
    return [
      pairs.precision, pairs.recall, pairs.f1,
      isDegenerate ? 1 : (shared - expected) / (highest - expected),
      b.precision, b.recall, b.f1, v.homogeneity, v.completeness, v.value,
    ]
  }

  // MARK: Edges

  /// True pairs, true edges and edges, a group each.
  private func edgeUnits() -> Bootstrap {
    var units: [Int: [Double]] = [:]
    for (label, size) in zip(trueLabels, sizes(trueLabels)) {
      units[label, default: [0, 0, 0]][0] += Double(size - 1) / 2
    }
    forEachBlock { level, a, b in
      guard level <= loosest else { return }
      let whole = Double(b.reduce(0) { $0 + $1.value })
      for (group, count) in a {
        units[group]?[1] += Double(count * (b[group] ?? 0))
        units[group]?[2] += Double(count) * whole / 2
      }
      let other = Double(a.reduce(0) { $0 + $1.value })
      for (group, count) in b { units[group]?[2] += Double(count) * other / 2 }
    } within: { members in
      let whole = members.reduce(0) { $0 + $1.value }
      for (group, count) in members {
        units[group]?[1] += Double(count * (count - 1) / 2)
        units[group]?[2] += Double(count * (whole - 1)) / 2
      }
    }
    var bootstrap = Bootstrap(width: 3)
    for label in units.keys.sorted() { bootstrap.add(units[label] ?? [0, 0, 0]) }
    return bootstrap
  }

  private static func edgeMeasures(_ sums: [Double]) -> [Double] {
    let score = PrecisionRecall(
      precision: sums[1] / max(1, sums[2]),
      recall: sums[1] / max(1, sums[0])
    )
    return [score.precision, score.recall, score.f1]
  }

  /// Goes through the edges between classes, and through the classes, by their groups' counts.
  private func forEachBlock(
    _ between: (Level, [Int: Int], [Int: Int]) -> Void,
    within: ([Int: Int]) -> Void
  ) {
    var members: [Int: [Int: Int]] = [:]
    for (document, label) in trueLabels.enumerated() {
      members[graph.classOf[document], default: [:]][label, default: 0] += 1
    }
    for (key, level) in graph.levels.sorted(by: { $0.key < $1.key }) {
      if let a = members[Int(key >> 32)], let b = members[Int(key & 0xFFFF_FFFF)] {
        between(level, a, b)
      }
    }
    for standIn in members.keys.sorted() { within(members[standIn] ?? [:]) }
  }

  private func labelRows() -> [EvaluationReport.LabelRow] {
    let all = Contingency.pairs(of: contingency.count)
    var same = [Int](repeating: 0, count: Level.allCases.count)
    var other = same
    forEachBlock { level, a, b in
      let place = Level.allCases.firstIndex(of: level) ?? 0
      let shared = a.reduce(0) { $0 + $1.value * (b[$1.key] ?? 0) }
      let pairs = a.reduce(0) { $0 + $1.value } * b.reduce(0) { $0 + $1.value }
      same[place] += shared
      other[place] += pairs - shared
    } within: { members in
      let place = Level.allCases.firstIndex(of: .copy) ?? 0
      let shared = members.reduce(0) { $0 + Contingency.pairs(of: $1.value) }
      same[place] += shared
      other[place] += Contingency.pairs(of: members.reduce(0) { $0 + $1.value }) - shared
    }
    return [
      EvaluationReport.LabelRow(
        label: "same group",
        count: contingency.truePairs,
        joined: contingency.sharedPairs,
        levels: hasEdges ? same : nil
      ),
      EvaluationReport.LabelRow(
        label: "other groups",
        count: all - contingency.truePairs,
        joined: contingency.foundPairs - contingency.sharedPairs,
        levels: hasEdges ? other : nil
      ),
    ]
  }
}

extension Bootstrap {
  /// Estimates with the seed that all reports use.
  func estimates(_ names: [String], _ measure: ([Double]) -> [Double]) -> [Estimate] {
    estimates(names, seed: 1, measure)
  }
}
