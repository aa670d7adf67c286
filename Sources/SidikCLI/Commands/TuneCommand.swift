import ArgumentParser
import Sidik

/// `sidik tune`: the parameters that reach a target on the user's own documents.
struct TuneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Choose bands, or threshold and linkage, for a recall or precision on your texts.",
    discussion: """
      With --truth FILE, groups or labelled pairs as for eval, clusters with each threshold and \
      linkage and chooses those that reach the target at the least cost of the other measure. \
      Without it, counts similar pairs exactly and chooses the cheapest bands that find the share \
      asked for. Prints the curve, and the options that apply the choice. Ends with code 1 where \
      nothing reaches the target.

      Examples:
        sidik tune --truth pairs.tsv --positive copy,variant --recall 0.95 docs.jsonl
        sidik tune --truth truth.jsonl --precision 0.98 --csv docs.jsonl
        sidik tune --recall 0.99 docs.jsonl
        sidik tune --recall 0.9 --profile corpus --threshold 0.8 --json dump.jsonl.zst
      """
  )

  /// Fewer pairs that belong together than this say little.
  private static let enoughPairs = 60

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Target") var tune: TuneArguments
  @OptionGroup(title: "Parameters") var normaliser: NormaliserArguments
  @OptionGroup(title: "Parameters") var threshold: ThresholdArguments
  @OptionGroup(title: "Parameters") var keys: KeyArguments
  @OptionGroup(title: "Output") var output: OutputArguments
  @OptionGroup(title: "Running") var run_: RunArguments

  @Flag(help: "Write one JSON object instead of a table.")
  var json = false

  @Flag(help: "Write the whole curve as CSV instead of a table.")
  var csv = false

  func validate() throws {
    guard !json || !csv else { throw ValidationError("tune takes one of --json and --csv.") }
    if tune.known.truth != nil, threshold.threshold != nil {
      throw ValidationError("--threshold is what is tuned with --truth; --thresholds lists some.")
    }
  }

  func run() async throws {
    var profile = try normaliser.resolved()
    try threshold.apply(to: &profile)
    let truth = try tune.known.read()
    let thresholds = try TuneArguments.numbers(
      tune.thresholds,
      "--thresholds",
      otherwise: TuneArguments.usualThresholds
    )
    let linkages = try TuneArguments.numbers(
      tune.linkages,
      "--linkages",
      otherwise: TuneArguments.usualLinkages
    )
    let parameters = (profile: profile, keys: try keys.resolved())
    let session = try Session(input, parameters, run_, output: output)
    let truthReader = try tune.known.truth.map { try LineFile.reader($0) }
    let file = try output.open(output.output, besides: session.reader, truthReader)
    let corpus = try await Pipeline(session.configuration).sketch(session.reader)
    try session.report(corpus.problems, corpus.statistics)
    let provenance = Provenance(session.configuration)
    let isReached: Bool
    if let truth {
      TruthArguments.warn(truth, corpus.documents)
      let tuning = try await ThresholdTuning(
        corpus,
        truth: truth,
        positive: tune.known.positiveLabels,
        ignored: tune.known.ignoredLabels,
        target: tune.target,
        thresholds: thresholds,
        linkages: linkages
      )
      session.progress.finish()
      let writer = ThresholdTuningWriter(tuning, provenance: provenance, options: common)
      try file.write(json ? writer.json() : csv ? writer.csv() : writer.text())
      let low = tuning.estimates.first { $0.name == tune.target.name }?.low
      warn(session, pairs: tuning.positives, isReached: tuning.isReached, low: low ?? 0)
      isReached = tuning.isReached
    } else {
      let tuning = BandTuning(corpus, target: tune.target.value, sample: tune.sample)
      let writer = BandTuningWriter(tuning, provenance: provenance, options: common)
      try file.write(json ? writer.json() : csv ? writer.csv() : writer.text())
      warn(session, pairs: tuning.pairs, isReached: tuning.isReached, low: tuning.estimate.low)
      isReached = tuning.isReached
    }
    try file.finish()
    try session.finish(
      corpus.statistics,
      otherwise: isReached ? ExitStatus.done : ExitStatus.nothingFound
    )
  }

  /// The options besides the tuned ones that the curve was made with.
  private var common: [String] {
    var options: [String] = []
    if normaliser.profile != Profile.auto.name { options += ["--profile", normaliser.profile] }
    if normaliser.slang { options.append("--slang") }
    if let threshold = threshold.threshold { options += ["--threshold", "\(threshold)"] }
    if let file = keys.keyFile { options += ["--key-file", file] }
    if keys.seed != 1, keys.keyFile == nil { options += ["--seed", "\(keys.seed)"] }
    return options
  }

  /// Says how far the sample can be trusted.
  private func warn(_ session: Session, pairs: Int, isReached: Bool, low: Double) {
    if pairs < Self.enoughPairs {
      session.warn(
        "only \(Console.counted(pairs, "pair belongs", "pairs belong")) together in this sample: "
          + "too few to choose by; with \(Self.enoughPairs) or more the figures mean something"
      )
    }
    if !isReached {
      session.warn("no row reaches \(tune.target.name) \(tune.target.value)")
    } else if low < tune.target.value {
      session.warn(
        "on another sample the choice may miss the target: the interval reaches below it"
      )
    }
  }
}
