public import SidikCluster
public import SidikFormats

/// Writes the records of a deduplication: those that stay, byte for byte, or all with a note.
public struct DedupWriter {
  private let result: DeduplicationResult
  private let provenance: Provenance
  private let annotates: Bool
  private let leavesOutQuarantined: Bool

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - result: the decisions.
  ///   - provenance: what made them.
  ///   - annotates: whether all records are written, each with an added field `sidik`.
  ///   - leavesOutQuarantined: whether records that could not be read are left out, because a
  ///     quarantine file has them; otherwise they stay in their place.
  public init(
    _ result: DeduplicationResult,
    provenance: Provenance,
    annotates: Bool,
    leavesOutQuarantined: Bool
  ) {
    self.result = result
    self.provenance = provenance
    self.annotates = annotates
    self.leavesOutQuarantined = leavesOutQuarantined
  }

  /// Goes through the inputs once more and writes what is to be written.
  ///
  /// - Parameters:
  ///   - reader: the second pass over the inputs.
  ///   - output: receives the records.
  ///   - removed: receives a JSON object for every record that was removed.
  /// - Throws: what reading or writing throws.
  public func write(_ reader: InputReader, to output: OutputFile, removed: OutputFile?) throws {
    let records = RecordWriter(output, annotates: annotates)
    try RecordFilter(reader).forEachDocument(
      writing: records,
      leavingOutQuarantined: leavesOutQuarantined
    ) { record, ordinal in
      let decision = result.decisions[ordinal]
      if annotates {
        try records.write(record, annotation: annotation(decision))
      } else if decision.isKept {
        try records.write(record)
      }
      if !decision.isKept, let removed { try removed.write(line(record, decision)) }
    }
    try records.finish(reader)
    try removed?.finish()
  }

  /// The value of the added field.
  private func annotation(_ decision: Decision) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      append(decision, to: &json)
      json.member("by", provenance.stamp)
    }
    return json.bytes
  }

  private func append(_ decision: Decision, to json: inout JSONWriter) {
    switch decision {
    case .kept(let copies):
      json.member("kept", true)
      json.member("copies", copies)
    case .removed(let keeper, let level, let similarity, let containment):
      json.member("kept", false)
      json.member("keeper", result.documents.id(keeper))
      json.member("level", level.rawValue)
      json.member("similarity", similarity, decimals: 4)
      json.member("containment", containment, decimals: 4)
    }
  }

  /// A removed record: its id, its keeper, and the record itself as text.
  private func line(_ record: FilteredRecord, _ decision: Decision) -> [UInt8] {
    JSONWriter.line { json in
      json.key("id")
      json.string(utf8: record.id)
      append(decision, to: &json)
      json.key("record")
      json.string(utf8: record.chunk.bytes[record.range])
      json.member("sidik", provenance.stamp)
    }
  }
}
