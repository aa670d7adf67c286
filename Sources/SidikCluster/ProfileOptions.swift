public import SidikCore
public import SidikIndex

/// What a user may change of a profile, as he writes it, and what it comes to.
///
/// The command line, the C interface and what is built on it resolve their options here, so that
/// the same words mean the same run.
public struct ProfileOptions: Sendable {
  /// The name of the profile.
  public var profile = Profile.auto.name
  /// Whether slang is folded too.
  public var slang = false
  /// The Jaccard similarity from which documents are copies.
  public var threshold: Double?
  /// The share of pairs at the threshold that bands must find.
  public var recall: Double?
  /// The shape of the bands, such as `25x5`.
  public var bands: String?
  /// The average weight from which two groups merge.
  public var linkage: Double?
  /// What is cut from documents before they are compared.
  public var boilerplate: BoilerplatePolicy?
  /// Whether pairs of separate texts that share passages are kept as edges.
  public var related = false

  /// The defaults of every command.
  public init() {}

  /// The profile without thresholds: all that a command without comparisons needs.
  ///
  /// - Throws: ``SidikError`` where there is no such profile.
  public func base() throws(SidikError) -> Profile {
    guard var resolved = Profile.all.first(where: { $0.name == profile }) else {
      let names = Profile.all.map(\.name).joined(separator: ", ")
      throw SidikError(.usage, "--profile: there is no '\(profile)' (there are \(names))")
    }
    if slang { resolved.normaliser.folds.insert(.slang) }
    return resolved
  }

  /// The profile with all changes.
  ///
  /// - Throws: ``SidikError`` of code `usage` where a value is out of range or two contradict.
  public func resolved() throws(SidikError) -> Profile {
    var resolved = try base()
    if let threshold = try resolvedThreshold() { resolved.require(similarity: threshold) }
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
    resolved.boilerplate = boilerplate ?? resolved.boilerplate
    if related { try Self.keepRelated(&resolved) }
    return resolved
  }

  /// The threshold, if any is given.
  ///
  /// - Throws: ``SidikError`` where it is out of range.
  public func resolvedThreshold() throws(SidikError) -> Double? {
    guard let threshold else { return nil }
    guard threshold > 0, threshold <= 1 else {
      throw SidikError(.usage, "--threshold takes a number above 0 and up to 1")
    }
    return threshold
  }

  /// The linkage, if any is given, in the four decimals that files hold.
  ///
  /// - Throws: ``SidikError`` where it is out of range.
  public func resolvedLinkage() throws(SidikError) -> Double? {
    guard let linkage else { return nil }
    let rounded = (linkage * 10_000).rounded() / 10_000
    guard rounded > 0, rounded <= 1 else {
      throw SidikError(.usage, "--linkage takes a number above 0 and up to 1")
    }
    return rounded
  }

  /// A shape of bands as users write it.
  ///
  /// - Throws: ``SidikError`` where it is none of at most 128 slots.
  public static func shape(_ text: String) throws(SidikError) -> BandParameters {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let bands = parts[0], let rows = parts[1], bands > 0, rows > 0,
      bands <= 128, rows <= 128, bands * rows <= 128
    else {
      throw SidikError(.usage, "--bands takes BANDSxROWS of at most 128 slots, not '\(text)'")
    }
    return BandParameters(bands: bands, rows: rows)
  }

  /// Makes a profile keep pairs of separate texts that share passages.
  ///
  /// - Throws: ``SidikError`` where the profile has no passages.
  public static func keepRelated(_ profile: inout Profile) throws(SidikError) {
    guard profile.rule.containment != nil else {
      throw SidikError(
        .usage,
        "--related needs passages, which the profile \(profile.name) has not"
      )
    }
    profile.rule.related = VerificationRule.relatedCoverage
  }
}
