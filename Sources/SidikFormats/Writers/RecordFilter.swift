public import SidikCore

/// One record of a second pass over the inputs.
public struct FilteredRecord: Sendable {
  /// The document's ordinal as the pipeline counted it; nil for a record that was quarantined.
  public let ordinal: Int?
  /// Why the record was quarantined; nil for documents.
  public let problem: RecordProblem?
  /// Whether these are more bytes of the over-long record before, to be treated like it.
  public let isContinuation: Bool
  /// The chunk in which the record stands.
  public let chunk: RecordChunk
  /// Where in ``RecordChunk/bytes``.
  public let range: Range<Int>
  /// The document's id (bytes of UTF-8); empty for a record that was quarantined.
  public let id: ArraySlice<UInt8>
  /// The document's text; empty for a record that was quarantined.
  public let text: ArraySlice<UInt8>
  /// Where the text stands in the chunk as it is written there, quotes included; empty where the
  /// whole record is the text.
  public let field: Range<Int>
}

/// Goes through the inputs once more, record by record, in input order.
///
/// Documents come with the ordinals that a first pass gives them by counting
/// ``DocumentBatch/entries``; what was quarantined comes in its place, so that nothing is lost.
public struct RecordFilter {
  private let reader: InputReader

  /// Makes a filter.
  ///
  /// - Parameter reader: a reader of which nothing was read yet, such as
  ///   ``InputReader/secondPass()``.
  public init(_ reader: InputReader) { self.reader = reader }

  /// Gives every document to `body`; records that were quarantined stay where they are.
  ///
  /// - Parameters:
  ///   - output: receives quarantined records, unless they are left out.
  ///   - leavesOut: whether they are, because a quarantine file has them.
  ///   - body: takes documents with their ordinals, in input order.
  /// - Throws: what reading, writing or `body` throws.
  public func forEachDocument(
    writing output: RecordWriter,
    leavingOutQuarantined leavesOut: Bool,
    _ body: (FilteredRecord, Int) throws -> Void
  ) throws {
    var isSetAside = false
    try forEach { record in
      if let ordinal = record.ordinal { return try body(record, ordinal) }
      // More bytes of an over-long record share the fate of its beginning.
      if !record.isContinuation { isSetAside = leavesOut }
      if !isSetAside { try output.write(record) }
    }
  }

  /// Gives every record to `body`.
  ///
  /// - Parameter body: takes the records in input order.
  /// - Throws: what the reader or `body` throws.
  public func forEach(_ body: (FilteredRecord) throws -> Void) throws {
    let stream = RecordStream(reader)
    var batch = DocumentBatch()
    while let records = try stream.next(into: &batch) {
      for record in records { try body(record) }
    }
  }
}
