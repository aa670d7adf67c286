import ArgumentParser
import Glibc
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

  /// The profile the user named, with his folds.
  func resolved() throws -> Profile {
    guard var resolved = Profile.all.first(where: { $0.name == profile }) else {
      let names = Profile.all.map(\.name).joined(separator: ", ")
      throw SidikError(.usage, "--profile: there is no '\(profile)' (there are \(names))")
    }
    if slang { resolved.normaliser.folds.insert(.slang) }
    return resolved
  }
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
    guard let keyFile else { return HashKeys(seed: seed) }
    let secret = try SmallFile.read(keyFile, limit: 1 << 16)
    do {
      return try HashKeys(secret: secret)
    } catch {
      throw SidikError(error.code, error.message, file: keyFile)
    }
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
    guard let threshold else { return nil }
    guard threshold > 0, threshold <= 1 else {
      throw SidikError(.usage, "--threshold takes a number above 0 and up to 1")
    }
    return threshold
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

  /// The linkage, if any is given, in the four decimals that files hold.
  func resolvedLinkage() throws -> Double? {
    guard let linkage else { return nil }
    let rounded = (linkage * 10_000).rounded() / 10_000
    guard rounded > 0, rounded <= 1 else {
      throw SidikError(.usage, "--linkage takes a number above 0 and up to 1")
    }
    return rounded
  }

  /// A shape as the command line writes it.
  static func shape(_ text: String) throws -> BandParameters {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let bands = parts[0], let rows = parts[1], bands > 0, rows > 0,
      bands <= 128, rows <= 128, bands * rows <= 128
    else {
      throw SidikError(.usage, "--bands takes BANDSxROWS of at most 128 slots, not '\(text)'")
    }
    return BandParameters(bands: bands, rows: rows)
  }

  /// The profile with the user's changes.
  func resolvedProfile() throws -> Profile {
    var resolved = try normaliser.resolved()
    try threshold.apply(to: &resolved)
    if let recall {
      guard recall > 0, recall < 1 else {
        throw SidikError(.usage, "--recall takes a number above 0 and below 1")
      }
      resolved.recall = recall
    }
    if let bands {
      guard recall == nil else {
        throw SidikError(.usage, "--bands and --recall both choose the bands; give one of them")
      }
      resolved.shape = try Self.shape(bands)
    }
    resolved.linkage = try resolvedLinkage() ?? resolved.linkage
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
    guard related else { return }
    guard profile.rule.containment != nil else {
      throw SidikError(
        .usage,
        "--related needs passages, which the profile \(profile.name) has not"
      )
    }
    profile.rule.related = VerificationRule.relatedCoverage
  }
}

/// Files that are read whole, such as keys.
enum SmallFile {
  /// The bytes of a file of at most `limit` bytes.
  static func read(_ path: String, limit: Int) throws -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw SidikError(.file, unsafe String(cString: strerror(errno)), file: path)
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count < bytes.count {
      let got = unsafe bytes[count...].withUnsafeMutableBytes { part in
        unsafe Glibc.read(descriptor, part.baseAddress, part.count)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else {
        throw SidikError(.file, unsafe String(cString: strerror(errno)), file: path)
      }
      if got == 0 { break }
      count += got
    }
    guard count <= limit else {
      throw SidikError(.usage, "is larger than the \(limit) bytes such a file may have", file: path)
    }
    return Array(bytes[..<count])
  }
}
