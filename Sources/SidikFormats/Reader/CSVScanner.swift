import CSidikKernels
import SidikCore

/// The fields of one CSV row, found by one scan over its bytes.
@safe
struct CSVScanner {
  /// The fields of the last row; only the first `row.count` count.
  private(set) var fields = [sidik_csv_field](repeating: sidik_csv_field(), count: 64)
  /// The last row.
  private(set) var row = sidik_csv_row()
  let delimiter: UInt8

  init(delimiter: UInt8) { self.delimiter = delimiter }

  /// Scans the row that begins the bytes; field offsets are relative to them.
  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
    while true {
      let room = fields.count
      unsafe fields.withUnsafeMutableBufferPointer { list in
        unsafe sidik_csv_scan_row(
          bytes.baseAddress,
          bytes.count,
          delimiter,
          list.baseAddress,
          room,
          &row
        )
      }
      guard row.count > room else { return }
      fields = [sidik_csv_field](repeating: sidik_csv_field(), count: row.count * 2)
    }
  }

  /// Scans the row that begins a part of `bytes`.
  mutating func scan(_ bytes: [UInt8], _ range: Range<Int>) {
    unsafe bytes.withUnsafeBufferPointer { all in
      unsafe scan(UnsafeBufferPointer(rebasing: all[range]))
    }
  }

  /// Whether the row ends with a line feed.
  var isWhole: Bool { row.ending == Int32(SIDIK_CSV_WHOLE) }
  /// Whether the bytes ran out inside quotes.
  var isOpen: Bool { row.ending == Int32(SIDIK_CSV_OPEN_QUOTE) }
  /// Whether the row is an empty line.
  var isBlank: Bool {
    row.count == 1 && fields[0].end == fields[0].start && fields[0].kind == 0
      && fields[0].start == 0
  }

  /// Whether a quote stands where it should not: a sign of the wrong delimiter.
  var isMessy: Bool { fields[..<row.count].contains { $0.kind == UInt8(SIDIK_CSV_MESSY) } }

  /// Appends the text of a field of the last row.
  func append(
    _ field: Int,
    of bytes: UnsafeBufferPointer<UInt8>,
    to output: inout [UInt8]
  ) -> Range<Int> {
    let found = fields[field]
    let part = unsafe UnsafeBufferPointer(rebasing: bytes[found.start..<found.end])
    let start = output.count
    unsafe output.append(contentsOf: part)
    if found.kind != UInt8(SIDIK_CSV_PLAIN) {
      let messy: Int32 = found.kind == UInt8(SIDIK_CSV_MESSY) ? 1 : 0
      let kept = unsafe output.withUnsafeMutableBufferPointer { all in
        let field = unsafe UnsafeMutableBufferPointer(rebasing: all[start...])
        return unsafe sidik_csv_unquote(field.baseAddress, field.count, messy)
      }
      output.removeLast(output.count - start - kept)
    }
    return start..<output.count
  }

  /// The texts of all fields of the row that begins a part of `bytes`.
  mutating func texts(_ bytes: [UInt8], _ range: Range<Int>) -> [[UInt8]] {
    scan(bytes, range)
    return unsafe bytes.withUnsafeBufferPointer { all in
      let part = unsafe UnsafeBufferPointer(rebasing: all[range])
      return (0..<row.count).map { field in
        var text: [UInt8] = []
        _ = unsafe append(field, of: part, to: &text)
        return text
      }
    }
  }
}
