import SidikCore

/// A stream as UTF-8, whatever encoding it came in.
///
/// Bytes that UTF-8 does not allow stay as they are; of UTF-16, lone surrogates stay as three
/// bytes (WTF-8). Either way ``TextEncoding/encode(_:_:onto:)`` gives the original back.
final class DecodedInput {
  /// How much of a file is looked at to find its encoding, format and fields.
  static let sampleBytes = 1 << 20
  /// How much is read and decoded at a time.
  static let blockBytes = 1 << 18

  /// The encoding; nil while only ASCII was seen.
  private(set) var encoding: TextEncoding?
  /// The byte order mark that was dropped.
  private(set) var mark: [UInt8] = []
  /// Whether half a UTF-16 unit stands at the end and was dropped.
  private(set) var droppedOddByte = false

  private let source: any ByteInput
  private let file: String
  private let blockBytes: Int
  private let isLive: Bool
  private var raw: [UInt8] = []
  private var used = 0
  private var sourceEnded = false
  private var fault: (any Error)?

  /// Reads a sample and finds the encoding by it.
  ///
  /// - Parameters:
  ///   - source: the raw bytes.
  ///   - options: among them the encoding, where the user named it.
  ///   - file: the name for error messages.
  /// - Throws: ``SidikError`` where nothing can be read, or the encoding is UTF-32.
  init(_ source: any ByteInput, _ options: InputOptions, file: String) throws {
    self.source = source
    self.file = file
    blockBytes = options.blockBytes
    let named = options.encoding
    isLive = options.waitForLiveInput != nil
    (sourceEnded, fault) = Self.fill(source, options.sampleBytes, isLive, onto: &raw)
    if raw.isEmpty, let fault { throw fault }
    if EncodingDetector.isUTF32(raw), named == nil {
      throw SidikError(.data, "is UTF-32, which is not supported; make it UTF-8", file: file)
    }
    let marked = EncodingDetector.marked(raw)
    if let marked, named == nil || named == marked || (named?.isUTF16 == true && marked.isUTF16) {
      encoding = marked
      mark = marked.mark
      used = mark.count
    } else {
      encoding = named ?? EncodingDetector.unmarkedUTF16(raw)
      if encoding == nil { encoding = isLive ? .utf8 : eightBit() }
    }
  }

  /// Reads a block; of a live input only what is there, as more may be long in coming.
  private static func fill(
    _ source: any ByteInput,
    _ count: Int,
    _ isLive: Bool,
    onto bytes: inout [UInt8]
  ) -> (atEnd: Bool, fault: (any Error)?) {
    guard isLive else { return source.fill(count, onto: &bytes) }
    do {
      return (try source.read(count, onto: &bytes) == 0, nil)
    } catch {
      return (true, error)
    }
  }

  /// Appends at most about `count` decoded bytes.
  ///
  /// - Returns: false at the end.
  /// - Throws: the fault of the stream, after all bytes before it were given.
  func read(_ count: Int, onto bytes: inout [UInt8]) throws -> Bool {
    while true {
      if used == raw.count || (encoding?.isUTF16 == true && raw.count - used < 4) {
        if encoding == .utf8, used == raw.count, !sourceEnded {
          return try source.read(count, onto: &bytes) > 0
        }
        try refill()
      }
      if used == raw.count { return false }
      let range = used..<min(raw.count, used + max(count, 4))
      let last = sourceEnded && range.upperBound == raw.count
      let before = bytes.count
      used += (encoding ?? .utf8).decode(raw, range, final: last, onto: &bytes)
      if last, used < raw.count {
        droppedOddByte = true
        used = raw.count
      }
      if bytes.count > before { return true }
      if last, used == raw.count, fault == nil { return false }
    }
  }

  /// Gets the next block of raw bytes behind those not yet decoded.
  ///
  /// Blocks have a fixed size, so that where the encoding is decided does not depend on how
  /// the bytes arrive.
  private func refill() throws {
    if sourceEnded {
      guard used == raw.count else { return }
      if let fault { throw fault }
      return
    }
    raw.removeSubrange(0..<used)
    used = 0
    (sourceEnded, fault) = Self.fill(source, blockBytes, isLive, onto: &raw)
    if encoding == nil { encoding = eightBit() }
  }

  /// UTF-8 or Windows-1252 by the bytes at hand; nil where all are ASCII.
  ///
  /// A first high byte at the very end is judged with the bytes that follow it.
  private func eightBit() -> TextEncoding? {
    if let found = EncodingDetector.eightBit(raw, whole: sourceEnded) { return found }
    guard !sourceEnded, let last = raw.last, last >= 0x80 else { return nil }
    (sourceEnded, fault) = source.fill(3, onto: &raw)
    return EncodingDetector.eightBit(raw, whole: true)
  }
}
