import ArgumentParser
import Sidik

/// Which profile, and what it folds: all that a command without comparisons needs.
struct NormaliserArguments: ParsableArguments {
  @Option(
    help: "Set of parameters: auto, article, chat or corpus.",
    completion: .list(Profile.all.map(\.name))
  )
  var profile = "auto"

  @Flag(help: "Also fold Indonesian slang and abbreviations to plain words.")
  var slang = false

  /// What the user asks for, as the library takes it.
  var options: ProfileOptions {
    var options = ProfileOptions()
    (options.profile, options.slang) = (profile, slang)
    return options
  }

  /// The profile the user named, with his folds.
  func resolved() throws -> Profile { try options.base() }
}

/// Where the hash constants come from.
struct KeyArguments: ParsableArguments {
  @Option(help: "Seed of all hashes; documents compare only under the same seed.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Derive all hashes from the secret in this file, at least 16 bytes.",
      valueName: "file"
    ),
    completion: .file()
  )
  var keyFile: String?

  /// The hash constants.
  func resolved() throws -> HashKeys {
    try keyFile.map { try HashKeys(secretFile: $0) } ?? HashKeys(seed: seed)
  }
}

/// From where on texts are copies.
struct ThresholdArguments: ParsableArguments {
  @Option(
    help: """
      Jaccard similarity from which documents are copies, above 0 to 1. Containment must reach it, \
      where it is above the profile's.
      """
  )
  var threshold: Double?

  /// The threshold, if any is given.
  func resolved() throws -> Double? {
    var options = ProfileOptions()
    options.threshold = threshold
    return try options.resolvedThreshold()
  }

  /// Changes a profile's rule.
  func apply(to profile: inout Profile) throws {
    if let threshold = try resolved() { profile.require(similarity: threshold) }
  }
}

/// All parameters that decide the answer of a batch command.
struct ProfileArguments: ParsableArguments {
  @OptionGroup var normaliser: NormaliserArguments
  @OptionGroup var threshold: ThresholdArguments

  @Option(help: "Share of the pairs at the threshold that the bands must find, 0 to 1.")
  var recall: Double?

  @Option(
    help: """
      Shape of the bands instead of --recall: bands x rows, such as 25x5, 128 slots at most.
      """
  )
  var bands: String?

  @Option(
    help: """
      Average weight from which two groups of documents merge, above 0 to 1; the profile's .25 if \
      left out. More gives smaller families.
      """
  )
  var linkage: Double?

  @OptionGroup var boilerplate: BoilerplateArguments
  @OptionGroup var keys: KeyArguments

  /// What the user asks for, as the library takes it.
  private var options: ProfileOptions {
    var options = normaliser.options
    options.threshold = threshold.threshold
    (options.recall, options.bands, options.linkage) = (recall, bands, linkage)
    return options
  }

  /// The linkage, if any is given, in the four decimals that files hold.
  func resolvedLinkage() throws -> Double? { try options.resolvedLinkage() }

  /// The profile with the user's changes.
  func resolvedProfile() throws -> Profile {
    var resolved = try options.resolved()
    try boilerplate.apply(to: &resolved)
    return resolved
  }
}

/// Which verified pairs are kept beside those that may join families.
struct RelatedArguments: ParsableArguments {
  @Flag(
    help: """
      Also keep pairs of separate texts with a tenth of the shorter in shared passages, as edges of \
      level related. They join no family; a run takes longer.
      """
  )
  var related = false

  /// Applies the options.
  func apply(to profile: inout Profile) throws {
    if related { try ProfileOptions.keepRelated(&profile) }
  }
}
