import ArgumentParser
import Sidik

/// `sidik cluster --from-edges`: families out of the verified pairs of an earlier run.
extension ClusterCommand {
  /// Refuses what only a run on texts can follow.
  func validateFromEdges() throws {
    guard input.inputs.isEmpty else {
      throw ValidationError("--from-edges takes no inputs: no texts are read.")
    }
    let given: [(String, Bool)] = [
      ("--profile", profile.normaliser.profile != Profile.auto.name),
      ("--slang", profile.normaliser.slang), ("--recall", profile.recall != nil),
      ("--bands", profile.bands != nil), ("--boilerplate", profile.boilerplate.boilerplate != nil),
      ("--default-source", profile.boilerplate.defaultSource != nil),
      ("--key-file", profile.keys.keyFile != nil), ("--quarantine", input.quarantine != nil),
      ("--text", input.text != nil), ("--id", input.id != nil), ("--lines", input.lines),
      ("--input-format", input.inputFormat != nil), ("--report", reporting.report != nil),
      ("--groups", groups != nil),
    ]
    if let first = given.first(where: \.1) {
      throw ValidationError("\(first.0) is about texts; --from-edges reads none.")
    }
  }

  /// Reads the edges, clusters them and writes what was asked for.
  func runFromEdges(_ path: String) async throws {
    let threshold = try profile.threshold.resolved()
    let linkage = try profile.resolvedLinkage()
    let links = try decisions.resolved()
    let reader = try LineFile.reader(path)
    let outputs = try (
      families: output.open(output.output, besides: reader, links?.reader),
      edges: edges.map { try output.open($0, besides: reader, links?.reader) },
      stats: stats.map { try output.open($0, besides: reader, links?.reader) }
    )
    var saved = SavedEdgesReader(file: path)
    try LineFile.forEach(reader) { try saved.take($0, number: $1) }
    let clustering = try Reclustering(
      saved.finish(),
      threshold: threshold,
      linkage: linkage,
      links: links?.list
    )
    let result = try await clustering.run()
    let provenance = Provenance(clustering.basis.linked(by: links?.list))
    try writeFamilies(result, provenance, to: outputs.families)
    if let file = outputs.edges {
      try EdgeWriter(result, basis: clustering.basis).write(to: file)
      try file.finish()
    }
    if let file = outputs.stats {
      try file.write(StatisticsWriter(ofEdges: provenance, file: path).json(result.statistics))
      try file.finish()
    }
    if !run_.quiet {
      let templates = result.edges.count { $0.level == .template }
      let related = result.edges.count { $0.level == .related }
      let edges = result.statistics.edges - templates - related
      Console.line(
        "sidik: \(path): \(Console.counted(edges, "edge", "edges")) of strength "
          + "\(clustering.basis.threshold) or more"
          + (templates > 0 ? " and \(templates) of templates" : "")
          + (related > 0 ? " and \(related) of related texts" : "")
          + ", linkage \(clustering.basis.linkage)"
      )
      if let links = result.statistics.links { Console.line("sidik: " + links.summary) }
      Console.line("sidik: " + Self.closing(result.statistics))
    }
    if check, !result.families.isEmpty { throw ExitCode(ExitStatus.duplicatesPresent) }
  }
}
