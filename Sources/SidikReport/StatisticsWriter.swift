public import SidikCluster
internal import SidikCore
public import SidikFormats
internal import SidikIndex

/// Writes the numbers of a run as one JSON object.
public struct StatisticsWriter {
  private let configuration: PipelineConfiguration
  private let notes: [InputNote]

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - configuration: that of the run.
  ///   - notes: what the reader found out about the inputs.
  public init(_ configuration: PipelineConfiguration, notes: [InputNote]) {
    self.configuration = configuration
    self.notes = notes
  }

  /// The numbers of families made from saved edges: what was read and compared then is not known.
  ///
  /// - Parameters:
  ///   - statistics: the numbers.
  ///   - provenance: that of the families.
  ///   - file: the edges file.
  /// - Returns: one JSON object.
  public static func json(
    _ statistics: RunStatistics,
    ofEdges provenance: Provenance,
    file: String
  ) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("sidik", provenance.stamp)
    json.member("parameters", provenance.parameters)
    json.member("edges_file", file)
    json.member("documents", statistics.documents)
    json.member("empty_documents", statistics.emptyDocuments)
    json.member("repeating_documents", statistics.repeatingDocuments)
    json.member("distinct_texts", statistics.nodes)
    json.member("collapsed_texts", statistics.leaders)
    json.member("edges", statistics.edges)
    json.member("families", statistics.families)
    json.member("documents_in_families", statistics.clustered)
    if let links = statistics.links { append(links, &json) }
    json.endObject()
    json.endLine()
    return json.bytes
  }

  private static func append(_ links: LinkStatistics, _ json: inout JSONWriter) {
    json.key("links")
    json.beginObject()
    json.member("file", links.file)
    json.member("given", links.given)
    json.member("applied", links.applied)
    json.member("same", links.same)
    json.member("different", links.different)
    json.member("ids_not_found", links.missing)
    json.endObject()
  }

  /// The numbers as JSON.
  public func json(_ statistics: RunStatistics) -> [UInt8] {
    let provenance = Provenance(configuration)
    var json = JSONWriter()
    json.beginObject()
    json.member("sidik", provenance.stamp)
    json.member("parameters", provenance.parameters)
    json.member("kernels", Kernels.activeName)
    json.member("threads", configuration.threads)
    append(notes: &json)
    append(counts: statistics, &json)
    if let links = statistics.links { Self.append(links, &json) }
    append(candidates: statistics, &json)
    json.endObject()
    json.endLine()
    return json.bytes
  }

  private func append(notes json: inout JSONWriter) {
    json.key("inputs")
    json.beginArray()
    for note in notes {
      json.beginObject()
      json.member("file", note.file)
      json.member("note", note.message)
      json.endObject()
    }
    json.endArray()
  }

  private func append(counts statistics: RunStatistics, _ json: inout JSONWriter) {
    json.member("documents", statistics.documents)
    json.member("text_bytes", statistics.textBytes)
    json.member("repaired_bytes", statistics.repairedBytes)
    json.member("quarantined", statistics.quarantined)
    json.member("empty_documents", statistics.emptyDocuments)
    json.member("repeating_documents", statistics.repeatingDocuments)
    json.key("boilerplate")
    json.beginObject()
    json.member("sources", statistics.boilerplateSources)
    json.member("passages", statistics.boilerplatePassages)
    json.member("documents", statistics.maskedDocuments)
    json.member("characters", statistics.maskedCharacters)
    json.endObject()
    json.member("distinct_texts", statistics.nodes)
    json.member("collapsed_texts", statistics.leaders)
    json.member("compared_pairs", statistics.compared)
    json.member("edges", statistics.edges)
    json.member("digests", statistics.digests)
    json.member("families", statistics.families)
    json.member("documents_in_families", statistics.clustered)
  }

  private func append(candidates statistics: RunStatistics, _ json: inout JSONWriter) {
    let profile = configuration.profile
    json.key("lsh")
    json.beginObject()
    json.member("bands", profile.bands.bands)
    json.member("rows", profile.bands.rows)
    json.member("threshold", profile.threshold, decimals: 4)
    json.member("recall_target", profile.recall, decimals: 4)
    json.member(
      "recall_at_threshold",
      profile.bands.probability(at: profile.threshold),
      decimals: 4
    )
    json.key("curve")
    json.beginArray()
    for point in profile.bands.curve {
      json.beginArray()
      json.number(point.jaccard, decimals: 2)
      json.number(point.probability, decimals: 6)
      json.endArray()
    }
    json.endArray()
    json.member("met", statistics.banding.met)
    json.member("proposed", statistics.banding.proposed)
    json.member("largest_bucket", statistics.banding.largestBucket)
    json.member("large_buckets", statistics.banding.largeBuckets)
    json.endObject()
    json.key("postings")
    json.beginObject()
    json.member("samples", statistics.postings.samples)
    json.member("capped_features", statistics.postings.cappedFeatures)
    json.member("proposed", statistics.postings.proposed)
    json.endObject()
  }
}
