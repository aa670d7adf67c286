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

  /// Gives every record to `body`.
  ///
  /// - Parameter body: takes the records in input order.
  /// - Throws: what the reader or `body` throws.
  public func forEach(_ body: (FilteredRecord) throws -> Void) throws {
    var ordinal = 0
    var batch = DocumentBatch()
    while let chunk = try reader.nextRecords() {
      if case .continuation = chunk.content {
        try body(Self.record(nil, nil, chunk, 0..<chunk.bytes.count, isContinuation: true))
        continue
      }
      try chunk.parse(into: &batch)
      let set = batch.problems.compactMap { problem -> (RecordProblem, Range<Int>)? in
        guard case .quarantined(let range) = problem.outcome else { return nil }
        return (problem, range)
      }
      var next = 0
      for entry in batch.entries {
        while next < set.count, set[next].1.lowerBound < entry.record.lowerBound {
          try body(Self.record(nil, set[next].0, chunk, set[next].1))
          next += 1
        }
        try body(
          FilteredRecord(
            ordinal: ordinal,
            problem: nil,
            isContinuation: false,
            chunk: chunk,
            range: entry.record,
            id: batch.bytes[entry.id],
            text: batch.bytes[entry.text]
          )
        )
        ordinal += 1
      }
      for (problem, range) in set[next...] {
        try body(Self.record(nil, problem, chunk, range))
      }
    }
  }

  private static func record(
    _ ordinal: Int?,
    _ problem: RecordProblem?,
    _ chunk: RecordChunk,
    _ range: Range<Int>,
    isContinuation: Bool = false
  ) -> FilteredRecord {
    FilteredRecord(
      ordinal: ordinal,
      problem: problem,
      isContinuation: isContinuation,
      chunk: chunk,
      range: range,
      id: [],
      text: []
    )
  }
}
