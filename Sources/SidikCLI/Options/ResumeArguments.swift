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
    switch try folder.prepare() {
    case .sketched:
      session.summary("\(path): goes on from finished sketches")
      try session.reader.takeAllNotes()
    case let state:
      if case .other(let names) = state {
        session.warn("\(path): begins anew, as these have changed: \(names)")
      } else if state == .unfinished {
        session.warn("\(path): begins anew, as the sketches were not finished")
      }
      let file = try OutputFile.open(folder.sketches, force: true)
      _ = try await ShardWriter(configuration)
        .run(session.reader, whole, keepsProblems: true) { try file.write($0) }
      try file.finish()
      try folder.finishSketches()
    }
    source = ShardSource([folder.sketches], configuration)
    self.folder = folder
  }

  /// Takes away what was kept, once all results are written.
  func finish() { folder?.remove() }
}
