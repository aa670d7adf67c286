import CSidikKernels
import SidikCore

/// What the framers of CSV and JSON remember between cuts.
struct FramingState {
  /// How often a quote or bracket was found to be open to the end; after a few times rows and
  /// values are taken line by line, so that hostile input costs linear time.
  var recoveries = 0
  /// Whether the inside of a JSON array is being read.
  var insideArray = false
  /// Whether an array was closed.
  var arrayClosed = false
}

/// How often a framer looks to the end of the input for a missing quote or bracket.
private let recoveryLimit = 8

extension FileReader {
  private var tooLong: String { "the record is longer than \(options.maxRecordBytes) bytes" }

  /// Cuts at line feeds: a record a line.
  func cutLines() -> Cut {
    let end = buffer.count
    let limit = min(head + chunkBytes, end)
    if limit == end, atEnd { return .records(end: end) }
    if let feed = Kernels.lastLineFeed(buffer, max(head, min(head + searched, limit))..<limit) {
      return .records(end: feed + 1)
    }
    if let feed = Kernels.firstLineFeed(buffer, max(limit, head + searched)..<end) {
      if feed + 1 - head > options.maxRecordBytes {
        return .broken(end: feed + 1, reason: tooLong, at: head)
      }
      return .records(end: feed + 1)
    }
    if end - head > options.maxRecordBytes { return .endless(reason: tooLong, at: head, .lineFeed) }
    if atEnd { return .records(end: end) }
    searched = end - head
    return .more
  }

  /// Takes the whole input as one record.
  func cutText() -> Cut {
    if buffer.count - head > options.maxRecordBytes {
      return .endless(reason: tooLong, at: head, .input)
    }
    return atEnd ? .records(end: buffer.count) : .more
  }

  /// The end of the line that begins at `start`: just after its line feed, or the buffer's end.
  private func lineEnd(_ start: Int) -> Int? {
    if let feed = Kernels.firstLineFeed(buffer, start..<buffer.count) { return feed + 1 }
    return atEnd ? buffer.count : nil
  }

  /// Cuts at the ends of CSV rows, quotes in mind.
  func cutRows(_ delimiter: UInt8) -> Cut {
    var scanner = CSVScanner(delimiter: delimiter)
    var at = head
    while at < buffer.count {
      if at - head >= chunkBytes { return .records(end: at) }
      let byLine = framing.recoveries >= recoveryLimit
      var bound = buffer.count
      if byLine {
        guard let end = lineEnd(at) else { return openRow(at) }
        bound = end
      }
      scanner.scan(buffer, at..<bound)
      let length = scanner.row.next
      let whole = scanner.isWhole || (bound == buffer.count && atEnd && !scanner.isOpen)
      if whole, length <= options.maxRecordBytes {
        if at > head, at + length - head > chunkBytes { return .records(end: at) }
        at += length
        continue
      }
      if at > head { return .records(end: at) }
      if byLine, scanner.isOpen, bound - at <= options.maxRecordBytes {
        return .broken(end: bound, reason: "a quote is not closed", at: at + scanner.row.open_quote)
      }
      return openRow(at, open: scanner.isOpen ? at + scanner.row.open_quote : nil)
    }
    return at > head ? .records(end: at) : (atEnd ? .end : .more)
  }

  /// Deals with a row whose end is not in sight.
  private func openRow(_ at: Int, open quote: Int? = nil) -> Cut {
    if at > head { return .records(end: at) }
    let tooBig = buffer.count - at > options.maxRecordBytes
    guard atEnd || tooBig else { return .more }
    framing.recoveries += 1
    guard let end = lineEnd(at) else { return .endless(reason: tooLong, at: head, .lineFeed) }
    if let quote, !tooBig {
      return .broken(end: end, reason: "a quote is not closed", at: min(quote, end - 1))
    }
    return .broken(end: end, reason: tooLong, at: at)
  }

  /// Cuts between JSON values: those of an array, or one after another.
  func cutValues() -> Cut {
    passSeparators()
    if head == buffer.count { return atEnd ? endOfValues() : .more }
    var at = head
    while at < buffer.count {
      let byte = buffer[at]
      if FormatSniffer.isSpace(byte) || byte == UInt8(ascii: ",") {
        at += 1
        continue
      }
      if at - head >= chunkBytes { return .records(end: at) }
      if framing.insideArray, byte == UInt8(ascii: "]") {
        if at > head { return .records(end: at) }
        framing.insideArray = false
        framing.arrayClosed = true
        advance(1)
        return cutValues()
      }
      if framing.arrayClosed, !framing.insideArray {
        return at > head
          ? .records(end: at)
          : .endless(reason: "bytes follow the end of the array", at: at, .input)
      }
      let (end, fault) = valueEnd(at)
      if let end, fault == nil, end - at <= options.maxRecordBytes {
        if at > head, end - head > chunkBytes { return .records(end: at) }
        at = end
        continue
      }
      if at > head { return .records(end: at) }
      return brokenValue(at, fault)
    }
    return .records(end: at)
  }

  private func endOfValues() -> Cut {
    if framing.insideArray {
      framing.insideArray = false
      framing.arrayClosed = true
      notes.append(
        InputNote(
          file: context.file,
          kind: .warning,
          "the array is not closed; the file may be cut short"
        )
      )
    }
    return .end
  }

  /// Passes over white space, commas and the array's opening bracket.
  private func passSeparators() {
    var at = head
    while at < buffer.count {
      let byte = buffer[at]
      if !framing.insideArray, !framing.arrayClosed, context.format == .jsonArray,
        byte == UInt8(ascii: "[")
      {
        framing.insideArray = true
      } else if !FormatSniffer.isSpace(byte), byte != UInt8(ascii: ",") {
        break
      }
      at += 1
    }
    if at > head { advance(at - head) }
  }

  /// The end of the value that begins at `at`; with a fault, where it was noticed.
  private func valueEnd(_ at: Int) -> (end: Int?, fault: Int?) {
    var length = 0
    let state = unsafe buffer.withUnsafeBufferPointer { all in
      let rest = unsafe UnsafeBufferPointer(rebasing: all[at...])
      return unsafe sidik_json_value_end(rest.baseAddress, rest.count, &length)
    }
    switch Int(state) {
    case SIDIK_JSON_WHOLE: return length > 0 ? (at + length, nil) : (nil, at)
    case SIDIK_JSON_BROKEN: return (nil, at + length)
    default: return (nil, nil)
    }
  }

  /// Deals with a value whose end is not in sight, or not where it should be.
  ///
  /// Goes on at the next line that begins with an opening brace.
  private func brokenValue(_ at: Int, _ noticed: Int?) -> Cut {
    // A fault past the limit is not seen where the buffer holds less: it must not count.
    let fault = noticed.flatMap { $0 - at > options.maxRecordBytes ? nil : $0 }
    let tooBig = buffer.count - at > options.maxRecordBytes
    if fault == nil, !atEnd, !tooBig { return .more }
    let reason: String
    if fault == nil, tooBig {
      reason = tooLong
    } else {
      reason = fault == nil ? "not JSON: the record ends early" : "not JSON: a string is not closed"
    }
    if fault == nil { framing.recoveries += 1 }
    let hopeless = framing.recoveries > recoveryLimit
    if !hopeless, let next = nextObject(after: fault ?? at) {
      return .broken(end: next, reason: reason, at: fault ?? at)
    }
    if tooBig, !atEnd, !hopeless { return .endless(reason: reason, at: fault ?? at, .nextObject) }
    return atEnd || hopeless ? .endless(reason: reason, at: fault ?? at, .input) : .more
  }

  /// The next line, after the one at `place`, that begins with an opening brace.
  func nextObject(after place: Int) -> Int? {
    var from = place
    while let feed = Kernels.firstLineFeed(buffer, from..<buffer.count) {
      var at = feed + 1
      while at < buffer.count,
        buffer[at] == 32 || buffer[at] == 9 || buffer[at] == UInt8(ascii: ",")
      {
        at += 1
      }
      if at < buffer.count, buffer[at] == UInt8(ascii: "{") { return at }
      from = feed + 1
    }
    return nil
  }

  /// Where a last line begins of which only white space is in the buffer yet, if there is one:
  /// the place of the line feed before it.
  func undecidedLine() -> Int? {
    guard !atEnd, let feed = Kernels.lastLineFeed(buffer, head..<buffer.count),
      buffer.count - feed <= options.maxRecordBytes
    else { return nil }
    let blank = buffer[(feed + 1)...].allSatisfy {
      FormatSniffer.isSpace($0) || $0 == UInt8(ascii: ",")
    }
    return blank ? feed : nil
  }
}
