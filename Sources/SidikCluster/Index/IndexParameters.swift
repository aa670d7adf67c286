public import SidikCore
public import SidikIndex

/// What an index was made with: all that decides its answers, and all that is needed to ask it.
///
/// Pairs are compared by themselves, as `compare` does it: what a corpus teaches (weights of rare
/// wording, boilerplate) would let every added document change earlier answers.
public struct IndexParameters: Sendable, Hashable {
  /// The profile, with the user's changes, without what only a corpus can teach.
  public private(set) var profile: Profile
  /// Whether normalised texts are kept, so that matches are verified.
  public let keepsTexts: Bool
  private let slang: Bool
  private let threshold: Double?
  private let keysName: String

  /// One in this many features of the posting unit is sampled, where texts are kept.
  static let sampleRate: UInt64 = 16

  /// Decides the parameters of a new index.
  ///
  /// - Parameters:
  ///   - name: one of ``Profile/all``.
  ///   - slang: whether slang is folded too.
  ///   - threshold: the similarity from which documents are copies; nil is the profile's.
  ///   - bands: the shape of the bands; nil is the profile's.
  ///   - keys: the hash constants.
  ///   - isSecret: whether they come from a secret, which is not kept.
  ///   - keepsTexts: whether normalised texts are kept.
  /// - Throws: ``SidikError`` where there is no such profile.
  public init(
    profile name: String = "auto",
    slang: Bool = false,
    threshold: Double? = nil,
    bands: BandParameters? = nil,
    keys: HashKeys = HashKeys(),
    isSecret: Bool = false,
    keepsTexts: Bool
  ) throws {
    guard var profile = Profile.all.first(where: { $0.name == name }) else {
      throw SidikError(.incompatible, "there is no profile '\(name)'")
    }
    if slang { profile.normaliser.folds.insert(.slang) }
    if let threshold { profile.require(similarity: threshold) }
    profile.shape = bands ?? profile.bands
    profile.weighted = false
    profile.boilerplate = .none
    self.profile = profile
    (self.slang, self.threshold, self.keepsTexts) = (slang, threshold, keepsTexts)
    keysName =
      isSecret ? "secret \(Hexadecimal.string(keys.fingerprint))" : "seed \(keys.fingerprint)"
  }

  /// The lines that the index keeps.
  public var lines: String {
    """
    profile \(profile.name)
    slang \(slang)
    threshold \(threshold.map { "\($0)" } ?? "default")
    bands \(profile.bands.name)
    texts \(keepsTexts)
    keys \(keysName)
    parameters \(profile.parameters)

    """
  }

  /// Reads the lines of an index.
  ///
  /// - Throws: ``SidikError`` of code `incompatible` where this program would not make the same
  ///   answers from them.
  public init(lines: String) throws {
    let values = Dictionary(
      lines.split(separator: "\n").map { line in
        let parts = line.split(separator: " ", maxSplits: 1)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
      },
      uniquingKeysWith: { first, _ in first }
    )
    let shape = (values["bands"] ?? "").split(separator: "x").compactMap { Int($0) }
    guard shape.count == 2, let keys = values["keys"], shape[0] > 0, shape[1] > 0,
      shape[0] * shape[1] <= OnePermutationMinHash.slots
    else { throw SidikError(.incompatible, "its parameters are not those of an index") }
    try self.init(
      profile: values["profile"] ?? "",
      slang: values["slang"] == "true",
      threshold: Double(values["threshold"] ?? ""),
      bands: BandParameters(bands: shape[0], rows: shape[1]),
      keepsTexts: values["texts"] == "true",
      keysName: keys
    )
    guard values["parameters"] == profile.parameters else {
      throw SidikError(
        .incompatible,
        "was made with \(values["parameters"] ?? "no parameters"); "
          + "this program compares with \(profile.parameters)"
      )
    }
  }

  private init(
    profile: String,
    slang: Bool,
    threshold: Double?,
    bands: BandParameters,
    keepsTexts: Bool,
    keysName: String
  ) throws {
    let made = try IndexParameters(
      profile: profile,
      slang: slang,
      threshold: threshold,
      bands: bands,
      keepsTexts: keepsTexts
    )
    self.profile = made.profile
    (self.slang, self.threshold, self.keepsTexts) = (slang, threshold, keepsTexts)
    self.keysName = keysName
  }

  /// The hash constants of the index.
  ///
  /// - Parameter secret: those of the user's secret, where one was given.
  /// - Returns: the constants.
  /// - Throws: ``SidikError`` of code `incompatible` where the secret is missing or another one.
  public func keys(secret: HashKeys?) throws -> HashKeys {
    let parts = keysName.split(separator: " ")
    if parts.first == "seed", let seed = UInt64(parts.last ?? "") {
      guard secret == nil else {
        throw SidikError(.incompatible, "was made without a secret; leave --key-file out")
      }
      return HashKeys(seed: seed)
    }
    guard let secret else {
      throw SidikError(.incompatible, "was made with a secret; --key-file must name it")
    }
    guard keysName == "secret \(Hexadecimal.string(secret.fingerprint))" else {
      throw SidikError(.incompatible, "was made with another secret")
    }
    return secret
  }
}
