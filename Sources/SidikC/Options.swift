internal import Glibc
internal import Sidik

/// All options of a caller, by the words of the command line.
final class Options {
  private var profile = ProfileOptions()
  /// `learn`, `none` or the path of a file.
  private var boilerplate: String?
  private var seed: UInt64 = 1
  private var keyFile: String?
  private(set) var threads = 0
  private(set) var temporaryFolder: String?
  private(set) var defaultSource: String?
  private var scheme = SketchParameters.Scheme.oph
  private var shingleHash: SketchParameters.ShingleHash?
  private var digest = SketchParameters.Digest.fast
  private var unit: FeatureUnit?
  private(set) var keep = KeepPolicy.first
  private(set) var loosest = Level.variant
  private var since: Int64?
  private var until: Int64?

  /// Sets one option; nil restores its default.
  func set(_ name: String, _ value: String?) throws {
    switch name {
    case "profile", "slang", "threshold", "recall", "bands", "linkage", "related":
      try setProfile(name, value)
    case "boilerplate": boilerplate = value
    case "default-source": defaultSource = value
    case "seed": seed = try Read.number(name, value, "a whole number from 0") ?? 1
    case "key-file": keyFile = value
    case "threads": try setThreads(value)
    case "temp-dir": temporaryFolder = value
    case "scheme": scheme = try Read.choice(name, value) ?? .oph
    case "shingle-hash": shingleHash = try Read.choice(name, value)
    case "digest": digest = try Read.choice(name, value) ?? .fast
    case "unit": unit = try value.map(FeatureUnit.init(named:))
    case "keep": try setKeep(value)
    case "level": try setLevel(value)
    case "since": since = try Read.moment(name, value)
    case "until": until = try Read.moment(name, value)
    default: throw SidikError(.usage, "there is no option '\(name)'")
    }
  }

  private func setProfile(_ name: String, _ value: String?) throws {
    var changed = profile
    let number = "a number"
    switch name {
    case "profile": changed.profile = value ?? Profile.auto.name
    case "slang": changed.slang = try Read.flag(name, value)
    case "threshold": changed.threshold = try Read.number(name, value, number)
    case "recall": changed.recall = try Read.number(name, value, number)
    case "bands": changed.bands = value
    case "linkage": changed.linkage = try Read.number(name, value, number)
    default: changed.related = try Read.flag(name, value)
    }
    // Each value by itself, so that the order of setting does not matter.
    var alone = ProfileOptions()
    (alone.profile, alone.threshold, alone.linkage) =
      (changed.profile, changed.threshold, changed.linkage)
    (alone.recall, alone.bands) = (nil, changed.bands)
    _ = try alone.resolved()
    (alone.recall, alone.bands) = (changed.recall, nil)
    _ = try alone.resolved()
    profile = changed
  }

  private func setThreads(_ value: String?) throws {
    let given: Int = try Read.number("threads", value, "a number from 0 to 1024") ?? 0
    guard (0...1024).contains(given) else {
      throw SidikError(.usage, "threads takes a number from 0 to 1024")
    }
    threads = given
  }

  private func setKeep(_ value: String?) throws {
    guard let policy = KeepPolicy(value ?? "first") else {
      throw SidikError(
        .usage,
        "keep takes first, earliest, longest, best:FIELD or source:LIST, not '\(value ?? "")'"
      )
    }
    keep = policy
  }

  private func setLevel(_ value: String?) throws {
    guard let level = Level(rawValue: value ?? "variant"), level <= .excerpt else {
      throw SidikError(
        .usage,
        "level takes exact, copy, variant or excerpt, not '\(value ?? "")'"
      )
    }
    loosest = level
  }

  /// The profile with all changes.
  func resolvedProfile() throws -> Profile {
    var options = profile
    switch boilerplate {
    case nil: break
    case "learn": options.boilerplate = .learn
    case "none": options.boilerplate = BoilerplatePolicy.none
    case .some(let path):
      options.boilerplate = .given(try BoilerplateFile.read(path, options.base().normaliser))
    }
    return try options.resolved()
  }

  /// The hash constants.
  func keys() throws -> HashKeys {
    try secret() ?? HashKeys(seed: seed)
  }

  /// The hash constants of the secret, if any is named.
  func secret() throws -> HashKeys? {
    try keyFile.map { try HashKeys(secretFile: $0) }
  }

  /// Threads to use.
  var resolvedThreads: Int {
    threads > 0 ? threads : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// The configuration of a batch run; nothing is kept on disk by it.
  func configuration() throws -> PipelineConfiguration {
    var configuration = PipelineConfiguration(
      profile: try resolvedProfile(),
      keys: try keys(),
      threads: resolvedThreads,
      temporaryFolder: temporaryFolder
    )
    configuration.defaultSource = defaultSource
    return configuration
  }

  /// What `sidik compare` compares with: no weights, no boilerplate.
  func comparing() throws -> PipelineConfiguration {
    PipelineConfiguration(profile: try resolvedProfile(), keys: try keys(), threads: 1)
  }

  /// What sketches are made with.
  func sketching() throws -> SketchParameters {
    guard let permutationSeed = UInt32(exactly: seed) ?? (scheme == .oph ? 1 : nil) else {
      throw SidikError(
        .usage,
        "seed takes at most 4294967295 with the scheme \(scheme.rawValue)"
      )
    }
    let base = try profile.base()
    return SketchParameters(
      scheme: scheme,
      shingleHash: shingleHash,
      digest: digest,
      unit: unit ?? base.unit,
      normaliser: base.normaliser,
      keys: try keys(),
      permutationSeed: permutationSeed
    )
  }

  /// Times of documents that count; nil where all do.
  func window() throws -> ClosedRange<Int64>? {
    if since == nil, until == nil { return nil }
    let (first, last) = (since ?? .min, until ?? .max)
    guard first <= last else { throw SidikError(.usage, "since comes after until") }
    return first...last
  }
}

/// Values of options.
private enum Read {
  static func number<Number: LosslessStringConvertible>(
    _ name: String,
    _ value: String?,
    _ kind: String
  ) throws -> Number? {
    guard let value else { return nil }
    guard let number = Number(value) else {
      throw SidikError(.usage, "\(name) takes \(kind), not '\(value)'")
    }
    return number
  }

  static func flag(_ name: String, _ value: String?) throws -> Bool {
    switch value {
    case "true": true
    case "false", nil: false
    case .some(let other):
      throw SidikError(.usage, "\(name) takes true or false, not '\(other)'")
    }
  }

  static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String,
    _ value: String?
  ) throws -> Choice? {
    guard let value else { return nil }
    guard let choice = Choice(rawValue: value) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw SidikError(.usage, "\(name) takes one of \(names), not '\(value)'")
    }
    return choice
  }

  static func moment(_ name: String, _ value: String?) throws -> Int64? {
    guard let value else { return nil }
    guard let moment = Timestamp(value) else {
      throw SidikError(
        .usage,
        "\(name) takes a date or a moment, such as 2026-01-31, not '\(value)'"
      )
    }
    return Int64(moment.seconds)
  }
}
