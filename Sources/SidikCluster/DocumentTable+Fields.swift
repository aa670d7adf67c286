public import SidikCore

extension DocumentTable {
  /// Adds the documents of a batch by their fields alone; their texts are not looked at.
  ///
  /// - Parameters:
  ///   - batch: parsed records, in input order.
  ///   - defaultSource: the source of those that name none.
  public mutating func append(fieldsOf batch: DocumentBatch, defaultSource: String? = nil) {
    let usual = defaultSource.map { ArraySlice($0.utf8) }
    for entry in batch.entries {
      let source = entry.source.map { batch.bytes[$0] }
      append(
        .ofFields,
        id: batch.bytes[entry.id],
        source: source.flatMap { $0.isEmpty ? nil : $0 } ?? usual,
        author: entry.author.map { batch.bytes[$0] },
        time: entry.time.map { batch.bytes[$0] }
      )
    }
  }

  /// Adds a document of which no more is known than that saved output names it.
  public mutating func append(id: String, source: String?, author: String?, time: String?) {
    append(
      .ofFields,
      id: ArraySlice(id.utf8),
      source: source.map { ArraySlice($0.utf8) },
      author: author.map { ArraySlice($0.utf8) },
      time: time.map { ArraySlice($0.utf8) }
    )
  }
}

extension DocumentTable.Row {
  /// A document without a text.
  fileprivate static let ofFields = DocumentTable.Row(
    textOffset: 0,
    textLength: 0,
    scalars: 0,
    digest: ExactDigest(high: 0, low: 0)
  )
}
