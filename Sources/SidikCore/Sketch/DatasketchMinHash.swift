internal import CSidikKernels

/// Signatures bit-equal to those of datasketch, so that users can bring theirs along.
///
/// `affine32` is the default of datasketch 2; `legacy` that of all versions before and still
/// offered by 2. Tokens are hashed by the first four bytes of SHA-1, little-endian. The
/// estimator is classic MinHash: variance J(1-J)/k over k slots.
public struct DatasketchMinHash: Sendable, Hashable {
  /// The permutation scheme.
  public enum Scheme: String, Sendable, Hashable, CaseIterable {
    /// `a * fmix32(x) + b mod 2^32`.
    case affine32
    /// `((a * x + b) mod 2^64) mod (2^61 - 1)`, its low 32 bits.
    case legacy
  }

  /// The permutation scheme.
  public let scheme: Scheme
  /// The seed of the permutations; 1 is datasketch's default.
  public let seed: UInt32
  /// Slots of a signature.
  public let slots: Int

  private let a32: [UInt32]
  private let b32: [UInt32]
  private let a64: [UInt64]
  private let b64: [UInt64]

  /// Draws the permutations of a seed.
  ///
  /// - Parameters:
  ///   - scheme: which family.
  ///   - seed: as given to datasketch.
  ///   - slots: `num_perm` in datasketch.
  public init(_ scheme: Scheme, seed: UInt32 = 1, slots: Int = 128) {
    precondition(slots > 0, "a signature needs a slot")
    self.scheme = scheme
    self.seed = seed
    self.slots = slots
    var generator = MersenneTwister(seed: seed)
    switch scheme {
    case .affine32:
      a32 = (0..<slots).map { _ in (generator.next32() & 0x7FFF_FFFF) &* 2 &+ 1 }
      b32 = (0..<slots).map { _ in generator.next32() }
      (a64, b64) = ([], [])
    case .legacy:
      let prime = (UInt64(1) << 61) - 1
      var (a, b): ([UInt64], [UInt64]) = ([], [])
      for _ in 0..<slots {
        a.append(1 + Self.draw(&generator, through: prime - 2))
        b.append(Self.draw(&generator, through: prime - 1))
      }
      (a64, b64) = (a, b)
      (a32, b32) = ([], [])
    }
  }

  /// A 61-bit number up to `last`, by masked rejection as numpy's RandomState draws it.
  private static func draw(_ generator: inout MersenneTwister, through last: UInt64) -> UInt64 {
    while true {
      let value = generator.next64() & ((1 << 61) - 1)
      if value <= last { return value }
    }
  }

  /// The 32-bit hash of a token: the first four bytes of its SHA-1, little-endian.
  ///
  /// - Parameter sha1: the token's SHA-1.
  /// - Returns: datasketch's `sha1_hash32`.
  public static func tokenHash(sha1: [UInt8]) -> UInt32 {
    sha1[..<4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The signature of token hashes.
  ///
  /// - Parameter tokenHashes: one 32-bit hash a token, in any order; repeats do not matter.
  /// - Returns: `slots` values; all 0xFFFFFFFF without tokens.
  /// - Complexity: O(n * slots).
  public func signature(_ tokenHashes: [UInt32]) -> [UInt32] {
    var output = [UInt32](repeating: OnePermutationMinHash.emptySlot, count: slots)
    switch scheme {
    case .affine32:
      let mixed = tokenHashes.map(Self.finaliser)
      unsafe Kernels.active.pointee.affine32_signature(
        mixed,
        mixed.count,
        a32,
        b32,
        slots,
        &output
      )
    case .legacy:
      unsafe Kernels.active.pointee.legacy_signature(
        tokenHashes,
        tokenHashes.count,
        a64,
        b64,
        slots,
        &output
      )
    }
    return output
  }

  /// The 32-bit finaliser of MurmurHash3.
  private static func finaliser(_ hash: UInt32) -> UInt32 {
    var x = hash
    x ^= x >> 16
    x &*= 0x85EB_CA6B
    x ^= x >> 13
    x &*= 0xC2B2_AE35
    return x ^ (x >> 16)
  }
}
