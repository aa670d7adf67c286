/// Documents as a reader hands them to the pipeline: flat bytes and ranges into them.
///
/// One batch is filled and emptied many times by one worker, so that no document costs an
/// allocation of its own.
///
/// ```
/// bytes    | text of 0 | id of 0 | source of 0 | text of 1 | id of 1 | ...
/// entries  [ (text: r, id: r, source: r?, author: r?, time: r?, line, record: r), ... ]
/// ```
public struct DocumentBatch: Sendable {
  /// One document: where its fields stand in ``DocumentBatch/bytes``.
  public struct Entry: Sendable, Hashable {
    /// The text, UTF-8 except for bytes that were broken in the input: those stay as they
    /// were and the normaliser turns each into a break.
    public var text: Range<Int>
    /// The id: the record's own, or `name:line` where it has none.
    public var id: Range<Int>
    /// Where it was published, if the record says so.
    public var source: Range<Int>?
    /// Who published it, if the record says so.
    public var author: Range<Int>?
    /// When, as the record says it (see ``Timestamp``).
    public var time: Range<Int>?
    /// The 1-based line of the file at which the record begins.
    public var line: Int
    /// The record's own bytes in the chunk it came from, terminator included.
    public var record: Range<Int>
    /// Where the text stands in the chunk as it is written there, quotes included; empty where
    /// the whole record is the text.
    public var field = 0..<0

    /// Makes an entry from ranges into the batch.
    public init(
      text: Range<Int>,
      id: Range<Int>,
      source: Range<Int>? = nil,
      author: Range<Int>? = nil,
      time: Range<Int>? = nil,
      line: Int,
      record: Range<Int>
    ) {
      self.text = text
      self.id = id
      self.source = source
      self.author = author
      self.time = time
      self.line = line
      self.record = record
    }
  }

  /// The bytes that the entries' ranges point into.
  public var bytes: [UInt8] = []
  /// The documents, in input order.
  public var entries: [Entry] = []
  /// What was wrong with records of this chunk, in input order.
  public var problems: [RecordProblem] = []

  /// An empty batch.
  public init() {}

  /// Empties the batch and keeps its memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    problems.removeAll(keepingCapacity: true)
  }

  /// Appends bytes and returns where they stand.
  public mutating func append(_ part: some Collection<UInt8>) -> Range<Int> {
    let start = bytes.count
    bytes.append(contentsOf: part)
    return start..<bytes.count
  }

  /// The string a range stands for, broken bytes replaced by U+FFFD.
  public func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

/// Something wrong with one record, and what was done about it.
public struct RecordProblem: Sendable, Hashable {
  /// What became of the record.
  public enum Outcome: Sendable, Hashable {
    /// The record was used after that many bytes were repaired.
    case repaired(bytes: Int)
    /// The record was set aside whole; its bytes stand at this range of the chunk.
    case quarantined(record: Range<Int>)
  }

  /// The file as the user named it; `-` is standard input.
  public var file: String
  /// The 1-based line at which the record begins.
  public var line: Int
  /// The 0-based offset of the fault in the decompressed file, in bytes.
  public var offset: Int
  /// What is wrong, in a few words.
  public var reason: String
  /// What was done.
  public var outcome: Outcome

  /// Whether the record was set aside.
  public var isQuarantined: Bool {
    if case .quarantined = outcome { true } else { false }
  }

  /// Makes a problem report.
  public init(file: String, line: Int, offset: Int, reason: String, outcome: Outcome) {
    self.file = file
    self.line = line
    self.offset = offset
    self.reason = reason
    self.outcome = outcome
  }
}

/// A run of whole records, cut by a reader and parsed by any worker.
public protocol DocumentChunk: Sendable {
  /// The size of the chunk's raw bytes.
  var byteCount: Int { get }
  /// Parses the records into `batch`, which is emptied first.
  ///
  /// - Parameter batch: receives the documents and the problems, in input order.
  /// - Throws: ``SidikError`` where the run must end (`--on-error fail`).
  func parse(into batch: inout DocumentBatch) throws
}

/// Where documents come from: files, folders, standard input, memory.
public protocol DocumentSource: AnyObject {
  /// The next chunk in input order, or nil at the end.
  ///
  /// - Returns: a run of whole records.
  /// - Throws: ``SidikError`` where the input cannot be read.
  func nextChunk() throws -> (any DocumentChunk)?
}
