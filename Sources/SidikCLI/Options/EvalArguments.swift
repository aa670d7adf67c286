import ArgumentParser
import Sidik

/// What is scored against the truth, where that is not a run over the inputs.
struct AnswerArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Score these families instead of clustering.", valueName: "file"))
  var clusters: String?

  @Option(help: ArgumentHelp("The verified pairs that go with --clusters.", valueName: "file"))
  var edges: String?

  @Option(
    help: ArgumentHelp(
      "Also score by kind of edit: lines of id, kind and base, as --emit writes them.",
      valueName: "file"
    )
  )
  var editKinds: String?
}

/// What is counted exactly.
struct ExactArguments: ParsableArguments {
  @Flag(help: "Count similar pairs exactly and say which share was found.")
  var jaccard = false

  @Flag(help: "Count by containment of the shorter text instead of Jaccard similarity.")
  var containment = false

  @Option(help: "Count pairs from this similarity on; .3, or .8 for containment, if left out.")
  var least: Double?

  @Option(help: "Shingle to count by: charN or wordN; the profile's if left out.")
  var unit: String?

  @Option(help: "Leave out texts with fewer distinct shingles.")
  var leastFeatures = 1

  @Option(help: "Texts to ask about, drawn by hash; all of up to 20,000, else 2,000, if left out.")
  var sample: Int?

  /// The options as the library takes them.
  func resolved() throws -> JaccardRecall.Options {
    var options = JaccardRecall.Options()
    options.containment = containment
    options.least = least ?? (containment ? 0.8 : 0.3)
    guard options.least >= 0.05, options.least <= 1 else {
      throw SidikError(.usage, "--least takes a number from 0.05 to 1")
    }
    options.unit = try unit.map(FeatureUnit.init(named:))
    options.leastFeatures = max(1, leastFeatures)
    options.sample = sample
    guard sample ?? 1 > 0 else { throw SidikError(.usage, "--sample takes a number above 0") }
    return options
  }
}

/// What edits are made of whose texts.
struct EditArguments: ParsableArguments {
  @Flag(help: "Make edited copies and traps from the inputs and measure on them.")
  var edits = false

  @Option(
    help: ArgumentHelp("Write the set into this folder; cluster nothing.", valueName: "folder")
  )
  var emit: String?

  @Option(help: "Copies a story: 28 (one of each kind, beside the original) or 2-5.")
  var regime: EditSet.Size = .oneOfEachKind

  @Option(
    help: "Kinds of edit, separated by commas; matrix (the 27) or all (and the newer ones)."
  )
  var kinds = "matrix"

  @Option(help: "article, chat, or auto: by the median length of the texts.")
  var setting = "auto"

  @Option(help: "Stories; the setting's number if left out.")
  var stories: Int?

  @Option(help: "Texts without copies; the setting's number if left out.")
  var distractors: Int?

  /// The recipe.
  func resolved(_ documents: [EvaluationDocument], seed: UInt64) throws -> EditSet {
    let chosen = EditSet.Setting(rawValue: setting)
    guard chosen != nil || setting == "auto" else {
      throw SidikError(.usage, "--setting takes article, chat or auto, not '\(setting)'")
    }
    var set = EditSet(
      chosen ?? EditSet.setting(of: documents),
      regime,
      seed: seed,
      kinds: try resolvedKinds()
    )
    set.bases = stories ?? set.bases
    set.distractors = distractors ?? set.distractors
    guard set.bases > 0, set.distractors >= 0 else {
      throw SidikError(.usage, "--stories and --distractors take numbers")
    }
    return set
  }

  private func resolvedKinds() throws -> [EditKind] {
    switch kinds {
    case "matrix": return EditKind.matrix
    case "all": return EditKind.all
    default:
      return try TruthArguments.list(kinds).map { name in
        guard let kind = EditKind(name: name) else {
          let known = EditKind.all.map(\.name).joined(separator: ", ")
          throw SidikError(.usage, "--kinds: there is no '\(name)' (there are \(known))")
        }
        return kind
      }
    }
  }

  /// Refuses a set without stories, and says where texts ran out.
  func check(_ corpus: LabelledCorpus, _ set: EditSet) throws {
    let made = corpus.truth.count { $0.count > 1 }
    guard made > 0 else {
      throw SidikError(.data, "no text is long enough for a story of the \(set.setting) setting")
    }
    if made < set.bases {
      Console.warning("the texts are enough for \(made) stories only, not \(set.bases)")
    }
  }

  /// The kinds with too few copies to quote a share of.
  static func scarce(_ corpus: LabelledCorpus) -> [String] {
    var report = EvaluationReport(families: [], truth: .groups(corpus.truth))
    report.add(kinds: EditedCopy.of(corpus), families: [])
    return report.scarceKinds
  }
}

/// Inputs whose texts are wanted in memory.
enum DocumentList {
  /// All documents, and how many records were set aside.
  static func read(
    _ reader: InputReader
  ) throws -> (documents: [EvaluationDocument], quarantined: Int) {
    var documents: [EvaluationDocument] = []
    var quarantined = 0
    var batch = DocumentBatch()
    while let chunk = try reader.nextChunk() {
      try chunk.parse(into: &batch)
      for problem in batch.problems where problem.isQuarantined {
        quarantined += 1
        Console.warning(
          "\(problem.file):\(problem.line): byte \(problem.offset): \(problem.reason); set aside"
        )
      }
      for entry in batch.entries {
        documents.append(
          EvaluationDocument(
            id: batch.string(entry.id),
            text: batch.string(entry.text),
            source: entry.source.map { batch.string($0) },
            author: entry.author.map { batch.string($0) },
            time: entry.time.map { batch.string($0) }
          )
        )
      }
    }
    return (documents, quarantined)
  }
}
