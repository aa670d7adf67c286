public import SidikCore

/// The records of the inputs, a chunk at a time, in input order.
///
/// Documents come with their ordinals; what was quarantined comes in its place, so that nothing is
/// lost.
public final class RecordStream {
  private let reader: InputReader
  private var ordinal = 0

  /// Makes a stream.
  ///
  /// - Parameter reader: a reader of which nothing was read yet.
  public init(_ reader: InputReader) { self.reader = reader }

  /// The records of the next chunk; nil at the end.
  ///
  /// - Parameter batch: receives the documents and the problems of the chunk.
  /// - Returns: all its records, those of documents in the order of the batch's entries.
  /// - Throws: ``SidikError`` where the input cannot be read.
  public func next(into batch: inout DocumentBatch) throws -> [FilteredRecord]? {
    guard let chunk = try reader.nextRecords() else { return nil }
    if case .continuation = chunk.content {
      batch.removeAll()
      return [record(nil, chunk, 0..<chunk.bytes.count, isContinuation: true)]
    }
    try chunk.parse(into: &batch)
    let set = batch.problems.compactMap { problem -> (RecordProblem, Range<Int>)? in
      guard case .quarantined(let range) = problem.outcome else { return nil }
      return (problem, range)
    }
    var records: [FilteredRecord] = []
    records.reserveCapacity(batch.entries.count + set.count)
    var next = 0
    for entry in batch.entries {
      while next < set.count, set[next].1.lowerBound < entry.record.lowerBound {
        records.append(record(set[next].0, chunk, set[next].1))
        next += 1
      }
      records.append(
        FilteredRecord(
          ordinal: ordinal,
          problem: nil,
          isContinuation: false,
          chunk: chunk,
          range: entry.record,
          id: batch.bytes[entry.id],
          text: batch.bytes[entry.text],
          field: entry.field
        )
      )
      ordinal += 1
    }
    for (problem, range) in set[next...] { records.append(record(problem, chunk, range)) }
    return records
  }

  private func record(
    _ problem: RecordProblem?,
    _ chunk: RecordChunk,
    _ range: Range<Int>,
    isContinuation: Bool = false
  ) -> FilteredRecord {
    FilteredRecord(
      ordinal: nil,
      problem: problem,
      isContinuation: isContinuation,
      chunk: chunk,
      range: range,
      id: [],
      text: [],
      field: 0..<0
    )
  }
}
