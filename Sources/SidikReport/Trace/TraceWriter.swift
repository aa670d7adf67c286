public import SidikCluster
public import SidikFormats

/// Writes traces as the contract in `Documentation/Formats/trace.md` says.
public struct TraceWriter {
  private let documents: DocumentTable
  private let provenance: Provenance

  /// Makes a writer for the traces of one run.
  public init(_ documents: DocumentTable, provenance: Provenance) {
    self.documents = documents
    self.provenance = provenance
  }

  /// One trace as a line of JSON.
  public func line(_ trace: FamilyTrace) -> [UInt8] {
    JSONWriter.line { json in
      json.member("family", trace.family.identifier)
      json.member("size", trace.documents.count)
      json.member("order", trace.order.rawValue)
      if trace.untimed > 0 { json.member("untimed", trace.untimed) }
      if trace.zoneless > 0 { json.member("zoneless", trace.zoneless) }
      json.object("first") { document(trace.documents[0], &$0) }
      if let last = trace.documents[..<(trace.documents.count - trace.untimed)].last {
        json.object("last") { document(last, &$0) }
      }
      if let span = trace.span { json.member("span", span) }
      json.objects("sources", trace.stops) { append($1, &$0) }
      if let gap = trace.longestGap {
        json.object("longest_gap") { json in
          json.member("seconds", gap.seconds)
          json.member("after", documents.id(trace.documents[gap.before - 1]))
          json.member("before", documents.id(trace.documents[gap.before]))
        }
      }
      json.objects("bursts", trace.bursts) { append($1, &$0) }
      json.object("reposts") { json in
        json.member("same_author", trace.reposts.sameAuthor)
        json.member("other_author", trace.reposts.otherAuthor)
        json.member("unknown_author", trace.reposts.unknownAuthor)
      }
      json.member("sidik", provenance.stamp)
    }
  }

  private func document(_ document: Int, _ json: inout JSONWriter) {
    json.member("id", documents.id(document))
    json.append(originOf: document, documents)
  }

  private func append(_ stop: FamilyTrace.Stop, _ json: inout JSONWriter) {
    if let source = stop.source { json.member("source", source) }
    json.member("documents", stop.documents)
    json.member("first", documents.id(stop.first))
    if let time = documents.time(stop.first) { json.member("time", time) }
    if let delay = stop.delay { json.member("delay", delay) }
  }

  private func append(_ burst: FamilyTrace.Burst, _ json: inout JSONWriter) {
    json.member("first", documents.id(burst.first))
    json.member("last", documents.id(burst.last))
    json.member("documents", burst.documents)
    json.member("seconds", burst.seconds)
  }

  /// Writes the names of the columns.
  public func header(_ rows: inout CSVWriter) {
    for name in [
      "family", "size", "order", "place", "source", "documents", "first", "first_time", "last_time",
      "delay", "sidik",
    ] { rows.field(name) }
    rows.endRow()
  }

  /// Writes a row for each source of a family.
  public func rows(_ trace: FamilyTrace, _ rows: inout CSVWriter) {
    for (place, stop) in trace.stops.enumerated() {
      rows.field(trace.family.identifier)
      rows.field(trace.documents.count)
      rows.field(trace.order.rawValue)
      rows.field(place + 1)
      rows.field(stop.source ?? "")
      rows.field(stop.documents)
      rows.field(documents.id(stop.first))
      rows.field(documents.time(stop.first) ?? "")
      rows.field(documents.time(stop.last) ?? "")
      if let delay = stop.delay { rows.field(delay) } else { rows.field("") }
      rows.field(provenance.stamp)
      rows.endRow()
    }
  }
}
