public import SidikCluster
internal import SidikCore
public import SidikFormats
internal import SidikIndex

/// Writes the numbers of a run as one JSON object.
public struct StatisticsWriter {
  private let provenance: Provenance
  private let origin: Origin

  /// What families were made from.
  private enum Origin {
    case texts(PipelineConfiguration, [InputNote])
    /// What was read and compared to make the edges is not known then.
    case edges(file: String)
  }

  /// Makes a writer for a run over texts.
  ///
  /// - Parameters:
  ///   - configuration: that of the run.
  ///   - notes: what the reader found out about the inputs.
  public init(_ configuration: PipelineConfiguration, notes: [InputNote]) {
    provenance = Provenance(configuration)
    origin = .texts(configuration, notes)
  }

  /// Makes a writer for families made from saved edges.
  ///
  /// - Parameters:
  ///   - provenance: that of the families.
  ///   - file: the edges file.
  public init(ofEdges provenance: Provenance, file: String) {
    self.provenance = provenance
    origin = .edges(file: file)
  }

  /// The numbers as JSON.
  public func json(_ statistics: RunStatistics) -> [UInt8] {
    JSONWriter.line { json in
      json.member("sidik", provenance.stamp)
      json.member("parameters", provenance.parameters)
      switch origin {
      case .texts(let configuration, let notes):
        append(configuration, notes, &json)
      case .edges(let file):
        json.member("edges_file", file)
      }
      append(counts: statistics, &json)
      if let links = statistics.links { append(links, &json) }
      if case .texts(let configuration, _) = origin {
        append(statistics.banding, configuration.profile, &json)
        append(statistics.postings, &json)
      }
    }
  }

  private func append(
    _ configuration: PipelineConfiguration,
    _ notes: [InputNote],
    _ json: inout JSONWriter
  ) {
    json.member("kernels", Kernels.activeName)
    json.member("threads", configuration.threads)
    json.objects("inputs", notes) { json, note in
      json.member("file", note.file)
      json.member("note", note.message)
    }
  }

  private func append(counts statistics: RunStatistics, _ json: inout JSONWriter) {
    var isOfTexts = false
    if case .texts = origin { isOfTexts = true }
    json.member("documents", statistics.documents)
    if isOfTexts {
      json.member("text_bytes", statistics.textBytes)
      json.member("repaired_bytes", statistics.repairedBytes)
      json.member("quarantined", statistics.quarantined)
    }
    json.member("empty_documents", statistics.emptyDocuments)
    json.member("repeating_documents", statistics.repeatingDocuments)
    if isOfTexts { append(boilerplateOf: statistics, &json) }
    json.member("distinct_texts", statistics.nodes)
    json.member("collapsed_texts", statistics.leaders)
    if isOfTexts { json.member("compared_pairs", statistics.compared) }
    json.member("edges", statistics.edges)
    json.member("digests", statistics.digests)
    json.member("families", statistics.families)
    json.member("documents_in_families", statistics.clustered)
    if let templates = statistics.templates {
      json.member("templates", templates.count)
      json.member("documents_in_templates", templates.documents)
    }
  }

  private func append(boilerplateOf statistics: RunStatistics, _ json: inout JSONWriter) {
    json.object("boilerplate") { json in
      json.member("sources", statistics.boilerplateSources)
      json.member("passages", statistics.boilerplatePassages)
      json.member("documents", statistics.maskedDocuments)
      json.member("characters", statistics.maskedCharacters)
    }
  }

  private func append(_ links: LinkStatistics, _ json: inout JSONWriter) {
    json.object("links") { json in
      json.member("file", links.file)
      json.member("given", links.given)
      json.member("applied", links.applied)
      json.member("same", links.same)
      json.member("different", links.different)
      json.member("ids_not_found", links.missing)
    }
  }

  private func append(
    _ banding: LSHBanding.Statistics,
    _ profile: Profile,
    _ json: inout JSONWriter
  ) {
    json.object("lsh") { json in
      json.member("bands", profile.bands.bands)
      json.member("rows", profile.bands.rows)
      json.member("threshold", profile.threshold, decimals: 4)
      json.member("recall_target", profile.recall, decimals: 4)
      json.member(
        "recall_at_threshold",
        profile.bands.probability(at: profile.threshold),
        decimals: 4
      )
      json.array("curve", profile.bands.curve) { json, point in
        json.beginArray()
        json.number(point.jaccard, decimals: 2)
        json.number(point.probability, decimals: 6)
        json.endArray()
      }
      json.member("met", banding.met)
      json.member("proposed", banding.proposed)
      json.member("largest_bucket", banding.largestBucket)
      json.member("large_buckets", banding.largeBuckets)
    }
  }

  private func append(_ postings: SampledHashes.Statistics, _ json: inout JSONWriter) {
    json.object("postings") { json in
      json.member("samples", postings.samples)
      json.member("capped_features", postings.cappedFeatures)
      json.member("proposed", postings.proposed)
    }
  }
}
