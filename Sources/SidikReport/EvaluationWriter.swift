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
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func measures() -> [String] {
    var rows = [["", "families"] + (report.edges == nil ? [] : ["verified pairs"])]
    for estimate in report.families {
      var row = [estimate.name.split(separator: "_").joined(separator: " "), Self.cell(estimate)]
      if let edge = report.edges?.first(where: { $0.name == estimate.name }) {
        row.append(Self.cell(edge))
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
        Self.cell(row.recall, row.interval.lowerBound, row.interval.upperBound),
      ])
    }
    return TextColumns.lines(rows)
  }

  private func largest() -> String {
    "largest family: \(report.largestFamily) documents, with documents of "
      + "\(report.groupsInLargest) \(report.isOfGroups ? "groups" : "parts")"
  }

  private static func cell(_ estimate: Estimate) -> String {
    cell(estimate.value, estimate.low, estimate.high)
  }

  /// `0.9123 [0.8700, 0.9401]`.
  static func cell(_ value: Double, _ low: Double, _ high: Double) -> String {
    "\(TextColumns.fixed(value)) [\(TextColumns.fixed(low)), \(TextColumns.fixed(high))]"
  }

  // MARK: Machines

  /// One JSON object.
  public func json() -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("truth", report.isOfGroups ? "groups" : "pairs")
    json.member("documents", report.documents)
    json.member("units", report.units)
    json.key("families")
    Self.append(report.families, to: &json)
    if let edges = report.edges {
      json.key("edges")
      Self.append(edges, to: &json)
    }
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
    json.endObject()
    json.endLine()
    return json.bytes
  }

  static func append(_ estimates: [Estimate], to json: inout JSONWriter) {
    json.beginObject()
    for estimate in estimates {
      json.key(estimate.name)
      append(estimate, to: &json)
    }
    json.endObject()
  }

  static func append(_ estimate: Estimate, to json: inout JSONWriter) {
    json.beginObject()
    json.member("value", estimate.value, decimals: 6)
    json.member("low", estimate.low, decimals: 6)
    json.member("high", estimate.high, decimals: 6)
    json.endObject()
  }

  private func append(labels json: inout JSONWriter) {
    json.key("labels")
    json.beginArray()
    for row in report.labels {
      json.beginObject()
      json.member("label", row.label)
      json.member("pairs", row.count)
      json.member("joined", row.joined)
      if let levels = row.levels {
        json.key("levels")
        json.beginObject()
        for (level, count) in zip(Level.allCases, levels) { json.member(level.rawValue, count) }
        json.endObject()
      }
      json.endObject()
    }
    json.endArray()
  }

  private func append(kinds json: inout JSONWriter) {
    json.key("kinds")
    json.beginArray()
    for row in report.kinds {
      json.beginObject()
      json.member("kind", row.kind)
      json.member("copies", row.count)
      json.member("joined", row.joined)
      json.member("recall", row.recall, decimals: 6)
      json.member("low", row.interval.lowerBound, decimals: 6)
      json.member("high", row.interval.upperBound, decimals: 6)
      json.endObject()
    }
    json.endArray()
  }
}

/// Cells in columns: the first to the left, the others to the right.
enum TextColumns {
  /// The lines of a table without line feeds.
  static func lines(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + blanks : blanks + cell
      }
      return cells.joined(separator: "  ")
    }
  }

  /// Four decimals, as every score is printed.
  static func fixed(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    let units = Int((abs(value) * 10_000).rounded(.toNearestOrEven))
    let fraction = String(units % 10_000)
    let zeros = String(repeating: "0", count: 4 - fraction.count)
    return (value < 0 && units > 0 ? "-" : "") + "\(units / 10_000)." + zeros + fraction
  }
}
