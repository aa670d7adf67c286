import Sidik

/// What was wrong with records, told in a few lines however much it was.
struct ProblemReport {
  private static let mostNamed = 20

  private var setAside: [RecordProblem] = []
  private var firstRepaired: RecordProblem?
  private var repaired = 0
  /// How many records were set aside.
  private(set) var quarantined = 0

  /// Counts problems in the order they came.
  mutating func add(_ problems: [RecordProblem]) {
    for problem in problems {
      if problem.isQuarantined {
        quarantined += 1
        if setAside.count < Self.mostNamed { setAside.append(problem) }
      } else {
        repaired += 1
        if firstRepaired == nil { firstRepaired = problem }
      }
    }
  }

  /// Says it on standard error; that records were set aside is said even where quiet is asked for.
  ///
  /// - Parameters:
  ///   - repairedBytes: bytes of texts that were no UTF-8.
  ///   - isQuiet: whether repairs are passed over.
  ///   - isKept: whether a quarantine file has what was set aside.
  func write(repairedBytes: Int = 0, isQuiet: Bool, isKept: Bool) {
    if !isQuiet, let line = repairs(repairedBytes) { Console.warning(line) }
    for problem in setAside {
      Console.warning(
        "\(problem.file):\(problem.line): byte \(problem.offset): \(problem.reason); set aside"
      )
    }
    if quarantined > setAside.count {
      let hint = isKept ? "" : " (--quarantine FILE keeps them all)"
      Console.warning("and \(quarantined - setAside.count) more records set aside\(hint)")
    }
  }

  private func repairs(_ bytes: Int) -> String? {
    guard let first = firstRepaired else {
      return bytes > 0 ? "\(bytes) bytes of texts were no UTF-8; each became a word break" : nil
    }
    return
      "\(Console.counted(repaired, "record was", "records were")) repaired, the first at "
      + "\(first.file):\(first.line): byte \(first.offset): \(first.reason)"
  }
}

/// Where records that were set aside are kept: one JSON object a record.
final class QuarantineFile {
  private let output: OutputFile

  init(_ output: OutputFile) { self.output = output }

  /// Goes through the inputs once more and writes what was set aside.
  func write(_ reader: InputReader) throws {
    var isOpen = false
    try RecordFilter(reader.secondPass()).forEach { record in
      if !record.isContinuation {
        if isOpen { try output.write(Array("\"}\n".utf8)) }
        isOpen = record.problem != nil
      }
      guard isOpen else { return }
      if let problem = record.problem { try output.write(Self.opening(problem)) }
      // An over-long record comes in pieces, which are one string here.
      var piece = JSONWriter()
      piece.string(utf8: record.chunk.original(record.range))
      try output.write(piece.bytes.dropFirst().dropLast())
    }
    if isOpen { try output.write(Array("\"}\n".utf8)) }
    try output.finish()
  }

  /// The beginning of a line, up to the opening quote of the record.
  private static func opening(_ problem: RecordProblem) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("file", problem.file)
    json.member("line", problem.line)
    json.member("offset", problem.offset)
    json.member("reason", problem.reason)
    json.key("record")
    return json.bytes + [UInt8(ascii: "\"")]
  }
}
