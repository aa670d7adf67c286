public import SidikCore

extension LinkList {
  /// Reads links from lines: JSON objects, or rows of a, b, verdict, note, by and time.
  ///
  /// Rows have tabs, commas or semicolons between, as the first of them shows; with commas or
  /// semicolons, fields may be quoted. A first row with the names of the fields may give another
  /// order. Lines that begin with # are comments in rows.
  ///
  /// - Parameters:
  ///   - lines: without line feeds, with their numbers from 1; blank ones are passed over.
  ///   - file: the name of the file, for messages.
  /// - Throws: ``SidikError`` at the first line of another form, or where links contradict each
  ///   other.
  public init(lines: [(bytes: [UInt8], number: Int)], file: String) throws(SidikError) {
    var reader = LinkReader(file: file)
    for line in lines { try reader.take(line.bytes, line.number) }
    try self.init(try reader.finish(), file: file)
  }
}

/// Takes the lines of a file of links.
private struct LinkReader {
  private static let names = ["a", "b", "verdict", "note", "by", "time"]

  private let file: String
  private var links: [Link] = []
  private var isJSON: Bool?
  private var delimiter = UInt8(ascii: "\t")
  /// The place of each of the names in a row.
  private var order = Array(0..<6)
  /// A row whose last field is quoted and goes on, and where it began.
  private var open: (bytes: [UInt8], line: Int)?

  init(file: String) { self.file = file }

  mutating func take(_ line: [UInt8], _ number: Int) throws(SidikError) {
    if let begun = open {
      open = nil
      return try takeRow(begun.bytes + [10] + line, begun.line)
    }
    guard let start = line.first(where: { $0 != 32 && $0 != 13 && $0 != 9 }) else { return }
    if isJSON == nil, start == UInt8(ascii: "{") { isJSON = true }
    if isJSON == true { return try takeObject(line, number) }
    if start == UInt8(ascii: "#") { return }
    if isJSON == nil {
      isJSON = false
      if try takeFirst(line, number) { return }
    }
    try takeRow(line, number)
  }

  func finish() throws(SidikError) -> [Link] {
    if let open { throw fault("a quoted field is not closed", open.line) }
    return links
  }

  private func fault(_ reason: String, _ line: Int) -> SidikError {
    SidikError(.data, reason, file: file, line: line)
  }

  // MARK: JSON

  private mutating func takeObject(_ line: [UInt8], _ number: Int) throws(SidikError) {
    guard let value = JSONValue(line), case .object = value else {
      throw fault("is no JSON object", number)
    }
    try append(Self.names.map { value[$0]?.id ?? "" }, number)
  }

  // MARK: Rows

  /// Finds the delimiter; whether the row names the fields.
  private mutating func takeFirst(_ line: [UInt8], _ number: Int) throws(SidikError) -> Bool {
    for character in "\t,;".utf8 {
      delimiter = character
      let fields = (self.fields(line) ?? []).map { Self.trimmed($0).lowercased() }
      let places = Self.names.map { fields.firstIndex(of: $0) ?? -1 }
      if places[..<3].allSatisfy({ $0 >= 0 }) {
        order = places
        return true
      }
      if fields.count >= 3, Link.Verdict(rawValue: fields[2]) != nil { return false }
    }
    throw fault(
      "is no link: a line has a, b and same or different, with tabs or commas between, or is "
        + "{\"a\":…,\"b\":…,\"verdict\":…}",
      number
    )
  }

  private mutating func takeRow(_ line: [UInt8], _ number: Int) throws(SidikError) {
    guard let fields = fields(line) else {
      open = (line, number)
      return
    }
    guard fields.count >= 3 else {
      throw fault("has \(fields.count) fields; a link has a, b and same or different", number)
    }
    try append(order.map { fields.indices.contains($0) ? fields[$0] : "" }, number)
  }

  /// The fields of a row; nil where a quoted one is not closed.
  private func fields(_ line: [UInt8]) -> [String]? {
    let line = line.last == 13 ? line.dropLast() : line[...]
    if delimiter == UInt8(ascii: "\t") {
      return line.split(separator: 9, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    }
    var fields: [[UInt8]] = [[]]
    var isQuoted = false
    var wasQuote = false
    for byte in line {
      defer { wasQuote = byte == UInt8(ascii: "\"") && !wasQuote }
      if byte == UInt8(ascii: "\"") {
        // Two quotes inside a quoted field are one of its characters.
        if !isQuoted, wasQuote { fields[fields.count - 1].append(byte) }
        isQuoted.toggle()
      } else if byte == delimiter, !isQuoted {
        fields.append([])
      } else {
        fields[fields.count - 1].append(byte)
      }
    }
    return isQuoted ? nil : fields.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func trimmed(_ text: String) -> String {
    let blanks: Set<Character> = [" ", "\r"]
    let end = text.lastIndex { !blanks.contains($0) }.map { text.index(after: $0) }
    return String(text[..<(end ?? text.startIndex)].drop { blanks.contains($0) })
  }

  // MARK: Links

  private mutating func append(_ fields: [String], _ line: Int) throws(SidikError) {
    let (a, b) = (fields[0], fields[1])
    guard !a.isEmpty, !b.isEmpty else { throw fault("lacks the id of a document", line) }
    guard a != b else { throw fault("links '\(a)' with itself", line) }
    let word = Self.trimmed(fields[2])
    guard let verdict = Link.Verdict(rawValue: word.lowercased()) else {
      throw fault("the verdict is same or different, not '\(word)'", line)
    }
    var link = Link(a, b, verdict, line: line)
    link.note = fields[3].isEmpty ? nil : fields[3]
    link.by = fields[4].isEmpty ? nil : fields[4]
    link.time = fields[5].isEmpty ? nil : fields[5]
    links.append(link)
  }
}
