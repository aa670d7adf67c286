import ArgumentParser
import Glibc
import Sidik

/// `sidik eval`: how good an answer is, measured against what is known.
struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Measure an answer against the truth, exact similarity, or edits of known kinds.",
    discussion: """
      Three ways to measure, each with 95 % intervals:
        --truth FILE   groups ({"ids":[…]} a line) or labelled pairs (id, id, label with tabs).
                       Without --clusters the inputs are clustered first; with it, families of \
      any engine are scored ({"ids":[…]} or {"members":[…]} a line).
        --jaccard      counts all pairs of similar texts exactly and says which were found.
        --edits        makes edited copies and traps from your own texts (remove their copies \
      first: sidik dedup) and says which edits are seen through. --emit DIR writes the set \
      instead, for any engine. --seed is the seed of the edits.

      Examples:
        sidik eval --truth pairs.tsv --positive copy,excerpt --ignored template docs.jsonl
        sidik eval --truth truth.jsonl --clusters families.jsonl --edges edges.jsonl
        sidik eval --jaccard --sample 2000 docs.jsonl
        sidik eval --edits --regime 2-5 --seed 7 unique.jsonl
        sidik eval --edits --emit set/ --seed 7 unique.jsonl
      """
  )

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Truth") var truth: TruthArguments
  @OptionGroup(title: "Truth") var answer: AnswerArguments
  @OptionGroup(title: "Exact similarity") var exact: ExactArguments
  @OptionGroup(title: "Edits") var edit: EditArguments
  @OptionGroup(title: "Parameters") var profile: ProfileArguments
  @OptionGroup(title: "Parameters") var related: RelatedArguments
  @OptionGroup(title: "Output") var output: OutputArguments
  @OptionGroup(title: "Running") var run_: RunArguments

  @Flag(help: "Write one JSON object instead of a table.")
  var json = false

  func validate() throws {
    let ways = [truth.truth != nil, exact.jaccard, edit.edits].count { $0 }
    guard ways == 1 else {
      throw ValidationError("eval takes one of --truth, --jaccard and --edits.")
    }
    if answer.clusters != nil || answer.edges != nil || answer.editKinds != nil, truth.truth == nil
    {
      throw ValidationError("--clusters, --edges and --edit-kinds belong to --truth.")
    }
    if answer.edges != nil, answer.clusters == nil {
      throw ValidationError("--edges belongs to --clusters; without it the run's own are scored.")
    }
    if answer.clusters != nil, !input.inputs.isEmpty {
      throw ValidationError("--clusters takes no inputs: nothing is clustered.")
    }
    if related.related, truth.truth == nil {
      throw ValidationError(
        "--related belongs to --truth, where related pairs then count as found."
      )
    }
    if edit.emit != nil, !edit.edits { throw ValidationError("--emit belongs to --edits.") }
    if exact.containment || exact.sample != nil, !exact.jaccard {
      throw ValidationError("--containment and --sample belong to --jaccard.")
    }
  }

  func run() async throws {
    if let known = try truth.read() {
      try await score(known)
    } else if exact.jaccard {
      try await scoreExact()
    } else {
      try await scoreEdits()
    }
  }

  // MARK: Truth

  private func score(_ known: Truth) async throws {
    let kinds = try answer.editKinds.map { EditedCopy.read(try LineFile.read($0)) } ?? []
    if let clusters = answer.clusters {
      let families = try FoundFamilies.read(LineFile.read(clusters), file: clusters)
      let edges = try answer.edges.map { try FoundEdge.read(LineFile.read($0), file: $0) }
      let report = self.report(known, families, edges, kinds)
      try write(EvaluationWriter(report, provenance: nil), besides: nil)
      return
    }
    let session = try Session(input, profile, run_, output: output, related: related)
    let result = try await Pipeline(session.configuration).run(session.reader)
    try session.report(result.problems, result.statistics)
    TruthArguments.warn(known, result.documents)
    let families = FoundFamilies.of(result)
    let report = self.report(known, families, FoundEdge.of(result), kinds)
    let provenance = Provenance(session.configuration)
    try write(EvaluationWriter(report, provenance: provenance), besides: session.reader)
    try session.finish(result.statistics)
  }

  private func report(
    _ known: Truth,
    _ families: [[String]],
    _ edges: [FoundEdge]?,
    _ kinds: [EditedCopy]
  ) -> EvaluationReport {
    var report = EvaluationReport(
      families: families,
      edges: edges,
      truth: known,
      positive: truth.positiveLabels,
      ignored: truth.ignoredLabels,
      loosest: related.related ? .related : .excerpt
    )
    report.add(kinds: kinds, families: families)
    warn(report.scarceKinds)
    return report
  }

  private func warn(_ scarce: [String]) {
    guard !scarce.isEmpty, !run_.quiet else { return }
    Console.warning(
      "fewer than \(EvaluationReport.enoughCopies) copies, too few to quote their share: "
        + scarce.joined(separator: ", ")
    )
  }

  private func write(_ writer: EvaluationWriter, besides reader: InputReader?) throws {
    let file = try output.open(output.output, besides: reader)
    try file.write(json ? writer.json() : writer.text())
    try file.finish()
  }

  // MARK: Exact similarity

  private func scoreExact() async throws {
    let options = try exact.resolved()
    var whole = profile
    // Similarity is counted on whole texts, so those are what is to be found.
    if whole.boilerplate.boilerplate == nil { whole.boilerplate.boilerplate = "none" }
    let session = try Session(input, whole, run_, output: output, keepsStandardInput: true)
    let file = try output.open(output.output, besides: session.reader)
    let result = try await Pipeline(session.configuration).run(session.reader)
    try session.report(result.problems, result.statistics)
    let recall = try JaccardRecall(result, session.configuration, options) {
      session.reader.secondPass()
    }
    let writer = JaccardRecallWriter(recall, provenance: Provenance(session.configuration))
    try file.write(json ? writer.json() : writer.text())
    try file.finish()
    try session.finish(result.statistics)
  }

  // MARK: Edits

  private func scoreEdits() async throws {
    var hashing = profile
    hashing.keys.seed = 1
    let session = try Session(input, hashing, run_, output: output)
    let (documents, quarantined) = try DocumentList.read(session.reader)
    for line in InputNote.lines(session.reader.notes) { session.summary(line) }
    let set = try edit.resolved(documents, seed: profile.keys.seed)
    let corpus = set.build(from: documents)
    try edit.check(corpus, set)
    if let folder = edit.emit {
      try emit(corpus, to: folder, besides: session.reader)
      warn(EditArguments.scarce(corpus))
    } else {
      let result = try await Pipeline(session.configuration).run(CorpusSource(corpus.documents))
      session.progress.finish()
      let families = FoundFamilies.of(result)
      var report = EvaluationReport(
        families: families,
        edges: FoundEdge.of(result),
        truth: .groups(corpus.truth)
      )
      report.add(kinds: EditedCopy.of(corpus), families: families)
      warn(report.scarceKinds)
      let provenance = Provenance(session.configuration)
      try write(EvaluationWriter(report, provenance: provenance), besides: session.reader)
    }
    session.summary(
      "\(set.setting.rawValue) set of seed \(set.seed): \(corpus.documents.count) documents, "
        + "\(corpus.truth.count { $0.count > 1 }) stories, \(corpus.truth.count { $0.count == 1 }) "
        + "singles"
    )
    if quarantined > 0 { throw ExitCode(ExitStatus.quarantined) }
  }

  private func emit(
    _ corpus: LabelledCorpus,
    to folder: String,
    besides reader: InputReader
  ) throws {
    if unsafe mkdir(folder, 0o777) != 0, errno != EEXIST {
      throw SidikError(.file, unsafe String(cString: strerror(errno)), file: folder)
    }
    let files = try EditSetWriter.names.map { try output.open(folder + "/" + $0, besides: reader) }
    for (file, bytes) in zip(files, EditSetWriter.contents(corpus)) {
      try file.write(bytes)
      try file.finish()
    }
  }
}
