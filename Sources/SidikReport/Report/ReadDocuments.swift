public import SidikCore

/// The documents of inputs that were read for their fields alone, for a report of saved output.
public struct ReadDocuments: ReportDocuments {
  private struct Row {
    var id: String
    var source: Int
    var author: Int
    var time: String?
  }

  private var rows: [Row] = []
  private var sources = NumberedNames()
  private var authors = NumberedNames()
  /// Documents that stand in the inputs; those behind them were only named by saved output.
  public private(set) var read = 0

  /// No documents.
  public init() {}

  /// Number of documents.
  public var count: Int { rows.count }
  /// A document's id.
  public func id(_ document: Int) -> String { rows[document].id }
  /// Where a document was published, or nil.
  public func source(_ document: Int) -> String? {
    rows[document].source < 0 ? nil : sources.names[rows[document].source]
  }
  /// Who published a document, or nil.
  public func author(_ document: Int) -> String? {
    rows[document].author < 0 ? nil : authors.names[rows[document].author]
  }
  /// A document's time as its record says it, or nil.
  public func time(_ document: Int) -> String? { rows[document].time }

  /// Takes the documents of a batch.
  ///
  /// - Parameters:
  ///   - batch: parsed records, in input order.
  ///   - defaultSource: the source of those that name none.
  public mutating func take(_ batch: DocumentBatch, defaultSource: String? = nil) {
    for entry in batch.entries {
      let source = entry.source.map(batch.string) ?? ""
      append(
        id: batch.string(entry.id),
        source: source.isEmpty ? defaultSource : source,
        author: entry.author.map(batch.string),
        time: entry.time.map(batch.string)
      )
    }
    read = rows.count
  }

  /// Adds a document of which the inputs hold nothing.
  mutating func append(id: String, source: String?, author: String?, time: String?) {
    rows.append(
      Row(
        id: id,
        source: sources.number(source),
        author: authors.number(author),
        time: time.flatMap { $0.isEmpty ? nil : $0 }
      )
    )
  }
}

/// Finds documents by what saved output says of them.
///
/// Ids may repeat: documents of one id are told apart by source, author and time, and where
/// those are equal too, given out in input order.
struct DocumentFinder {
  private struct Key: Hashable {
    var id: String
    var source: String?
    var author: String?
    var time: String?
  }

  private var exact: [Key: [Int]] = [:]
  private var byID: [String: [Int]] = [:]
  private var taken: Set<Int> = []

  init(_ documents: some ReportDocuments) {
    for document in (0..<documents.count).reversed() {
      let key = Key(
        id: documents.id(document),
        source: documents.source(document),
        author: documents.author(document),
        time: documents.time(document)
      )
      exact[key, default: []].append(document)
      byID[key.id, default: []].append(document)
    }
  }

  /// The next document that fits, or nil.
  mutating func next(id: String, source: String?, author: String?, time: String?) -> Int? {
    let key = Key(id: id, source: source, author: author, time: time)
    while let document = exact[key]?.popLast() {
      if taken.insert(document).inserted { return document }
    }
    while let document = byID[id]?.popLast() {
      if taken.insert(document).inserted { return document }
    }
    return nil
  }
}
