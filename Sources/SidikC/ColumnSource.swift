internal import CSidik
internal import Sidik

/// Columns of texts and of what is known of them, as the pipeline reads documents.
///
/// Rows are copied where a worker takes them to pieces, as those of any input; nothing is written
/// to disk.
final class ColumnSource: DocumentSource {
  private let columns: DocumentColumns
  private let rows: [Int]?
  private let count: Int
  private var next = 0

  /// A worker takes about so many bytes of texts at a time, and at most so many rows.
  private static let chunkBytes = 512 << 10
  private static let chunkRows = 4096

  /// Makes a source.
  ///
  /// - Parameters:
  ///   - columns: of equal length.
  ///   - rows: which rows, in order; nil takes all.
  init(_ columns: DocumentColumns, rows: [Int]? = nil) {
    self.columns = columns
    self.rows = rows
    count = rows?.count ?? columns.texts.count
  }

  func nextChunk() -> (any DocumentChunk)? {
    guard next < count else { return nil }
    let start = next
    var bytes = 0
    while next < count, next - start < Self.chunkRows, bytes < Self.chunkBytes {
      bytes += columns.texts.length(rows?[next] ?? next)
      next += 1
    }
    let part = rows.map { Array($0[start..<next]) } ?? Array(start..<next)
    return Chunk(columns: columns, rows: part, byteCount: bytes)
  }

  private struct Chunk: DocumentChunk {
    let columns: DocumentColumns
    let rows: [Int]
    let byteCount: Int

    func parse(into batch: inout DocumentBatch) {
      batch.removeAll()
      for row in rows {
        let text = unsafe batch.append(
          columns.texts[row] ?? UnsafeBufferPointer(start: nil, count: 0)
        )
        batch.entries.append(
          DocumentBatch.Entry(
            text: text,
            id: columns.id(row, &batch),
            source: columns.field(columns.sources, row, &batch),
            author: columns.field(columns.authors, row, &batch),
            time: columns.field(columns.times, row, &batch),
            line: row + 1,
            record: 0..<0
          )
        )
      }
    }
  }
}

/// What is known of documents, a column each.
struct DocumentColumns: Sendable {
  let texts: Column
  private(set) var ids: Column?
  private(set) var sources: Column?
  private(set) var authors: Column?
  private(set) var times: Column?

  /// Texts alone.
  init(texts: Column) { self.texts = texts }

  /// Checks columns.
  ///
  /// - Throws: `CallFault` where one does not fit.
  init(_ texts: UnsafePointer<sidik_column>?, _ fields: UnsafePointer<sidik_fields>?) throws {
    self.texts = try unsafe Column(texts, "texts")
    guard let fields = unsafe fields?.pointee else { return }
    let count = self.texts.count
    ids = try unsafe Column.optional(fields.ids, "ids", count: count)
    sources = try unsafe Column.optional(fields.sources, "sources", count: count)
    authors = try unsafe Column.optional(fields.authors, "authors", count: count)
    times = try unsafe Column.optional(fields.times, "times", count: count)
  }

  /// A row's id, or its number.
  func id(_ row: Int, _ batch: inout DocumentBatch) -> Range<Int> {
    if let ids, let id = unsafe ids[row], !id.isEmpty { return unsafe batch.append(id) }
    return batch.append(String(row).utf8)
  }

  /// A row's value in a column; nil where there is none.
  func field(_ column: Column?, _ row: Int, _ batch: inout DocumentBatch) -> Range<Int>? {
    guard let column, let value = unsafe column[row] else { return nil }
    return unsafe batch.append(value)
  }
}
