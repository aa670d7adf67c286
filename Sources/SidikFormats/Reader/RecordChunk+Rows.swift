import CSidikKernels
import SidikCore

extension RecordChunk {
  /// Parses CSV rows; blank lines are no records.
  func parseCSV(_ delimiter: UInt8, into batch: inout DocumentBatch) throws {
    guard let columns = context.columns else { return }
    let log = ProblemLog(self)
    batch.bytes.reserveCapacity(bytes.count)
    var scanner = CSVScanner(delimiter: delimiter)
    try unsafe bytes.withUnsafeBufferPointer { all in
      var at = 0
      var line = line
      while at < all.count {
        let rest = unsafe UnsafeBufferPointer(rebasing: all[at...])
        unsafe scanner.scan(rest)
        let record = at..<at + scanner.row.next
        if !scanner.isBlank {
          let row = unsafe UnsafeBufferPointer(rebasing: all[record])
          if let reason = unsafe rowFault(scanner, row, columns) {
            try log.quarantine(record, line: line, at: at, reason, &batch)
          } else if try log.repair(record, line: line, nil, &batch) {
            unsafe append(scanner, row, columns, record, line: line, to: &batch)
          }
        }
        line += scanner.row.lines
        at = record.upperBound
      }
    }
  }

  /// Why a row cannot be used; nil if it can.
  private func rowFault(
    _ scanner: CSVScanner,
    _ row: UnsafeBufferPointer<UInt8>,
    _ columns: CSVColumns
  ) -> String? {
    let count = scanner.row.count
    guard let text = columns.column(.text), text < count else {
      return "the row has \(count) columns and ends before `\(columns.textName)`"
    }
    if count > columns.names.count {
      for extra in columns.names.count..<count
      where scanner.fields[extra].end > scanner.fields[extra].start {
        return "the row has \(count) columns, the header \(columns.names.count)"
      }
    }
    return nil
  }

  private func append(
    _ scanner: CSVScanner,
    _ row: UnsafeBufferPointer<UInt8>,
    _ columns: CSVColumns,
    _ record: Range<Int>,
    line: Int,
    to batch: inout DocumentBatch
  ) {
    func field(_ role: FieldRole) -> Range<Int>? {
      guard let column = columns.column(role), column < scanner.row.count else { return nil }
      let found = unsafe scanner.append(column, of: row, to: &batch.bytes)
      return found.isEmpty && role != .text ? nil : found
    }
    let text = field(.text) ?? batch.bytes.count..<batch.bytes.count
    let id = field(.id) ?? batch.appendID(context.name, line: line)
    batch.entries.append(
      DocumentBatch.Entry(
        text: text,
        id: id,
        source: field(.source),
        author: field(.author),
        time: field(.time),
        line: line,
        record: record
      )
    )
    guard let column = columns.column(.text), column < scanner.row.count else { return }
    let place = scanner.fields[column]
    // Quotes stand outside the place of a field.
    let quote = UInt8(ascii: "\"")
    let opens = unsafe place.start > 0 && row[place.start - 1] == quote
    let closes = unsafe opens && place.end < row.count && row[place.end] == quote
    let start = record.lowerBound + place.start - (opens ? 1 : 0)
    let end = record.lowerBound + place.end + (closes ? 1 : 0)
    batch.entries[batch.entries.count - 1].field = start..<end
  }

  /// Parses lines as documents; lines of white space only are none.
  func parseLines(into batch: inout DocumentBatch) throws {
    let log = ProblemLog(self)
    batch.bytes.reserveCapacity(bytes.count * 2)
    var at = 0
    var line = line
    while at < bytes.count {
      let feed = Kernels.firstLineFeed(bytes, at..<bytes.count)
      let record = at..<(feed.map { $0 + 1 } ?? bytes.count)
      var end = feed ?? bytes.count
      if end > at, bytes[end - 1] == 13 { end -= 1 }
      let blank = bytes[at..<end].allSatisfy { FormatSniffer.isSpace($0) }
      if !blank, try log.repair(record, line: line, nil, &batch) {
        let text = batch.append(bytes[at..<end])
        let id = batch.appendID(context.name, line: line)
        batch.entries.append(
          DocumentBatch.Entry(text: text, id: id, line: line, record: record)
        )
      }
      line += 1
      at = record.upperBound
    }
  }

  /// Parses the whole input as one document.
  func parseText(into batch: inout DocumentBatch) throws {
    let record = 0..<bytes.count
    guard try ProblemLog(self).repair(record, line: line, nil, &batch) else { return }
    let text = batch.append(bytes)
    let id = batch.append(context.name.utf8)
    batch.entries.append(DocumentBatch.Entry(text: text, id: id, line: line, record: record))
  }
}
