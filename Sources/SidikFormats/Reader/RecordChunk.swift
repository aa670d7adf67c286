import CSidikKernels
public import SidikCore

/// What is settled about an input before its first record.
public final class InputContext: Sendable {
  /// The file as the user named it; `-` is standard input.
  public let file: String
  /// The name in ids made from it.
  public let name: String
  /// How records are framed.
  public let format: InputFormat
  /// How characters are encoded.
  public let encoding: TextEncoding
  /// The byte order mark that the input begins with, in its own bytes.
  public let mark: [UInt8]
  /// The CSV header row with its terminator, decoded.
  public let header: [UInt8]

  let columns: CSVColumns?
  let fields: JSONFields?
  let policy: ErrorPolicy

  init(
    _ input: InputFile,
    format: InputFormat,
    encoding: TextEncoding,
    mark: [UInt8],
    header: [UInt8] = [],
    columns: CSVColumns? = nil,
    fields: JSONFields? = nil,
    policy: ErrorPolicy
  ) {
    file = input.path
    name = input.name
    self.format = format
    self.encoding = encoding
    self.mark = mark
    self.header = header
    self.columns = columns
    self.fields = fields
    self.policy = policy
  }

  /// The same with another encoding, once the first byte above 127 has shown it.
  init(_ other: InputContext, encoding: TextEncoding) {
    file = other.file
    name = other.name
    format = other.format
    self.encoding = encoding
    mark = other.mark
    header = other.header
    columns = other.columns
    fields = other.fields
    policy = other.policy
  }
}

/// A run of whole records of one input, in one piece of memory.
///
/// ``bytes`` are the input's own bytes after decompression, as UTF-8: those of UTF-8 inputs as
/// they stand (broken ones too), those of others decoded so that
/// ``TextEncoding/encode(_:_:onto:)`` gives the original bytes back exactly.
public struct RecordChunk: DocumentChunk {
  /// What the bytes are.
  enum Content: Sendable {
    /// Whole records.
    case records
    /// One record that cannot be read, and where its fault stands.
    case broken(reason: String, at: Int)
    /// More bytes of the broken record before it.
    case continuation
  }

  /// What is settled about the input.
  public let context: InputContext
  /// The records, decoded.
  public let bytes: [UInt8]
  /// The 1-based line at which the chunk begins.
  public let line: Int
  /// The offset of the chunk in the decompressed input, in bytes of its own encoding.
  public let offset: Int

  let content: Content

  /// The file as the user named it; `-` is standard input.
  public var file: String { context.file }
  /// How records are framed.
  public var format: InputFormat { context.format }
  /// The size of the chunk.
  public var byteCount: Int { bytes.count }

  /// The original bytes of a part of the chunk, in the input's own encoding.
  ///
  /// - Parameter range: a range in ``bytes``, such as ``DocumentBatch/Entry/record``.
  /// - Returns: the bytes.
  public func original(_ range: Range<Int>) -> [UInt8] {
    var output: [UInt8] = []
    context.encoding.encode(bytes, range, onto: &output)
    return output
  }

  /// Parses the records into `batch`, which is emptied first.
  ///
  /// - Parameter batch: receives the documents and the problems, in input order.
  /// - Throws: ``SidikError`` at the first damage under ``ErrorPolicy/fail``.
  public func parse(into batch: inout DocumentBatch) throws {
    batch.removeAll()
    switch content {
    case .continuation: return
    case .broken(let reason, let at):
      try ProblemLog(self).quarantine(0..<bytes.count, line: line, at: at, reason, &batch)
    case .records:
      switch format {
      case .jsonl, .jsonArray, .jsonObjects: try parseJSON(into: &batch)
      case .csv(let delimiter): try parseCSV(delimiter, into: &batch)
      case .lines: try parseLines(into: &batch)
      case .text: try parseText(into: &batch)
      }
    }
  }
}

/// Writes down what is wrong with records, as the policy has it.
struct ProblemLog {
  private let chunk: RecordChunk
  private let anyBroken: Bool

  /// Looks through the chunk once, so that clean chunks cost no more.
  init(_ chunk: RecordChunk) {
    self.chunk = chunk
    anyBroken = Kernels.utf8Census(chunk.bytes).broken > 0
  }

  /// The offset in the input's own bytes of a place in the chunk.
  private func offset(_ place: Int) -> Int {
    chunk.offset + chunk.context.encoding.encodedCount(chunk.bytes, 0..<place)
  }

  /// Sets a record aside.
  ///
  /// - Throws: under ``ErrorPolicy/fail``.
  func quarantine(
    _ record: Range<Int>,
    line: Int,
    at place: Int,
    _ reason: String,
    _ batch: inout DocumentBatch
  ) throws {
    if chunk.context.policy == .fail {
      throw SidikError(.data, reason, file: chunk.file, line: line, offset: offset(place))
    }
    batch.problems.append(
      RecordProblem(
        file: chunk.file,
        line: line,
        offset: offset(place),
        reason: reason,
        outcome: .quarantined(record: record)
      )
    )
  }

  /// Deals with what is damaged but can be read.
  ///
  /// - Parameters:
  ///   - record: where the record stands in the chunk.
  ///   - line: the line at which it begins.
  ///   - found: how many bytes are known to be damaged besides those that are not UTF-8, and
  ///     where the first of them stands.
  ///   - batch: receives the problem.
  /// - Returns: whether the record is still to be used.
  /// - Throws: under ``ErrorPolicy/fail``.
  func repair(
    _ record: Range<Int>,
    line: Int,
    _ found: (bytes: Int, at: Int, reason: String)?,
    _ batch: inout DocumentBatch
  ) throws -> Bool {
    var (bytes, place, reason) = found ?? (0, record.lowerBound, "")
    if anyBroken {
      let census = Kernels.utf8Census(chunk.bytes, record)
      if census.broken > 0 {
        place =
          bytes > 0
          ? min(place, record.lowerBound + census.first) : record.lowerBound + census.first
        reason = chunk.context.encoding.isUTF16 ? "lone surrogates" : "bytes that are not UTF-8"
        bytes += census.broken
      }
    }
    guard bytes > 0 else { return true }
    guard chunk.context.policy == .repair else {
      try quarantine(record, line: line, at: place, reason, &batch)
      return false
    }
    batch.problems.append(
      RecordProblem(
        file: chunk.file,
        line: line,
        offset: offset(place),
        reason: reason,
        outcome: .repaired(bytes: bytes)
      )
    )
    return true
  }
}

extension DocumentBatch {
  /// Appends an id made from the input's name and a line.
  mutating func appendID(_ name: String, line: Int) -> Range<Int> {
    let start = bytes.count
    bytes.append(contentsOf: name.utf8)
    bytes.append(UInt8(ascii: ":"))
    JSONWriter.appendDecimal(line, to: &bytes)
    return start..<bytes.count
  }
}
