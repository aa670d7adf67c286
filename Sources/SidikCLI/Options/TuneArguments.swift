import ArgumentParser
import Sidik

/// What is to be reached, and by what.
struct TuneArguments: ParsableArguments {
  @Option(help: "The least share of what belongs together that must be found, 0 to 1.")
  var recall: Double?

  @Option(help: "The least share of what is found that must belong together, 0 to 1.")
  var precision: Double?

  @OptionGroup var known: TruthArguments

  @Option(
    help: ArgumentHelp(
      "Thresholds to try, separated by commas; .3 to .95 if left out.",
      valueName: "list"
    )
  )
  var thresholds: String?

  @Option(
    help: ArgumentHelp("Linkages to try; .2, .3, .4 and .5 if left out.", valueName: "list")
  )
  var linkages: String?

  @Option(
    help: "Texts to count pairs of, drawn by hash; all of up to 20,000, else 2,000, if left out."
  )
  var sample: Int?

  static let usualThresholds = [0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]
  static let usualLinkages = [0.2, 0.3, 0.4, 0.5]

  func validate() throws {
    guard (recall == nil) != (precision == nil) else {
      throw ValidationError("tune takes one of --recall and --precision.")
    }
    guard let target = recall ?? precision, target > 0, target <= 1 else {
      throw ValidationError("--recall and --precision take a number above 0 and up to 1.")
    }
    if known.truth == nil {
      guard precision == nil else {
        throw ValidationError(
          "--precision needs --truth: what is found without one is compared on its texts anyway."
        )
      }
      if thresholds != nil || linkages != nil {
        throw ValidationError("--thresholds and --linkages belong to --truth.")
      }
    } else if sample != nil {
      throw ValidationError("--sample belongs to bands, which are tuned without --truth.")
    }
    guard sample ?? 1 > 0 else { throw ValidationError("--sample takes a number above 0.") }
  }

  /// What must be reached.
  var target: TuningTarget { recall.map { .recall($0) } ?? .precision(precision ?? 1) }

  /// The numbers of a list, each above 0 and up to 1, in four decimals.
  static func numbers(
    _ text: String?,
    _ option: String,
    otherwise usual: [Double]
  ) throws
    -> [Double]
  {
    guard let text else { return usual }
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      Double(part.filter { $0 != " " }).map { ($0 * 10_000).rounded() / 10_000 }
    }
    guard numbers.count <= 100, numbers.allSatisfy({ $0.map { $0 > 0 && $0 <= 1 } ?? false }) else {
      throw SidikError(
        .usage,
        "\(option) takes up to 100 numbers above 0 and up to 1, separated by commas, not '\(text)'"
      )
    }
    return numbers.compactMap { $0 }
  }
}
