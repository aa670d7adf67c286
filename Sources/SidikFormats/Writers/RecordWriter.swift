import SidikCore

/// Writes records of the inputs back: byte for byte, in a frame that is valid for their format.
///
/// A CSV header is written once, a JSON array stays an array, UTF-16 keeps its mark and byte
/// order. Whole files of text, which have no frame to stand in, become JSON Lines
/// (`{"id":…,"text":…}`), as do lines where annotations are written.
public final class RecordWriter {
  private let output: OutputFile
  private let annotates: Bool
  private var frame: RecordFrame?
  private var encoding = TextEncoding.utf8
  private var wroteBeyondASCII = false
  private var count = 0
  private var needsLineFeed = false
  private var lineEnd: [UInt8] = [10]
  private var walker = JSONWalker()

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - output: where to write.
  ///   - annotates: whether records may carry an added field `sidik`.
  public init(_ output: OutputFile, annotates: Bool = false) {
    self.output = output
    self.annotates = annotates
  }

  /// Writes one record.
  ///
  /// - Parameters:
  ///   - record: what to write.
  ///   - annotation: the JSON value of the added field, valid UTF-8; nil adds none. Records
  ///     that were quarantined are written as they are.
  /// - Throws: ``SidikError`` where the record cannot stand beside those before it, or as
  ///   ``OutputFile/write(_:)``.
  public func write(_ record: FilteredRecord, annotation: [UInt8]? = nil) throws {
    try write(record, annotation, text: nil)
  }

  /// Writes one record with another text in the place of its own.
  ///
  /// All other bytes of the record stay as they are. In JSON the text is written as one string, whatever
  /// stood there.
  ///
  /// - Parameters:
  ///   - record: a document.
  ///   - text: what is to be its text, UTF-8.
  /// - Throws: as ``write(_:annotation:)``.
  public func write(_ record: FilteredRecord, text: [UInt8]) throws {
    try write(record, nil, text: text)
  }

  private func write(_ record: FilteredRecord, _ annotation: [UInt8]?, text: [UInt8]?) throws {
    let context = record.chunk.context
    try open(context)
    guard let frame else { return }
    if record.isContinuation {
      guard frame.kind != .madeJSON else { return }
      try put(Array(record.chunk.bytes[record.range]), context)
      needsLineFeed = frame.endsLines && record.chunk.bytes[record.range].last != 10
      return
    }
    var bytes: [UInt8] = []
    if needsLineFeed { bytes += lineEnd }
    needsLineFeed = false
    if frame.kind == .array { bytes += Array((count == 0 ? "\n" : ",\n").utf8) }
    if frame.kind == .madeJSON {
      // A text longer than allowed is not whole here; it is left to its own file.
      if case .broken = record.chunk.content { return }
      bytes += RecordFrame.made(record, annotation, text: text)
    } else {
      bytes +=
        text.map { RecordFrame.rewritten(record, $0) } ?? annotated(record, annotation, frame)
      if frame.endsLines { needsLineFeed = bytes.last != 10 }
      if bytes.suffix(2).elementsEqual([13, 10]) { lineEnd = [13, 10] }
    }
    count += 1
    try put(bytes, context)
    if frame.kind == .objects { try put([10], context) }
  }

  /// Closes the frame and finishes the output.
  ///
  /// - Parameter reader: the reader of the records; where none was written, what it has read
  ///   tells what an empty output looks like.
  /// - Throws: as ``OutputFile/finish()``.
  public func finish(_ reader: InputReader) throws {
    if frame == nil, let context = reader.firstContext { try open(context) }
    if frame?.kind == .array { try put(Array((count == 0 ? "]\n" : "\n]\n").utf8), nil) }
    try output.finish()
  }

  /// Begins the output like its first record's input, or checks that another input fits.
  private func open(_ context: InputContext) throws {
    let wanted = RecordFrame(context, annotates: annotates)
    if let frame {
      guard frame == wanted else {
        throw SidikError(
          .usage,
          "its records (\(wanted.name)) cannot follow those of the inputs before it "
            + "(\(frame.name)) in one output; give it a run of its own",
          file: context.file
        )
      }
      return
    }
    frame = wanted
    guard wanted.kind != .madeJSON else { return }
    encoding = context.encoding
    try output.write(context.mark)
    if wanted.kind == .array { try put([UInt8(ascii: "[")], context) }
    guard case .csv(let delimiter) = wanted.kind else { return }
    var header = context.header
    if header.suffix(2).elementsEqual([13, 10]) { lineEnd = [13, 10] }
    if annotates {
      if context.columns?.names.contains("sidik") == true {
        throw SidikError(.usage, "has a column `sidik` already", file: context.file)
      }
      RecordFrame.insert(
        [delimiter] + Array("sidik".utf8),
        at: RecordFrame.contentEnd(header),
        of: &header
      )
    }
    needsLineFeed = header.last != 10
    try put(header, context)
  }

  /// The record's bytes with the annotation in its place.
  private func annotated(
    _ record: FilteredRecord,
    _ annotation: [UInt8]?,
    _ frame: RecordFrame
  ) -> [UInt8] {
    var bytes = Array(record.chunk.bytes[record.range])
    guard annotates, var annotation, record.ordinal != nil else { return bytes }
    if record.chunk.context.encoding == .windows1252 {
      annotation = RecordFrame.escapedBeyondASCII(annotation)
    }
    if case .csv(let delimiter) = frame.kind {
      let columns = record.chunk.context.columns?.names.count ?? 0
      RecordFrame.addColumn(annotation, to: &bytes, delimiter, columns: columns)
    } else {
      RecordFrame.addMember(annotation, to: &bytes, &walker)
    }
    return bytes
  }

  /// Encodes and writes bytes of an input, or of the frame.
  ///
  /// What is ASCII in one eight-bit encoding is so in the other, so inputs of both may mix
  /// until both have more than ASCII.
  private func put(_ bytes: [UInt8], _ context: InputContext?) throws {
    guard frame?.kind != .madeJSON else { return try output.write(bytes) }
    if let context, context.encoding != encoding,
      encoding.isUTF16 || context.encoding.isUTF16
        || !Kernels.isASCII(bytes, 0..<bytes.count)
    {
      guard !wroteBeyondASCII, !encoding.isUTF16, !context.encoding.isUTF16 else {
        throw SidikError(
          .usage,
          "is \(context.encoding.name), which cannot follow \(encoding.name) in one output; "
            + "give it a run of its own",
          file: context.file
        )
      }
      encoding = context.encoding
    }
    if encoding == .utf8 {
      if !wroteBeyondASCII, !Kernels.isASCII(bytes, 0..<bytes.count) { wroteBeyondASCII = true }
      return try output.write(bytes)
    }
    wroteBeyondASCII = wroteBeyondASCII || !Kernels.isASCII(bytes, 0..<bytes.count)
    var encoded: [UInt8] = []
    encoding.encode(bytes, 0..<bytes.count, onto: &encoded)
    try output.write(encoded)
  }
}

extension InputReader {
  /// Makes sure that the records of all inputs can stand in one output, before a long run.
  ///
  /// Pipes cannot be looked at beforehand and are passed over.
  ///
  /// - Parameter annotates: whether records will carry annotations.
  /// - Throws: ``SidikError`` where two inputs differ in format, delimiter, header or encoding.
  public func requireOneFormat(annotates: Bool = false) throws {
    var first: (frame: RecordFrame, encoding: TextEncoding)?
    for context in try contexts() {
      let frame = RecordFrame(context, annotates: annotates)
      guard let before = first else {
        first = (frame, context.encoding)
        continue
      }
      let wide = before.encoding.isUTF16 || context.encoding.isUTF16
      if before.frame != frame
        || (wide && before.encoding != context.encoding && frame.kind != .madeJSON)
      {
        throw SidikError(
          .usage,
          "its records (\(frame.name), \(context.encoding.name)) cannot stand in one output with "
            + "those of the inputs before it (\(before.frame.name), \(before.encoding.name)); "
            + "give it a run of its own",
          file: context.file
        )
      }
    }
  }
}
