public import SidikCluster
public import SidikFormats

/// Writes passages as `Documentation/Formats/boilerplate.md` says.
public struct BoilerplateWriter {
  private let provenance: Provenance

  /// Makes a writer for the passages of one run.
  public init(provenance: Provenance) { self.provenance = provenance }

  /// Writes all passages.
  ///
  /// - Parameters:
  ///   - boilerplate: the passages in the order in which they are to stand.
  ///   - format: JSON Lines, CSV, TSV or a table.
  ///   - width: columns of a table.
  ///   - output: where to.
  /// - Throws: as ``OutputFile/write(_:)``.
  public func write(
    _ boilerplate: Boilerplate,
    as format: ResultFormat,
    width: Int,
    to output: OutputFile
  ) throws {
    if format == .table {
      for line in table(boilerplate, width: width) { try output.write(Array((line + "\n").utf8)) }
      return
    }
    guard let delimiter = format.delimiter else {
      for passage in boilerplate.passages { try output.write(line(passage)) }
      return
    }
    var rows = CSVWriter(delimiter: delimiter)
    for name in ["source", "place", "documents", "share", "words", "text", "sidik"] {
      rows.field(name)
    }
    rows.endRow()
    for passage in boilerplate.passages {
      rows.field(passage.source ?? "")
      rows.field(passage.place.rawValue)
      rows.field(passage.documents)
      rows.field(passage.share, decimals: 4)
      rows.field(passage.words)
      rows.field(passage.text)
      rows.field(provenance.stamp)
      rows.endRow()
    }
    try output.write(rows.bytes)
  }

  /// One passage as a line of JSON.
  public func line(_ passage: Boilerplate.Passage) -> [UInt8] {
    JSONWriter.line { json in
      json.member("source", passage.source)
      json.member("place", passage.place.rawValue)
      json.member("documents", passage.documents)
      json.member("share", passage.share, decimals: 4)
      json.member("words", passage.words)
      json.member("text", passage.text)
      json.member("sidik", provenance.stamp)
    }
  }

  /// A heading and a line a passage, long passages shown by their ends.
  public func table(_ boilerplate: Boilerplate, width: Int) -> [String] {
    var lines = [Self.row(["SOURCE", "PLACE", "DOCS", "SHARE", "WORDS", "PASSAGE"])]
    for passage in boilerplate.passages {
      lines.append(
        Self.row([
          TableCell.left(passage.source ?? "*", 22),
          passage.place.rawValue,
          String(passage.documents),
          TableCell.decimal(passage.share),
          String(passage.words),
          TableCell.middle(passage.text, max(24, width - 56)),
        ])
      )
    }
    return lines
  }

  private static func row(_ cells: [String]) -> String {
    TableCell.left(cells[0], 22) + "  " + TableCell.left(cells[1], 8) + " "
      + TableCell.right(cells[2], 6) + "  " + TableCell.right(cells[3], 5) + "  "
      + TableCell.right(cells[4], 5) + "  " + cells[5]
  }
}
