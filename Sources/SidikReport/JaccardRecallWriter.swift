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
          + "\(TextColumns.cell(row.edges)) with an edge, \(TextColumns.cell(row.joined)) in one family"
      )
    }
    return TextColumns.page(lines)
  }

  /// One JSON object.
  public func json() -> [UInt8] {
    JSONWriter.line { json in
      json.member("measure", recall.measure)
      json.member("unit", recall.unit)
      json.member("bands", recall.bands)
      json.member("documents", recall.documents)
      json.member("distinct_texts", recall.texts)
      json.member("sample", recall.queries)
      json.objects("recall", recall.recalls) { json, row in
        json.member("at_least", row.atLeast, decimals: 4)
        json.member("pairs", row.pairs)
        json.object("edges") { $0.append(row.edges) }
        json.object("families") { $0.append(row.joined) }
      }
      json.objects("bins", recall.bins) { json, bin in
        json.member("from", bin.low, decimals: 4)
        json.member("pairs", bin.pairs)
        json.member("bands", bin.inBands)
        json.member("theory", bin.expected, decimals: 4)
        json.member("edges", bin.edges)
        json.member("families", bin.joined)
      }
      json.member("sidik", provenance.stamp)
    }
  }
}
