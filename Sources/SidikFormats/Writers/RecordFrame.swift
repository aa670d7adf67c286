import CSidikKernels
import SidikCore

/// What surrounds the records of an output.
struct RecordFrame: Equatable {
  enum Kind: Equatable {
    /// A record a line.
    case lines
    /// The elements of one JSON array.
    case array
    /// JSON objects, a line feed after each.
    case objects
    /// Rows under a header.
    case csv(delimiter: UInt8)
    /// Objects made from records that have no frame of their own.
    case madeJSON
  }

  let kind: Kind
  private let header: [UInt8]
  private let isJSON: Bool

  init(_ context: InputContext, annotates: Bool) {
    var header: [UInt8] = []
    switch context.format {
    case .jsonl: kind = .lines
    case .jsonArray: kind = .array
    case .jsonObjects: kind = .objects
    case .csv(let delimiter):
      kind = .csv(delimiter: delimiter)
      header = Array(context.header[..<Self.contentEnd(context.header)])
    case .text: kind = .madeJSON
    case .lines: kind = annotates ? .madeJSON : .lines
    }
    self.header = header
    isJSON = context.format.isJSON
  }

  /// Whether every record ends in a line feed.
  var endsLines: Bool {
    switch kind {
    case .lines, .csv: true
    case .array, .objects, .madeJSON: false
    }
  }

  /// The name for messages.
  var name: String {
    switch kind {
    case .lines: isJSON ? "JSON Lines" : "lines"
    case .array: "JSON array"
    case .objects: "JSON objects"
    case .csv(let delimiter):
      "CSV with header `\(String(decoding: header.prefix(80), as: UTF8.self))`"
        + (delimiter == 9 ? " and tabs" : "")
    case .madeJSON: "text"
    }
  }

  /// Where a row's or line's content ends: before its line feed and carriage return.
  static func contentEnd(_ bytes: [UInt8]) -> Int {
    var end = bytes.count
    if end > 0, bytes[end - 1] == 10 { end -= 1 }
    if end > 0, bytes[end - 1] == 13 { end -= 1 }
    return end
  }

  static func insert(_ part: [UInt8], at place: Int, of bytes: inout [UInt8]) {
    bytes.replaceSubrange(place..<place, with: part)
  }

  /// An object made from a record: its id, its text and the annotation.
  static func made(
    _ record: FilteredRecord,
    _ annotation: [UInt8]?,
    text: [UInt8]? = nil
  )
    -> [UInt8]
  {
    var json = JSONWriter()
    json.beginObject()
    json.key("id")
    if record.ordinal == nil {
      json.string(record.chunk.context.name)
    } else {
      json.string(utf8: record.id)
    }
    json.key("text")
    let own = record.ordinal == nil ? record.chunk.bytes[record.range] : record.text
    json.string(utf8: text.map { $0[...] } ?? own)
    if let annotation, record.ordinal != nil {
      json.key("sidik")
      json.raw(annotation)
    }
    json.endObject()
    json.endLine()
    return json.bytes
  }

  /// The record's bytes with another text.
  static func rewritten(_ record: FilteredRecord, _ text: [UInt8]) -> [UInt8] {
    let bytes = record.chunk.bytes
    let context = record.chunk.context
    var value: [UInt8] = []
    switch context.format {
    case .csv(let delimiter): CSVWriter.append(text, delimiter: delimiter, to: &value)
    case .jsonl, .jsonArray, .jsonObjects:
      JSONWriter.appendString(text, to: &value)
      if context.encoding == .windows1252 { value = escapedBeyondASCII(value) }
    case .lines, .text:
      // A line is its text and what ends it.
      return text + bytes[record.range].suffix(bytes[record.range].count - record.text.count)
    }
    return Array(
      bytes[record.range.lowerBound..<record.field.lowerBound] + value
        + bytes[record.field.upperBound..<record.range.upperBound]
    )
  }

  /// Adds the member `sidik` at the end of a JSON object; one that is there is replaced.
  static func addMember(_ value: [UInt8], to bytes: inout [UInt8], _ walker: inout JSONWalker) {
    removeMember("sidik", from: &bytes, &walker)
    guard let brace = bytes.lastIndex(of: UInt8(ascii: "}")) else { return }
    var end = brace
    while end > 0, FormatSniffer.isSpace(bytes[end - 1]) { end -= 1 }
    let isEmpty = end > 0 && bytes[end - 1] == UInt8(ascii: "{")
    insert(Array((isEmpty ? "" : ",").utf8) + Array("\"sidik\":".utf8) + value, at: end, of: &bytes)
  }

  private static func removeMember(
    _ name: String,
    from bytes: inout [UInt8],
    _ walker: inout JSONWalker
  ) {
    while true {
      guard unsafe bytes.withUnsafeBufferPointer({ unsafe walker.walk($0) }) else { return }
      let members = walker.members[..<walker.result.count]
      let found = members.firstIndex { member in
        bytes[member.key_start..<member.key_end].elementsEqual(name.utf8)
      }
      guard let found else { return }
      let member = members[found]
      var start = member.key_start - 1
      var end = member.value_end + (member.isString ? 1 : 0)
      if found > 0 {
        while bytes[start - 1] != UInt8(ascii: ",") { start -= 1 }
        start -= 1
      } else if members.count > 1 {
        while bytes[end] != UInt8(ascii: ",") { end += 1 }
        end += 1
      }
      bytes.removeSubrange(start..<end)
    }
  }

  /// Adds a field under the column that follows the header's last.
  static func addColumn(
    _ value: [UInt8],
    to bytes: inout [UInt8],
    _ delimiter: UInt8,
    columns: Int
  ) {
    var scanner = CSVScanner(delimiter: delimiter)
    scanner.scan(bytes, 0..<bytes.count)
    var part = [UInt8](repeating: delimiter, count: 1 + max(0, columns - scanner.row.count))
    CSVWriter.append(value, delimiter: delimiter, to: &part)
    var place = contentEnd(bytes)
    if scanner.row.count > columns {
      // Fields past the header's last are empty; the added one goes before them.
      place = scanner.fields[columns].start - 1
      if place > 0, bytes[place] == UInt8(ascii: "\"") { place -= 1 }
    }
    insert(part, at: place, of: &bytes)
  }

  /// JSON with every character above 127 escaped, for encodings that may lack it.
  static func escapedBeyondASCII(_ json: [UInt8]) -> [UInt8] {
    guard !Kernels.isASCII(json, 0..<json.count) else { return json }
    var output: [UInt8] = []
    for unit in String(decoding: json, as: UTF8.self).utf16 {
      if unit < 0x80 {
        output.append(UInt8(unit))
      } else {
        output.append(UInt8(ascii: "\\"))
        JSONWriter.appendUnit(UInt32(unit), to: &output)
      }
    }
    return output
  }
}
