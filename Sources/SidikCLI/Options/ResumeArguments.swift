import ArgumentParser
import Sidik

/// Where a run keeps its finished stages.
struct ResumeArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Keep the sketches in this folder once they are whole, and go on from them where an earlier \
      run of the same inputs and parameters has ended early; taken away at the end.
      """,
      valueName: "folder"
    ),
    completion: .directory
  )
  var resume: String?
}

/// The documents of a run that may be continued.
struct ResumableSource {
  /// Where documents come from.
  let source: any DocumentSource
  private let folder: RunFolder?

  /// Sketches what no earlier run has sketched.
  init(_ arguments: ResumeArguments, _ session: Session) async throws {
    guard let path = arguments.resume, let whole = Shard(index: 1, count: 1) else {
      (source, folder) = (session.reader, nil)
      return
    }
    let configuration = session.configuration
    let folder = try RunFolder(path, parameters: configuration.sketchBasis, session.reader)
    var state = try folder.prepare()
    if state == .sketched, let fault = Self.fault(folder, configuration) {
      session.warn("\(path): begins anew, as the sketches are not what was written: \(fault)")
      folder.discard()
      state = .empty
    }
    switch state {
    case .sketched:
      session.summary("\(path): goes on from finished sketches")
      try session.reader.takeAllNotes()
    case .other(let names):
      session.warn("\(path): begins anew, as these have changed: \(names)")
    case .unfinished:
      session.warn("\(path): begins anew, as the sketches were not finished")
    case .empty: break
    }
    if state != .sketched { try await Self.sketch(session, whole, to: folder) }
    source = ShardSource([folder.sketches], configuration)
    self.folder = folder
  }

  /// What is wrong with sketches that a manifest calls whole; all of them are read.
  private static func fault(_ folder: RunFolder, _ configuration: PipelineConfiguration) -> String?
  {
    do {
      try ShardSource([folder.sketches], configuration).check()
      return nil
    } catch {
      return (error as? SidikError)?.message ?? "\(error)"
    }
  }

  /// Sketches all documents and says that they are whole.
  private static func sketch(
    _ session: Session,
    _ whole: Shard,
    to folder: RunFolder
  ) async throws {
    let file = try OutputFile.open(folder.sketches, force: true)
    _ = try await ShardWriter(session.configuration)
      .run(session.reader, whole, keepsProblems: true) { try file.write($0) }
    try file.finish()
    try folder.finishSketches()
  }

  /// Takes away what was kept, once all results are written.
  func finish() { folder?.remove() }
}
