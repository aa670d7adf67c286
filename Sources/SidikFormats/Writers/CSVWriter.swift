import CSidikKernels
/// Writes CSV rows into bytes (RFC 4180 quoting; rows end in a line feed).
public struct CSVWriter: Sendable {
  /// What was written so far.
  public var bytes: [UInt8] = []
  /// What stands between fields.
  public let delimiter: UInt8
  /// Whether texts that a spreadsheet would run as formulas get an apostrophe before them.
  public let guardsFormulas: Bool
  private var fields = 0
  private var rowStart = 0

  /// An empty writer.
  ///
  /// - Parameters:
  ///   - delimiter: what stands between fields: a comma, or a tab for TSV.
  ///   - guardsFormulas: whether texts that begin with `=`, `+`, `-`, `@`, a tab or a carriage
  ///     return, blanks before them or not, get an apostrophe before them.
  public init(delimiter: UInt8 = UInt8(ascii: ","), guardsFormulas: Bool = false) {
    self.delimiter = delimiter
    self.guardsFormulas = guardsFormulas
  }

  /// The mark by which spreadsheets know UTF-8, to stand before the first row.
  public static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Empties the writer and keeps its memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    fields = 0
    rowStart = 0
  }

  private mutating func separate() {
    if fields > 0 { bytes.append(delimiter) }
    fields += 1
  }

  /// Writes a field.
  public mutating func field(_ text: String) { field(utf8: Array(text.utf8)) }

  /// Writes bytes as a field; those that are not UTF-8 become U+FFFD.
  public mutating func field(utf8 text: [UInt8]) {
    separate()
    let whole = Kernels.utf8Census(text).broken == 0
    let valid = whole ? text : Array(String(decoding: text, as: UTF8.self).utf8)
    Self.append(
      guardsFormulas && Self.isFormula(valid) ? [UInt8(ascii: "'")] + valid : valid,
      delimiter: delimiter,
      to: &bytes
    )
  }

  /// Whether a spreadsheet may take a text for a formula (OWASP, CSV injection).
  private static func isFormula(_ text: [UInt8]) -> Bool {
    guard let first = text.first(where: { $0 != 32 }) else { return false }
    return "=+-@\t\r".utf8.contains(first)
  }

  /// Writes an integer.
  public mutating func field(_ value: Int) {
    separate()
    JSONWriter.appendDecimal(value, to: &bytes)
  }

  /// Writes a number with at most that many decimals; one that is not finite is left empty.
  public mutating func field(_ value: Double, decimals: Int) {
    separate()
    if value.isFinite { JSONWriter.appendDecimal(value, decimals: decimals, to: &bytes) }
  }

  /// Ends the row.
  public mutating func endRow() {
    // A row of one empty field would read as a blank line.
    if bytes.count == rowStart { bytes.append(contentsOf: "\"\"".utf8) }
    bytes.append(10)
    fields = 0
    rowStart = bytes.count
  }

  /// Appends one field, in quotes where it needs them.
  static func append(_ text: [UInt8], delimiter: UInt8, to bytes: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let needsQuotes = text.contains { $0 == quote || $0 == delimiter || $0 == 10 || $0 == 13 }
    guard needsQuotes else {
      bytes.append(contentsOf: text)
      return
    }
    bytes.append(quote)
    for byte in text {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}
