import ArgumentParser
import Sidik

/// `sidik explain`: why a document is in its family.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show why a document is in its family: scores, pairs, passages and differences.",
    discussion: """
      Clusters the inputs, then shows the document's family, its verified pairs, and the passages it \
      shares and differences word for word: with the member that the family is shown by, or with the \
      documents named by --with. What is compared is the original text; words that differ only in \
      what normalisation folds away are the same.

      On a terminal changes are coloured; elsewhere, and where NO_COLOR is set, they are marked: \
      [-out-] {+in+} [~moved from~] {~moved here~}.

      Ends with code 1 where the document is in no family and has no verified pair.

      Examples:
        sidik explain post-17 posts.csv
        sidik explain post-17 --with post-3 --with post-9 posts.csv
        sidik explain --json post-17 posts.csv
      """
  )

  @Argument(help: ArgumentHelp("The document.", valueName: "id"))
  var document: String

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Parameters") var profile: ProfileArguments
  @OptionGroup(title: "Parameters") var decisions: LinkArguments
  @OptionGroup(title: "Output") var view: DifferenceArguments
  @OptionGroup(title: "Running") var run_: RunArguments

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp("Compare with this document.", valueName: "id")
  )
  var others: [String] = []

  @Flag(help: "Write one JSON object.")
  var json = false

  func run() async throws {
    let links = try decisions.resolved()
    let output = try OutputFile.open("-")
    let session = try Session(
      input,
      profile,
      run_,
      output: try OutputArguments.parse([]),
      links: links?.list,
      keepsStandardInput: true
    )
    let result = try await Pipeline(session.configuration).run(session.reader)
    try session.report(result.problems, result.statistics)
    var explanation = try Explanation(
      of: try find(document, result.documents),
      with: try others.map { try find($0, result.documents) },
      result
    )
    var texts = try ReportTexts(
      wanted: explanation.isWanted(among: result.documents.count),
      folder: session.configuration.temporaryFolder
    )
    try texts.read(session.reader.secondPass())
    try await explanation.findPassages(texts, session.configuration)
    let writer = ExplanationWriter(
      explanation,
      documents: result.documents,
      texts: texts,
      normaliser: session.configuration.profile.normaliser,
      provenance: Provenance(session.configuration)
    )
    try output.write(
      json ? writer.json() : writer.text(view.style, context: view.resolvedContext)
    )
    try output.finish()
    try session.finish(
      result.statistics,
      otherwise: explanation.isAlone ? ExitStatus.nothingFound : ExitStatus.done
    )
  }

  /// The only document of an id.
  private func find(_ id: String, _ table: DocumentTable) throws -> Int {
    let found = (0..<table.count).filter { table.id($0) == id }
    guard let document = found.first else {
      throw SidikError(.usage, "no document has the id '\(id)'")
    }
    guard found.count == 1 else {
      throw SidikError(.usage, "\(found.count) documents have the id '\(id)'")
    }
    return document
  }
}
