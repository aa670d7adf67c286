import CSidikKernels
import SidikCore

/// How many records of a sample are looked at to find the fields.
private let surveyLimit = 200

extension FieldSurvey {
  /// Surveys the JSON records of a sample.
  init(json sample: [UInt8], _ format: InputFormat, whole: Bool) {
    self.init()
    var walker = JSONWalker()
    unsafe sample.withUnsafeBufferPointer { all in
      var at = 0
      while at < all.count, records < surveyLimit {
        guard let end = unsafe Self.recordEnd(all, at, format, whole) else { break }
        let part = unsafe UnsafeBufferPointer(rebasing: all[at..<end])
        if part.count > 1 { addTry() }
        if unsafe walker.walk(part) { unsafe add(walker, part) }
        at = max(end, at + 1)
      }
    }
  }

  private static func recordEnd(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ at: Int,
    _ format: InputFormat,
    _ whole: Bool
  ) -> Int? {
    let rest = unsafe UnsafeBufferPointer(rebasing: bytes[at...])
    if format == .jsonl {
      return unsafe rest.firstIndex(of: 10).map { at + $0 + 1 } ?? (whole ? bytes.count : nil)
    }
    let byte = unsafe rest[0]
    if FormatSniffer.isSpace(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[")
      || byte == UInt8(ascii: "]")
    {
      return at + 1
    }
    var length = 0
    let state = unsafe sidik_json_value_end(rest.baseAddress, rest.count, &length)
    return state == Int32(SIDIK_JSON_PART) ? nil : at + max(1, length)
  }

  private mutating func add(_ walker: JSONWalker, _ record: UnsafeBufferPointer<UInt8>) {
    addRecord()
    for index in 0..<walker.result.count {
      let member = walker.members[index]
      guard member.isString || member.isNumber || member.isArray else { continue }
      var key = unsafe Array(record[member.key_start..<member.key_end])
      if member.key_escaped != 0 {
        var lone = 0
        let kept = unsafe sidik_json_unescape(&key, key.count, &lone)
        key.removeLast(key.count - kept)
      }
      let name = String(decoding: key, as: UTF8.self)
      let bytes = member.value_end - member.value_start
      // An array can be a text only by its known name: its size says nothing.
      if member.isString {
        addString(name, bytes: bytes)
      } else if member.isArray, KnownFields.text.contains(KnownFields.plain(name)) {
        addString(name, bytes: bytes)
      } else if member.isNumber {
        addValue(name)
      }
    }
  }
}

/// The header of a CSV sample and the columns chosen by it.
struct CSVSurvey {
  /// How long the header row is with its terminator (and blank lines before it).
  let headerBytes: Int
  let columns: CSVColumns

  /// Reads the header and looks at the first rows.
  ///
  /// - Throws: ``SidikError`` where the header does not end or a named column is missing.
  init(
    _ sample: [UInt8],
    whole: Bool,
    _ delimiter: UInt8,
    _ mapping: FieldMapping,
    _ file: String
  ) throws {
    var scanner = CSVScanner(delimiter: delimiter)
    var at = 0
    var header: [[UInt8]] = []
    while at < sample.count {
      header = scanner.texts(sample, at..<sample.count)
      at += scanner.row.next
      if !scanner.isBlank { break }
    }
    guard !scanner.isOpen, scanner.isWhole || whole else {
      throw SidikError(.data, "has no CSV header: its first row does not end", file: file, line: 1)
    }
    headerBytes = at
    let names = header.map { String(decoding: $0, as: UTF8.self) }
    var lengths = [Int](repeating: 0, count: names.count)
    var rows = 0
    while at < sample.count, rows < surveyLimit {
      scanner.scan(sample, at..<sample.count)
      // A first row larger than the sample still tells by the part that is there.
      guard scanner.isWhole || whole || rows == 0 else { break }
      for field in 0..<min(scanner.row.count, names.count) {
        lengths[field] += scanner.fields[field].end - scanner.fields[field].start
      }
      at += scanner.row.next
      rows += 1
    }
    let longest = lengths.indices.max { lengths[$0] < lengths[$1] }
    columns = try CSVColumns(mapping, names: names, longest: longest, file: file)
  }
}
