public import SidikCore

/// What is kept of every document in memory: a few numbers and its short fields.
///
/// Texts live in the spool; sources and authors, which repeat, are stored once.
public struct DocumentTable: Sendable {
  /// The fixed part of one document.
  public struct Row: Sendable {
    /// Where its normalised text begins in the spool, in bytes.
    public var textOffset: Int
    /// Digest of the normalised text, or of the raw text where nothing was left.
    public var digest: ExactDigest
    private var length: UInt32
    private var characters: UInt32
    /// The share of the document that repeats itself.
    public var repeats: Float
    /// Index into the sources, or -1.
    var source: Int32
    /// Index into the authors, or -1.
    var author: Int32

    /// Bytes of its normalised text, below 4 GB.
    public var textLength: Int {
      get { Int(length) }
      set { length = UInt32(newValue) }
    }

    /// Characters of its normalised text; 0 where nothing was left to compare.
    public var scalars: Int {
      get { Int(characters) }
      set { characters = UInt32(newValue) }
    }

    init(
      textOffset: Int,
      textLength: Int,
      scalars: Int,
      digest: ExactDigest,
      repeats: Float = 0
    ) {
      self.textOffset = textOffset
      self.digest = digest
      length = UInt32(textLength)
      characters = UInt32(scalars)
      self.repeats = repeats
      // Known when the row enters a table.
      (source, author) = (-1, -1)
    }
  }

  /// The documents in input order.
  public private(set) var rows: [Row] = []
  private var idBytes = FlatStrings()
  private var timeBytes = FlatStrings()
  private var sources = InternedStrings()
  private var authors = InternedStrings()

  /// An empty table.
  public init() {}

  /// Number of documents.
  public var count: Int { rows.count }

  /// A document's id.
  public func id(_ document: Int) -> String { idBytes[document] }

  /// A document's time as its record says it, or nil.
  public func time(_ document: Int) -> String? {
    let text = timeBytes[document]
    return text.isEmpty ? nil : text
  }

  /// Where a document was published, or nil.
  public func source(_ document: Int) -> String? { sources[rows[document].source] }

  /// The name of a source by its number in a row, or nil.
  func sourceName(_ number: Int32) -> String? { sources[number] }

  /// Who published a document, or nil.
  public func author(_ document: Int) -> String? { authors[rows[document].author] }

  /// Whether nothing was left of a document to compare.
  public func isEmpty(_ document: Int) -> Bool { rows[document].scalars == 0 }

  /// Replaces the text of a document by another, such as its own without boilerplate.
  mutating func replaceText(of document: Int, at offset: Int, length: Int, scalars: Int) {
    rows[document].textOffset = offset
    rows[document].textLength = length
    rows[document].scalars = scalars
  }

  /// Makes room for so many documents that no growth has to copy them; room is no memory yet.
  mutating func reserve(_ count: Int) {
    rows.reserveCapacity(count)
    idBytes.reserve(count)
  }

  /// Moves ids and times to temporary files, of which a window stays in memory.
  mutating func spillIDs(to folder: String?, window: Int) throws {
    try idBytes.spill(to: folder, window: window)
    try timeBytes.spill(to: folder, window: window)
  }

  mutating func append(
    _ row: Row,
    id: ArraySlice<UInt8>,
    source: ArraySlice<UInt8>?,
    author: ArraySlice<UInt8>?,
    time: ArraySlice<UInt8>?
  ) {
    var row = row
    row.source = sources.index(of: source)
    row.author = authors.index(of: author)
    rows.append(row)
    idBytes.append(id)
    timeBytes.append(time ?? [])
  }
}

/// Strings that repeat, each stored once.
struct InternedStrings: Sendable {
  private var strings: [String] = []
  private var indexes: [String: Int32] = [:]

  mutating func index(of bytes: ArraySlice<UInt8>?) -> Int32 {
    guard let bytes, !bytes.isEmpty else { return -1 }
    let string = String(decoding: bytes, as: UTF8.self)
    if let known = indexes[string] { return known }
    let index = Int32(strings.count)
    strings.append(string)
    indexes[string] = index
    return index
  }

  subscript(index: Int32) -> String? { index < 0 ? nil : strings[Int(index)] }
}
