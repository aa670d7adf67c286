/// What a sketch was made with: two sketches compare only where all of it is equal.
public struct SketchParameters: Sendable, Hashable {
  /// How the signature is made.
  public enum Scheme: String, Sendable, Hashable, CaseIterable {
    /// One-permutation MinHash with Latin-square densification, 128 slots.
    case oph
    /// The default of datasketch 2.
    case affine32
    /// The scheme of datasketch before 2.
    case legacy
  }

  /// How a shingle becomes a number.
  public enum ShingleHash: String, Sendable, Hashable, CaseIterable {
    /// Sidik's own keyed hash of 64 bits.
    case fast
    /// The first bytes of SHA-1 over the shingle's UTF-8, as datasketch takes them.
    case sha1
    /// The first bytes of SHA-256 over the shingle's UTF-8.
    case sha256
  }

  /// How a text becomes an exact digest.
  public enum Digest: String, Sendable, Hashable, CaseIterable {
    /// 128 bits, fast, keyed; not for adversaries.
    case fast
    /// SHA-256 of the normalised text.
    case sha256
  }

  /// How the signature is made.
  public var scheme: Scheme
  /// How a shingle becomes a number.
  public var shingleHash: ShingleHash
  /// How a text becomes an exact digest.
  public var digest: Digest
  /// What a feature stands for.
  public var unit: FeatureUnit
  /// What is folded before.
  public var normaliser: NormaliserOptions
  /// The hash constants.
  public var keys: HashKeys
  /// The seed of datasketch's permutations.
  public var permutationSeed: UInt32

  /// Makes parameters; datasketch's schemes hash shingles by SHA-1 unless told otherwise.
  public init(
    scheme: Scheme = .oph,
    shingleHash: ShingleHash? = nil,
    digest: Digest = .fast,
    unit: FeatureUnit = .characters(5),
    normaliser: NormaliserOptions = .auto,
    keys: HashKeys = HashKeys(),
    permutationSeed: UInt32 = 1
  ) {
    self.scheme = scheme
    self.shingleHash = shingleHash ?? (scheme == .oph ? .fast : .sha1)
    self.digest = digest
    self.unit = unit
    self.normaliser = normaliser
    self.keys = keys
    self.permutationSeed = permutationSeed
  }

  /// All of it by name, in a fixed order; values never hold a secret.
  public var named: [(name: String, value: String)] {
    [
      ("format", "sidik-sketch.1"), ("scheme", scheme.rawValue),
      ("shingle_hash", shingleHash.rawValue), ("digest", digest.rawValue), ("unit", unit.name),
      ("normaliser", normaliser.name), ("keys", Hexadecimal.string(keys.fingerprint)),
      ("permutation_seed", scheme == .oph ? "keys" : String(permutationSeed)),
    ]
  }

  /// Checks that sketches made with other parameters may be compared with these.
  ///
  /// - Parameter other: the other sketch's parameters.
  /// - Throws: ``SidikError`` of code `incompatible` that names the first difference.
  public func requireEqual(_ other: SketchParameters) throws(SidikError) {
    for (mine, theirs) in zip(named, other.named) where mine.value != theirs.value {
      throw SidikError(
        .incompatible,
        "sketches do not compare: \(mine.name) is \(mine.value) in one and \(theirs.value) in "
          + "the other"
      )
    }
  }
}

/// All fingerprints of one document.
public struct Sketch: Sendable, Hashable {
  /// What it was made with.
  public var parameters: SketchParameters
  /// The exact digest, in hexadecimal.
  public var digest: String
  /// The SimHash of the features.
  public var simhash: UInt64
  /// The MinHash slots; nil for a document without features.
  public var signature: [UInt32]?

  /// The estimated Jaccard similarity of two documents.
  ///
  /// Standard error sqrt(J(1-J)/128).
  ///
  /// - Parameter other: a sketch made with equal parameters.
  /// - Returns: 0...1; 0 where either has no features.
  /// - Throws: ``SidikError`` of code `incompatible` for other parameters: never a number.
  public func estimatedJaccard(to other: Sketch) throws(SidikError) -> Double {
    try parameters.requireEqual(other.parameters)
    guard let signature, let others = other.signature else { return 0 }
    return Signatures.estimatedJaccard(signature, others)
  }
}
