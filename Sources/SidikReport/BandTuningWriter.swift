public import SidikEvaluation
internal import SidikFormats
internal import SidikIndex

/// Writes what bands of several shapes find and cost, for people and for machines.
public struct BandTuningWriter {
  private let tuning: BandTuning
  private let provenance: Provenance
  private let options: String

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - tuning: the shapes.
  ///   - provenance: that of the profile that was tuned.
  ///   - options: options of the command line that the choice needs besides.
  public init(_ tuning: BandTuning, provenance: Provenance, options: [String]) {
    self.tuning = tuning
    self.provenance = provenance
    self.options = (options + ["--bands", tuning.rows[tuning.best].shape.name])
      .joined(separator: " ")
  }

  /// A table, a line a shape, and the choice.
  public func text() -> [UInt8] {
    let at = TuningTable.number(tuning.threshold)
    var rows = [["  bands", "recall", "theory", "at J \(at)", "met", "compared"]]
    for (place, row) in tuning.rows.enumerated() {
      rows.append([
        (place == tuning.best ? "* " : "  ") + row.shape.name, TextColumns.fixed(row.recall),
        TextColumns.fixed(row.theory), TextColumns.fixed(row.atThreshold),
        TableCell.decimal(row.met), TableCell.decimal(row.proposed),
      ])
    }
    var lines = [
      "target: recall \(TuningTable.number(tuning.target)) of the pairs from J \(at) on; "
        + "\(tuning.pairs) such pairs counted exactly",
      "\(tuning.documents) documents, \(tuning.texts) distinct texts, pairs of \(tuning.queries) of them; "
        + "met and compared are pairs a text", "",
    ]
    lines += TextColumns.lines(rows)
    lines += TuningTable.choice([tuning.estimate], isReached: tuning.isReached, options: options)
    return TextColumns.page(lines)
  }

  /// One JSON object.
  public func json() -> [UInt8] {
    JSONWriter.line { json in
      json.member("tuned", "bands")
      json.member("target", "recall")
      json.member("value", tuning.target, decimals: 4)
      json.member("reached", tuning.isReached)
      json.member("options", options)
      json.member("threshold", tuning.threshold, decimals: 4)
      json.member("documents", tuning.documents)
      json.member("distinct_texts", tuning.texts)
      json.member("sample", tuning.queries)
      json.member("pairs", tuning.pairs)
      json.object("chosen") { json in
        append(tuning.rows[tuning.best].shape, to: &json)
        json.append([tuning.estimate], decimals: 4)
      }
      json.objects("shapes", tuning.rows) { json, row in
        append(row.shape, to: &json)
        json.member("recall", row.recall, decimals: 4)
        json.member("theory", row.theory, decimals: 4)
        json.member("at_threshold", row.atThreshold, decimals: 4)
        json.member("met", row.met, decimals: 4)
        json.member("compared", row.proposed, decimals: 4)
      }
      json.member("sidik", provenance.stamp)
    }
  }

  private func append(_ shape: BandParameters, to json: inout JSONWriter) {
    json.member("bands", shape.bands)
    json.member("rows", shape.rows)
  }

  /// A header and a row a shape.
  public func csv() -> [UInt8] {
    var rows = CSVWriter(delimiter: UInt8(ascii: ","))
    for name in [
      "bands", "rows", "recall", "theory", "at_threshold", "met", "compared", "chosen",
    ] { rows.field(name) }
    rows.endRow()
    for (place, row) in tuning.rows.enumerated() {
      rows.field(row.shape.bands)
      rows.field(row.shape.rows)
      rows.field(row.recall, decimals: 4)
      rows.field(row.theory, decimals: 4)
      rows.field(row.atThreshold, decimals: 4)
      rows.field(row.met, decimals: 4)
      rows.field(row.proposed, decimals: 4)
      rows.field(place == tuning.best && tuning.isReached ? 1 : 0)
      rows.endRow()
    }
    return rows.bytes
  }
}
