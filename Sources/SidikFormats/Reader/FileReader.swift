import SidikCore

/// Cuts one input into chunks of whole records.
///
/// How the bytes arrive never shows in the records: a chunk ends where a record ends, and what
/// is settled about the input is settled by the first ``DecodedInput/sampleBytes``.
final class FileReader {
  /// Where the next chunk may end.
  enum Cut {
    /// Whole records up to here.
    case records(end: Int)
    /// One record up to here that cannot be read.
    case broken(end: Int, reason: String, at: Int)
    /// One record that is longer than allowed, which goes on past the buffer.
    case endless(reason: String, at: Int, Remainder)
    /// Nothing to be decided without more bytes.
    case more
    /// The end of the input.
    case end
  }

  /// Where a record ends that is not read whole.
  enum Remainder {
    case lineFeed
    /// The next line that begins with an opening brace.
    case nextObject
    case input
  }

  private(set) var context: InputContext
  /// What was found out, in the order it was found.
  var notes: [InputNote] = []
  /// Whether any document or broken record was given.
  private(set) var gaveAny = false

  let options: InputOptions
  let chunkBytes: Int
  var buffer: [UInt8] = []
  /// Where in ``buffer`` the next record begins.
  var head = 0
  /// How many bytes after ``head`` are known to hold no line feed.
  var searched = 0
  /// Whether ``buffer`` holds all that is left.
  private(set) var atEnd = false
  /// What a CSV or JSON framer remembers between cuts.
  var framing = FramingState()

  private let input: InputFile
  private let decoded: DecodedInput
  private var fault: (any Error)?
  private var line = 1
  private var offset = 0
  private var remainder: Remainder?
  private var notedOddByte = false
  private var isLive: Bool { options.waitForLiveInput != nil }

  /// What files of `sketch --shard` begin with.
  private static let shardMagic = Array("SIDIKSHD".utf8)

  /// Opens an input and settles its encoding, format and fields.
  ///
  /// - Throws: ``SidikError`` where it cannot be opened or is not what it should be.
  init(_ input: InputFile, _ source: DescriptorInput, options: InputOptions) throws {
    self.input = input
    self.options = options
    chunkBytes = max(1, min(options.chunkBytes, options.maxRecordBytes))
    let compression = Compression(magic: try source.peek(4))
    decoded = try DecodedInput(
      compression.decompressed(source, file: input.path),
      options,
      file: input.path
    )
    offset = decoded.mark.count
    context = InputContext(
      input,
      format: .text,
      encoding: decoded.encoding ?? .utf8,
      mark: decoded.mark,
      policy: options.onError
    )
    read(options.sampleBytes)
    // The first line of a live input tells what it is.
    while isLive, !atEnd, Kernels.firstLineFeed(buffer, 0..<buffer.count) == nil {
      read(chunkBytes)
    }
    try settle(compression)
  }

  /// Whether the input has no bytes at all.
  private(set) var isEmpty = false

  private func settle(_ compression: Compression) throws {
    isEmpty = buffer.isEmpty && fault == nil
    guard !isEmpty else {
      notes.append(InputNote(file: input.path, kind: .empty, "is empty"))
      return
    }
    guard !buffer.starts(with: Self.shardMagic) else {
      throw SidikError(.usage, "is a shard of sketches, which only cluster takes", file: input.path)
    }
    let format = FormatSniffer.format(
      buffer,
      whole: atEnd,
      name: input.typedName,
      options: options
    )
    var header = 0
    var columns: CSVColumns?
    var fields: JSONFields?
    var summary = ""
    if case .csv(let delimiter) = format {
      let survey = try CSVSurvey(buffer, whole: atEnd, delimiter, options.fields, input.path)
      header = survey.headerBytes
      columns = survey.columns
      summary = survey.columns.summary
      for role in FieldRole.allCases where survey.columns.column(role) == nil {
        guard let wanted = options.fields.name(of: role) else { continue }
        notes.append(
          InputNote(file: input.path, kind: .warning, "has no column `\(wanted)` (\(role.name))")
        )
      }
    } else if format.isJSON {
      var survey = FieldSurvey(json: buffer, format, whole: atEnd)
      // A first record larger than the sample is still to be looked at.
      while survey.tried == 0, !atEnd, buffer.count < options.maxRecordBytes {
        read(buffer.count)
        survey = FieldSurvey(json: buffer, format, whole: atEnd)
      }
      let choice = JSONFields(options.fields, survey)
      fields = choice
      summary = choice.summary
    }
    context = InputContext(
      input,
      format: format,
      encoding: context.encoding,
      mark: context.mark,
      header: Array(buffer[..<header]),
      columns: columns,
      fields: fields,
      policy: options.onError
    )
    advance(header)
    noteChoice(compression, summary)
  }

  private func noteChoice(_ compression: Compression, _ summary: String) {
    var parts: [String] = []
    switch context.format {
    case .jsonl: parts.append("JSON Lines")
    case .jsonArray: parts.append("JSON array")
    case .jsonObjects: parts.append("JSON objects")
    case .csv(let delimiter):
      let shown = delimiter == 9 ? "tab" : "'\(Unicode.Scalar(delimiter))'"
      parts.append("CSV with \(shown)")
    case .lines: parts.append("a document a line")
    case .text:
      let isStream = input.isStandardInput && input.size == nil && options.format == nil
      parts.append(isStream ? "text, one document (--lines: a document a line)" : "text")
    }
    if let name = compression.name { parts.append(name) }
    parts.append(context.encoding.name + (context.mark.isEmpty ? "" : " with BOM"))
    if !summary.isEmpty { parts.append(summary) }
    notes.append(
      InputNote(file: input.path, kind: .detected, parts.joined(separator: ", "))
    )
  }

  /// The next chunk; nil at the end.
  ///
  /// - Throws: the fault of the stream, after all records before it were given.
  func nextChunk() throws -> RecordChunk? {
    guard !isEmpty else { return nil }
    while true {
      if let remainder {
        if let chunk = nextPiece(remainder) { return chunk }
        continue
      }
      if isLive {
        if head == buffer.count { read(chunkBytes) }
      } else {
        while !atEnd, buffer.count - head < chunkBytes { read(chunkBytes) }
      }
      switch cut() {
      case .records(let end):
        return chunk(to: end, .records)
      case .broken(let end, let reason, let at):
        return chunk(to: end, .broken(reason: reason, at: at - head))
      case .endless(let reason, let at, let rest):
        remainder = rest
        let end = rest == .nextObject ? undecidedLine() ?? buffer.count : buffer.count
        return chunk(
          to: max(end, min(at, buffer.count - 1) + 1),
          .broken(reason: reason, at: at - head)
        )
      case .more:
        read(max(chunkBytes, buffer.count - head))
      case .end:
        if let fault { throw fault }
        if case .csv = context.format, !gaveAny {
          notes.append(InputNote(file: input.path, kind: .empty, "has a header and no rows"))
        }
        return nil
      }
    }
  }

  private func cut() -> Cut {
    if head == buffer.count, atEnd, !framing.insideArray { return .end }
    switch context.format {
    case .jsonl, .lines: return cutLines()
    case .text: return cutText()
    case .csv(let delimiter): return cutRows(delimiter)
    case .jsonArray, .jsonObjects: return cutValues()
    }
  }

  /// More bytes of a record that is not read whole; nil at its end.
  private func nextPiece(_ rest: Remainder) -> RecordChunk? {
    if head == buffer.count {
      guard !atEnd else {
        remainder = nil
        return nil
      }
      read(chunkBytes)
      if head == buffer.count { return nil }
    }
    var end = buffer.count
    switch rest {
    case .input: break
    case .lineFeed:
      if let feed = Kernels.firstLineFeed(buffer, head..<end) {
        end = feed + 1
        remainder = nil
      }
    case .nextObject:
      if let next = nextObject(after: head) {
        end = next
        remainder = nil
      } else if let undecided = undecidedLine() {
        guard undecided > head else {
          read(chunkBytes)
          return nil
        }
        end = undecided
      }
    }
    return chunk(to: end, .continuation)
  }

  private func chunk(to end: Int, _ content: RecordChunk.Content) -> RecordChunk {
    let chunk = RecordChunk(
      context: context,
      bytes: Array(buffer[head..<end]),
      line: line,
      offset: offset,
      content: content
    )
    gaveAny = true
    advance(end - head)
    return chunk
  }

  /// Passes over bytes that belong to no record, and keeps count of lines and bytes.
  func advance(_ count: Int) {
    let range = head..<head + count
    line += Kernels.lineFeeds(buffer, range)
    offset += context.encoding.encodedCount(buffer, range)
    head += count
    searched = 0
  }

  /// Reads about `count` more bytes behind those in the buffer.
  func read(_ count: Int) {
    guard !atEnd else { return }
    if head > 0 {
      buffer.removeSubrange(0..<head)
      head = 0
    }
    do {
      let wanted = buffer.count + count
      while buffer.count < wanted {
        guard try decoded.read(wanted - buffer.count, onto: &buffer) else {
          atEnd = true
          break
        }
        if isLive { break }
      }
    } catch {
      fault = error
      atEnd = true
    }
    if let found = decoded.encoding, found != context.encoding {
      context = InputContext(context, encoding: found)
      notes.append(
        InputNote(file: input.path, kind: .detected, "turns out to be \(found.name)")
      )
    }
    if decoded.droppedOddByte, !notedOddByte {
      notedOddByte = true
      notes.append(
        InputNote(
          file: input.path,
          kind: .warning,
          "ends in half a UTF-16 character, which is left out"
        )
      )
    }
  }
}
