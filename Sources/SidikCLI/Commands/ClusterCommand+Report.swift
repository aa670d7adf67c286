import Sidik

/// `sidik cluster --report`: the page for people.
extension ClusterCommand {
  /// Reads the inputs again for the texts of the families and writes the page.
  func writeReport(
    _ result: PipelineResult,
    _ provenance: Provenance,
    _ session: Session,
    to file: OutputFile
  ) async throws {
    let basis = ClusteringBasis(session.configuration)
    var about = ReportRun(basis, stamp: provenance.stamp, edges: result.edges.count)
    about.parameters = provenance.parameters
    about.inputs = reportInputNames(session.reader.options)
    about.quarantined = result.statistics.quarantined
    about.empty = result.statistics.emptyDocuments
    let data = ReportData(
      result.documents,
      families: result.families(withSingletons: all),
      edges: result.edges,
      run: about
    )
    try await reporting.page.write(data, reading: session.reader.secondPass(), to: file, run_)
  }
}
