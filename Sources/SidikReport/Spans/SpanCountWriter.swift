public import SidikCluster
public import SidikFormats

/// Writes how often wording stands, as `Documentation/Formats/spans.md` says.
public struct SpanCountWriter {
  private let result: SpanResult
  private let provenance: Provenance
  private let offsets: OffsetUnit

  /// Makes a writer for the counts of one run.
  public init(_ result: SpanResult, provenance: Provenance, offsets: OffsetUnit) {
    self.result = result
    self.provenance = provenance
    self.offsets = offsets
  }

  /// Writes all counts.
  ///
  /// - Parameters:
  ///   - format: JSON Lines, CSV, TSV or a table.
  ///   - width: columns of a table.
  ///   - output: where to.
  /// - Throws: as ``OutputFile/write(_:)``.
  public func write(as format: ResultFormat, width: Int, to output: OutputFile) throws {
    if format == .table {
      let heading = ["DOCS", "PLACES", "WORDS"].map { TableCell.right($0, 6) } + ["PASSAGE"]
      try output.write(Array((heading.joined(separator: "  ") + "\n").utf8))
      for count in result.counts {
        let cells = [count.documents, count.places, count.first.words.count].map {
          TableCell.right(String($0), 6)
        }
        let text = TableCell.middle(text(count), max(24, width - 26))
        try output.write(Array(((cells + [text]).joined(separator: "  ") + "\n").utf8))
      }
      return
    }
    guard let delimiter = format.delimiter else {
      for count in result.counts { try output.write(line(count)) }
      return
    }
    var rows = CSVWriter(delimiter: delimiter)
    for name in ["documents", "places", "words", "id", "start", "end", "text", "sidik"] {
      rows.field(name)
    }
    rows.endRow()
    for count in result.counts {
      rows.field(count.documents)
      rows.field(count.places)
      rows.field(count.first.words.count)
      rows.field(result.documents.id(count.first.document))
      rows.field(range(count).lowerBound)
      rows.field(range(count).upperBound)
      rows.field(text(count))
      rows.field(provenance.stamp)
      rows.endRow()
    }
    try output.write(rows.bytes)
  }

  private func range(_ count: SpanCount) -> Range<Int> {
    offsets == .utf8 ? count.first.bytes : count.first.characters
  }

  private func text(_ count: SpanCount) -> String {
    String(decoding: result.text(count.first), as: UTF8.self)
  }

  private func line(_ count: SpanCount) -> [UInt8] {
    JSONWriter.line { json in
      json.member("documents", count.documents)
      json.member("places", count.places)
      json.member("words", count.first.words.count)
      json.object("first") { json in
        json.member("id", result.documents.id(count.first.document))
        json.member("start", range(count).lowerBound)
        json.member("end", range(count).upperBound)
      }
      json.member("text", text(count))
      json.member("sidik", provenance.stamp)
    }
  }
}
