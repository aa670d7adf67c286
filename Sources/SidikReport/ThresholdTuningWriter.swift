public import SidikEvaluation
internal import SidikFormats

/// Writes the curve over thresholds, for people and for machines.
public struct ThresholdTuningWriter {
  private let tuning: ThresholdTuning
  private let provenance: Provenance
  private let options: String

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - tuning: the curve.
  ///   - provenance: that of the profile that was tuned.
  ///   - options: options of the command line that the rows had in common.
  public init(_ tuning: ThresholdTuning, provenance: Provenance, options: [String]) {
    self.tuning = tuning
    self.provenance = provenance
    let best = tuning.rows[tuning.best]
    let threshold = best.threshold.map { ["--threshold", TuningTable.number($0)] } ?? []
    self.options = (options + threshold + ["--linkage", TuningTable.number(best.linkage)])
      .joined(separator: " ")
  }

  /// A table, for each threshold the linkage that suits the target best, and the choice.
  public func text() -> [UInt8] {
    let hasIndex = tuning.rows.first?.ari != nil
    var rows = [
      ["  threshold", "linkage", "precision", "recall", "f1"] + (hasIndex ? ["ari"] : [])
        + ["families"]
    ]
    for place in tuning.bestOfThresholds {
      let row = tuning.rows[place]
      rows.append(
        [
          (place == tuning.best ? "* " : "  ")
            + (row.threshold.map(TuningTable.number) ?? "profile"),
          TuningTable.number(row.linkage), TextColumns.fixed(row.precision),
          TextColumns.fixed(row.recall), TextColumns.fixed(row.f1),
        ] + (row.ari.map { [TextColumns.fixed($0)] } ?? []) + [String(row.families)]
      )
    }
    var lines = [
      "target: \(tuning.target.name) \(TuningTable.number(tuning.target.value)); "
        + "\(tuning.positives) pairs of the truth belong together", "",
    ]
    lines += TextColumns.lines(rows)
    lines += TuningTable.choice(tuning.estimates, isReached: tuning.isReached, options: options)
    return TextColumns.page(lines)
  }

  /// One JSON object.
  public func json() -> [UInt8] {
    JSONWriter.line { json in
      json.member("tuned", "threshold")
      json.member("target", tuning.target.name)
      json.member("value", tuning.target.value, decimals: 4)
      json.member("reached", tuning.isReached)
      json.member("options", options)
      json.member("positive_pairs", tuning.positives)
      json.member("units", tuning.units)
      json.object("chosen") { json in
        append(tuning.rows[tuning.best], to: &json)
        json.append(tuning.estimates, decimals: 4)
      }
      json.objects("rows", tuning.rows) { json, row in
        append(row, to: &json)
        json.member("precision", row.precision, decimals: 4)
        json.member("recall", row.recall, decimals: 4)
        json.member("f1", row.f1, decimals: 4)
        if let ari = row.ari { json.member("ari", ari, decimals: 4) }
        json.member("families", row.families)
      }
      json.member("sidik", provenance.stamp)
    }
  }

  /// The parameters of a row; no threshold stands for those of the profile.
  private func append(_ row: ThresholdTuning.Row, to json: inout JSONWriter) {
    if let threshold = row.threshold { json.member("threshold", threshold, decimals: 4) }
    json.member("linkage", row.linkage, decimals: 4)
  }

  /// A header and a row a threshold and linkage.
  public func csv() -> [UInt8] {
    var rows = CSVWriter(delimiter: UInt8(ascii: ","))
    for name in [
      "threshold", "linkage", "precision", "recall", "f1", "ari", "families", "chosen",
    ] { rows.field(name) }
    rows.endRow()
    for (place, row) in tuning.rows.enumerated() {
      if let threshold = row.threshold {
        rows.field(threshold, decimals: 4)
      } else {
        rows.field("")
      }
      rows.field(row.linkage, decimals: 4)
      rows.field(row.precision, decimals: 4)
      rows.field(row.recall, decimals: 4)
      rows.field(row.f1, decimals: 4)
      if let ari = row.ari { rows.field(ari, decimals: 4) } else { rows.field("") }
      rows.field(row.families)
      rows.field(place == tuning.best && tuning.isReached ? 1 : 0)
      rows.endRow()
    }
    return rows.bytes
  }
}
