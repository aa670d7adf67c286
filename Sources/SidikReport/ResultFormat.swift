/// How results are written.
public enum ResultFormat: String, Sendable, Hashable, CaseIterable {
  /// One JSON object a line.
  case jsonl
  /// Comma-separated values with a header.
  case csv
  /// Tab-separated values with a header.
  case tsv
  /// A table for people.
  case table

  /// The delimiter of the separated formats.
  var delimiter: UInt8? {
    switch self {
    case .csv: UInt8(ascii: ",")
    case .tsv: UInt8(ascii: "\t")
    case .jsonl, .table: nil
    }
  }
}
