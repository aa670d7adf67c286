import CSidikKernels

/// Finding the format of an input by its name and its first bytes.
enum FormatSniffer {
  /// What a file name's ending announces.
  enum Ending { case jsonLines, json, csv, tsv, text }

  /// The ending of a name, `.gz` and `.zst` passed over; nil if it says nothing.
  static func knownEnding(_ name: String) -> Ending? {
    var lower = Substring(name.lowercased())
    for packed in [".gz", ".zst", ".zstd"] where lower.hasSuffix(packed) {
      lower = lower.dropLast(packed.count)
      break
    }
    let last = lower.split(separator: "/").last ?? ""
    guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return nil }
    switch last[dot...] {
    case ".jsonl", ".ndjson": return .jsonLines
    case ".json": return .json
    case ".csv": return .csv
    case ".tsv", ".tab": return .tsv
    case ".txt", ".text": return .text
    default: return nil
    }
  }

  /// The format of an input.
  ///
  /// - Parameters:
  ///   - sample: the first bytes, decoded.
  ///   - whole: whether the sample is all there is.
  ///   - name: the name whose ending tells the format.
  ///   - options: what the user asked for, which comes first.
  /// - Returns: the format.
  static func format(
    _ sample: [UInt8],
    whole: Bool,
    name: String?,
    options: InputOptions
  ) -> InputFormat {
    if let format = options.format {
      switch format {
      case .jsonArray: return json(sample, lines: false)
      case .csv(let delimiter):
        if let chosen = options.delimiter { return .csv(delimiter: chosen) }
        guard delimiter == UInt8(ascii: ",") else { return format }
        return .csv(delimiter: DelimiterSniffer(sample, whole: whole).delimiter)
      case .jsonl, .jsonObjects, .text, .lines: return format
      }
    }
    switch name.flatMap(knownEnding) {
    case .jsonLines: return json(sample, lines: true)
    case .json: return json(sample, lines: false)
    case .text: return .text
    case .csv:
      let delimiter = options.delimiter ?? DelimiterSniffer(sample, whole: whole).delimiter
      return .csv(delimiter: delimiter)
    case .tsv:
      let sniffer = DelimiterSniffer(sample, whole: whole, first: UInt8(ascii: "\t"))
      return .csv(delimiter: options.delimiter ?? sniffer.delimiter)
    case nil: return byContent(sample, whole: whole, options: options)
    }
  }

  private static func byContent(
    _ sample: [UInt8],
    whole: Bool,
    options: InputOptions
  ) -> InputFormat {
    let start = firstInk(sample, 0)
    if start < sample.count, sample[start] == UInt8(ascii: "{") {
      return json(sample, lines: false)
    }
    if startsArray(sample, start) { return .jsonArray }
    if let delimiter = options.delimiter { return .csv(delimiter: delimiter) }
    let sniffer = DelimiterSniffer(sample, whole: whole)
    return sniffer.isTable ? .csv(delimiter: sniffer.delimiter) : .text
  }

  /// Which of the JSON framings the bytes have.
  ///
  /// Where the name says JSON Lines (`lines`), a broken first line does not make it something
  /// else.
  private static func json(_ sample: [UInt8], lines: Bool) -> InputFormat {
    let start = firstInk(sample, 0)
    if startsArray(sample, start) { return .jsonArray }
    if lines || start >= sample.count { return .jsonl }
    // An object that ends on its first line, or whose next line begins another: JSON Lines.
    guard let feed = Kernels.firstLineFeed(sample, start..<sample.count) else { return .jsonl }
    if isObject(sample, start..<feed) { return .jsonl }
    let next = feed + 1
    guard next < sample.count, sample[next] == UInt8(ascii: "{"),
      let end = Kernels.firstLineFeed(sample, next..<sample.count),
      isObject(sample, next..<end)
    else { return .jsonObjects }
    return .jsonl
  }

  private static func startsArray(_ sample: [UInt8], _ start: Int) -> Bool {
    guard start < sample.count, sample[start] == UInt8(ascii: "[") else { return false }
    let next = firstInk(sample, start + 1)
    return next >= sample.count || sample[next] == UInt8(ascii: "{")
      || sample[next] == UInt8(ascii: "]")
  }

  private static func isObject(_ sample: [UInt8], _ range: Range<Int>) -> Bool {
    var walker = JSONWalker()
    return unsafe sample.withUnsafeBufferPointer { all in
      unsafe walker.walk(UnsafeBufferPointer(rebasing: all[range]))
    }
  }

  /// The first byte at or after `from` that is not white space.
  static func firstInk(_ bytes: [UInt8], _ from: Int) -> Int {
    var index = from
    while index < bytes.count, isSpace(bytes[index]) { index += 1 }
    return index
  }

  /// Whether a byte is white space to JSON.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 10 || byte == 13 || byte == 9
  }
}

/// Finding the delimiter of a CSV sample, with its quotes in mind.
struct DelimiterSniffer {
  /// The delimiter; a comma where nothing speaks for another.
  private(set) var delimiter = UInt8(ascii: ",")
  /// Whether the bytes look like a table even without a name that says so.
  private(set) var isTable = false

  private static let candidates = [",", ";", "\t", "|"].flatMap { Array($0.utf8) }
  private static let rowLimit = 50

  /// Looks at the first rows.
  ///
  /// - Parameters:
  ///   - sample: the first bytes, decoded.
  ///   - whole: whether the sample is all there is.
  ///   - first: the candidate to prefer.
  init(_ sample: [UInt8], whole: Bool, first: UInt8? = nil) {
    var best = (known: -1, agreement: -1.0, columns: 0)
    for candidate in (first.map { [$0] } ?? []) + Self.candidates {
      guard let found = Self.rows(sample, whole: whole, candidate), found.columns > 1 else {
        continue
      }
      if (found.known, found.agreement, found.columns) > best {
        best = (found.known, found.agreement, found.columns)
        delimiter = candidate
        isTable = found.isTable
      }
    }
    if let first, best.known < 0 { delimiter = first }
  }

  private static func rows(
    _ sample: [UInt8],
    whole: Bool,
    _ delimiter: UInt8
  ) -> (known: Int, agreement: Double, columns: Int, isTable: Bool)? {
    var scanner = CSVScanner(delimiter: delimiter)
    let names = scanner.texts(sample, 0..<sample.count)
    guard scanner.isWhole || whole else { return nil }
    let plain = names.map { KnownFields.plain(String(decoding: $0, as: UTF8.self)) }
    let text = plain.contains { KnownFields.text.contains($0) }
    let roles = FieldRole.allCases.filter { role in
      plain.contains { KnownFields.names(role).contains($0) }
    }
    var at = scanner.row.next
    var rows = 0
    var agree = 0
    while at < sample.count, rows < rowLimit {
      scanner.scan(sample, at..<sample.count)
      guard scanner.isWhole || whole else { break }
      at += scanner.row.next
      if scanner.isBlank { continue }
      rows += 1
      if scanner.row.count == names.count, !scanner.isMessy { agree += 1 }
    }
    let agreement = rows == 0 ? 1 : Double(agree) / Double(rows)
    return (text ? 8 : roles.count, agreement, names.count, text || roles.count > 1)
  }
}
