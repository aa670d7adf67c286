public import SidikEvaluation
internal import SidikFormats

/// Writes the recall by exact similarity, for people and for machines.
public struct JaccardRecallWriter {
  private let recall: JaccardRecall
  private let provenance: Provenance

  /// Makes a writer.
  public init(_ recall: JaccardRecall, provenance: Provenance) {
    self.recall = recall
    self.provenance = provenance
  }

  /// A table: a line a bin, then the recall from each threshold on.
  public func text() -> [UInt8] {
    let isJaccard = recall.measure == "jaccard"
    var rows = [
      [recall.measure, "pairs"]
        + (isJaccard ? ["bands \(recall.bands)", "theory"] : []) + ["edges", "families"]
    ]
    for bin in recall.bins where bin.pairs > 0 {
      let pairs = Double(bin.pairs)
      rows.append(
        [TextColumns.fixed(bin.low) + " -", String(bin.pairs)]
          + (isJaccard
            ? [
              TextColumns.fixed(Double(bin.inBands) / pairs),
              TextColumns.fixed(bin.expected / pairs),
            ] : [])
          + [
            TextColumns.fixed(Double(bin.edges) / pairs),
            TextColumns.fixed(Double(bin.joined) / pairs),
          ]
      )
    }
    var lines = [
      "\(recall.documents) documents, \(recall.texts) distinct texts; pairs of \(recall.queries) "
        + "of them counted exactly over \(recall.unit)", "",
    ]
    lines += TextColumns.lines(rows)
    for row in recall.recalls {
      lines.append("")
      lines.append(
        "of \(row.pairs) pairs from \(TextColumns.fixed(row.atLeast)) on: "
          + "\(Self.cell(row.edges)) with an edge, \(Self.cell(row.joined)) in one family"
      )
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func cell(_ estimate: Estimate) -> String {
    EvaluationWriter.cell(estimate.value, estimate.low, estimate.high)
  }

  /// One JSON object.
  public func json() -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("measure", recall.measure)
    json.member("unit", recall.unit)
    json.member("bands", recall.bands)
    json.member("documents", recall.documents)
    json.member("distinct_texts", recall.texts)
    json.member("sample", recall.queries)
    json.key("recall")
    json.beginArray()
    for row in recall.recalls {
      json.beginObject()
      json.member("at_least", row.atLeast, decimals: 4)
      json.member("pairs", row.pairs)
      json.key("edges")
      EvaluationWriter.append(row.edges, to: &json)
      json.key("families")
      EvaluationWriter.append(row.joined, to: &json)
      json.endObject()
    }
    json.endArray()
    json.key("bins")
    json.beginArray()
    for bin in recall.bins {
      json.beginObject()
      json.member("from", bin.low, decimals: 4)
      json.member("pairs", bin.pairs)
      json.member("bands", bin.inBands)
      json.member("theory", bin.expected, decimals: 4)
      json.member("edges", bin.edges)
      json.member("families", bin.joined)
      json.endObject()
    }
    json.endArray()
    json.member("sidik", provenance.stamp)
    json.endObject()
    json.endLine()
    return json.bytes
  }
}
