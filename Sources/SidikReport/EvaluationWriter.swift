internal import SidikCluster
public import SidikEvaluation
internal import SidikFormats

/// Writes scores against a truth, for people and for machines.
public struct EvaluationWriter {
  private let report: EvaluationReport
  private let stamp: String?

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - report: the scores.
  ///   - provenance: that of the run; nil where families were read from a file.
  public init(_ report: EvaluationReport, provenance: Provenance?) {
    self.report = report
    stamp = provenance?.stamp
  }

  // MARK: People

  /// A table.
  public func text() -> [UInt8] {
    var lines = [
      "\(report.documents) documents in the truth; intervals of 95 % by 1,000 resamples of "
        + "\(report.units) \(report.isOfGroups ? "groups" : "parts")", "",
    ]
    lines += measures()
    lines.append("")
    lines += labels()
    if !report.kinds.isEmpty { lines += [""] + kinds() }
    lines += ["", largest()]
    if report.isOfGroups {
      lines.append("singletons kept: \(report.singletonsKept) of \(report.singletons)")
      lines.append("groups whole in one family: \(report.groupsWhole) of \(report.groups)")
    }
    return TextColumns.page(lines)
  }

  private func measures() -> [String] {
    var rows = [["", "families"] + (report.edges == nil ? [] : ["verified pairs"])]
    for estimate in report.families {
      var row = [
        estimate.name.split(separator: "_").joined(separator: " "), TextColumns.cell(estimate),
      ]
      if let edge = report.edges?.first(where: { $0.name == estimate.name }) {
        row.append(TextColumns.cell(edge))
      }
      rows.append(row)
    }
    return TextColumns.lines(rows)
  }

  private func labels() -> [String] {
    let hasLevels = report.labels.contains { $0.levels != nil }
    var rows = [["label", "pairs", "joined"]]
    if hasLevels { rows[0] += Level.allCases.map(\.rawValue) + ["no edge"] }
    for row in report.labels {
      var cells = [row.label, String(row.count), String(row.joined)]
      if let levels = row.levels {
        cells += levels.map { String($0) } + [String(row.count - levels.reduce(0, +))]
      }
      rows.append(cells)
    }
    return TextColumns.lines(rows)
  }

  private func kinds() -> [String] {
    var rows = [["edit", "copies", "joined", "recall"]]
    for row in report.kinds {
      rows.append([
        row.kind, String(row.count), String(row.joined),
        TextColumns.cell(row.recall, row.interval.lowerBound, row.interval.upperBound),
      ])
    }
    return TextColumns.lines(rows)
  }

  private func largest() -> String {
    "largest family: \(report.largestFamily) documents, with documents of "
      + "\(report.groupsInLargest) \(report.isOfGroups ? "groups" : "parts")"
  }

  // MARK: Machines

  /// One JSON object.
  public func json() -> [UInt8] {
    JSONWriter.line { json in
      json.member("truth", report.isOfGroups ? "groups" : "pairs")
      json.member("documents", report.documents)
      json.member("units", report.units)
      json.object("families") { $0.append(report.families) }
      if let edges = report.edges { json.object("edges") { $0.append(edges) } }
      append(labels: &json)
      if !report.kinds.isEmpty { append(kinds: &json) }
      json.member("largest_family", report.largestFamily)
      json.member("groups_in_largest_family", report.groupsInLargest)
      if report.isOfGroups {
        json.member("singletons", report.singletons)
        json.member("singletons_kept", report.singletonsKept)
        json.member("groups", report.groups)
        json.member("groups_whole", report.groupsWhole)
      }
      if let stamp { json.member("sidik", stamp) }
    }
  }

  private func append(labels json: inout JSONWriter) {
    json.objects("labels", report.labels) { json, row in
      json.member("label", row.label)
      json.member("pairs", row.count)
      json.member("joined", row.joined)
      if let levels = row.levels {
        json.object("levels") { json in
          for (level, count) in zip(Level.allCases, levels) { json.member(level.rawValue, count) }
        }
      }
    }
  }

  private func append(kinds json: inout JSONWriter) {
    json.objects("kinds", report.kinds) { json, row in
      json.member("kind", row.kind)
      json.member("copies", row.count)
      json.member("joined", row.joined)
      json.member("recall", row.recall, decimals: JSONWriter.scoreDecimals)
      json.member("low", row.interval.lowerBound, decimals: JSONWriter.scoreDecimals)
      json.member("high", row.interval.upperBound, decimals: JSONWriter.scoreDecimals)
    }
  }
}
