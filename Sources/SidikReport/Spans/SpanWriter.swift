public import SidikCluster
public import SidikFormats

/// How places in texts are counted.
public enum OffsetUnit: String, Sendable, Hashable, CaseIterable {
  /// Unicode scalars, as Python slices.
  case characters
  /// Bytes of UTF-8.
  case utf8
}

/// Writes passages as `Documentation/Formats/spans.md` says.
public struct SpanWriter {
  private let result: SpanResult
  private let provenance: Provenance
  private let offsets: OffsetUnit
  private let showsText: Bool
  private let words: WordReader?

  /// Makes a writer for the passages of one run.
  ///
  /// - Parameters:
  ///   - result: the answer of the run.
  ///   - provenance: what made it.
  ///   - offsets: how places are counted.
  ///   - showsText: whether the wording of both places is written.
  ///   - words: takes the wording apart for its differences, which JSON Lines hold; nil leaves them out.
  public init(
    _ result: SpanResult,
    provenance: Provenance,
    offsets: OffsetUnit,
    showsText: Bool,
    words: WordReader? = nil
  ) {
    self.words = words
    self.result = result
    self.provenance = provenance
    self.offsets = offsets
    self.showsText = showsText
  }

  /// Writes all passages.
  ///
  /// - Parameters:
  ///   - format: JSON Lines, CSV, TSV or a table.
  ///   - width: columns of a table.
  ///   - output: where to.
  /// - Throws: as ``OutputFile/write(_:)``.
  public func write(as format: ResultFormat, width: Int, to output: OutputFile) throws {
    if format == .table {
      try output.write(Array((Self.heading + "\n").utf8))
      for span in result.spans { try output.write(Array((row(span, width) + "\n").utf8)) }
      return
    }
    guard let delimiter = format.delimiter else {
      var json = JSONWriter()
      for span in result.spans {
        json.object { append(span, to: &$0) }
        json.endLine()
        if json.bytes.count > 1 << 16 {
          try output.write(json.bytes)
          json.removeAll()
        }
      }
      try output.write(json.bytes)
      return
    }
    var rows = CSVWriter(delimiter: delimiter)
    var names = ["a", "a_start", "a_end", "b", "b_start", "b_end", "words", "score", "exact"]
    if showsText { names += ["a_text", "b_text"] }
    for name in names + ["sidik"] { rows.field(name) }
    rows.endRow()
    for span in result.spans {
      append(span, to: &rows)
      if rows.bytes.count > 1 << 16 {
        try output.write(rows.bytes)
        rows = CSVWriter(delimiter: delimiter)
      }
    }
    try output.write(rows.bytes)
  }

  private func range(_ place: PassageSpan.Place) -> Range<Int> {
    offsets == .utf8 ? place.bytes : place.characters
  }

  /// One passage as the members of an object.
  private func append(_ span: PassageSpan, to json: inout JSONWriter) {
    for (name, place) in [("a", span.a), ("b", span.b)] {
      json.object(name) { json in
        json.member("id", result.documents.id(place.document))
        json.member("start", range(place).lowerBound)
        json.member("end", range(place).upperBound)
        if showsText {
          json.key("text")
          json.string(utf8: result.text(place))
        }
      }
    }
    json.member("words", min(span.a.words.count, span.b.words.count))
    json.member("score", span.score, decimals: 4)
    json.member("exact", span.isExact)
    if let words {
      json.key("diff")
      json.differences(words.words(of: result.text(span.a)), words.words(of: result.text(span.b)))
    }
    json.member("sidik", provenance.stamp)
  }

  private func append(_ span: PassageSpan, to rows: inout CSVWriter) {
    for place in [span.a, span.b] {
      rows.field(result.documents.id(place.document))
      rows.field(range(place).lowerBound)
      rows.field(range(place).upperBound)
    }
    rows.field(min(span.a.words.count, span.b.words.count))
    rows.field(span.score, decimals: 4)
    rows.field(span.isExact ? "true" : "false")
    if showsText {
      for place in [span.a, span.b] {
        rows.field(String(decoding: result.text(place), as: UTF8.self))
      }
    }
    rows.field(provenance.stamp)
    rows.endRow()
  }

  private static let heading =
    TableCell.left("A", 20) + "  " + TableCell.left("B", 20) + "  "
    + TableCell.right("WORDS", 5) + "  " + TableCell.right("SCORE", 5) + "  PASSAGE"

  private func row(_ span: PassageSpan, _ width: Int) -> String {
    let text = String(decoding: result.text(span.b), as: UTF8.self)
    return [
      TableCell.left(result.documents.id(span.a.document), 20),
      TableCell.left(result.documents.id(span.b.document), 20),
      TableCell.right(String(min(span.a.words.count, span.b.words.count)), 5),
      TableCell.right(TableCell.decimal(span.score), 5),
      TableCell.middle(text, max(24, width - 60)),
    ].joined(separator: "  ")
  }
}
