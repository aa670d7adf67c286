public import SidikCore

/// The original texts of the documents in a report, kept on disk while it is made.
///
/// Texts are read in input order and written in the order of families, so they wait in a
/// temporary file; memory holds 32 bytes a document.
public struct ReportTexts: Sendable {
  /// Where a text stands, and what tells it from others.
  struct Entry: Sendable {
    var offset = 0
    var length = -1
    /// Half of the text's SHA-256: texts may be made to deceive.
    var digest = ExactDigest(high: 0, low: 0)
  }

  private let spool: Spool
  private(set) var entries: [Entry]
  private let wanted: ArraySlice<Bool>
  private var next = 0

  /// Prepares to collect texts.
  ///
  /// - Parameters:
  ///   - wanted: for each document whether its text is wanted.
  ///   - read: how many of them the source holds; those behind have no text. All if left out.
  ///   - folder: where texts wait; nil is `TMPDIR`, or `/tmp`.
  /// - Throws: ``SidikError`` where the folder cannot be written.
  public init(wanted: [Bool], read: Int? = nil, folder: String? = nil) throws {
    self.wanted = wanted.prefix(read ?? wanted.count)
    spool = try Spool(folder: folder)
    entries = [Entry](repeating: Entry(), count: wanted.count)
  }

  /// Reads a source to its end, the same documents in the same order as the run read them.
  ///
  /// - Parameter source: where documents come from.
  /// - Throws: ``SidikError`` where it cannot be read, or changed since it was read first.
  public mutating func read(_ source: any DocumentSource) throws {
    let digest = try MessageDigest(.sha256)
    var batch = DocumentBatch()
    while let chunk = try source.nextChunk() {
      try chunk.parse(into: &batch)
      for entry in batch.entries {
        guard next < wanted.count else { throw Self.changed }
        defer { next += 1 }
        guard wanted[next] else { continue }
        let text = Array(batch.bytes[entry.text])
        let name = digest.digest(text)
        entries[next] = Entry(
          offset: try spool.append(text),
          length: text.count,
          digest: ExactDigest(high: Self.word(name[0..<8]), low: Self.word(name[8..<16]))
        )
      }
    }
    guard next == wanted.count else { throw Self.changed }
  }

  private static let changed = SidikError(
    .data,
    "an input has changed since it was read first; the report would show other texts"
  )

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The bytes of a text, or of its beginning.
  ///
  /// - Parameters:
  ///   - document: its number in the input.
  ///   - most: bytes to read at most.
  /// - Returns: the bytes; none where the text was not wanted.
  /// - Throws: ``SidikError`` where the temporary file cannot be read.
  func bytes(_ document: Int, most: Int = .max) throws -> [UInt8] {
    let entry = entries[document]
    guard entry.length > 0 else { return [] }
    return try spool.read(entry.offset..<entry.offset + min(entry.length, most))
  }
}
