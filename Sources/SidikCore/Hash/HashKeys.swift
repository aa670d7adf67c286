internal import COpenSSL
internal import CSidikKernels

/// The constants of all feature hashes: public ones from a seed, or secret ones from a key.
///
/// Features hashed with different keys have nothing in common, so ``fingerprint`` is part of
/// the name of every sketch. Secret keys keep outsiders from guessing short texts out of shared
/// fingerprints; the hash itself is no message authentication code.
public struct HashKeys: Sendable, Hashable {
  /// Keys of the token hash.
  var token: (UInt64, UInt64, UInt64)
  /// Odd multiplier of the polynomial over characters or tokens.
  var multiplier: UInt64
  /// Odd multiplier of the finishing mix.
  var finish: UInt64
  /// Seed of the permutations behind the Latin square.
  public let permutationSeed: UInt64
  /// What a sketch stores to name its keys; tells nothing about a secret.
  public let fingerprint: UInt64

  /// The public keys that belong to a seed; 1 is the default everywhere.
  ///
  /// - Parameter seed: any number; each gives other, equally good hashes.
  public init(seed: UInt64 = 1) {
    var generator = SplitMix64(seed: seed ^ 0x5349_4449_4B00_0001)
    token = (generator.next(), generator.next(), generator.next())
    multiplier = generator.next() | 1
    finish = generator.next() | 1
    permutationSeed = generator.next()
    fingerprint = seed
  }

  /// Secret keys, derived by HKDF-SHA256 (RFC 5869).
  ///
  /// - Parameter secret: at least 16 bytes.
  /// - Throws: ``SidikError`` of code `usage` for a shorter secret.
  public init(secret: [UInt8]) throws(SidikError) {
    guard secret.count >= 16 else {
      throw SidikError(.usage, "a key needs at least 16 bytes, this one has \(secret.count)")
    }
    let bytes = try HKDF.sha256(secret: secret, info: "sidik feature keys 1", count: 56)
    var words = (0..<7).map { word in
      bytes[8 * word..<8 * word + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    words[3] |= 1
    words[4] |= 1
    token = (words[0], words[1], words[2])
    multiplier = words[3]
    finish = words[4]
    permutationSeed = words[5]
    fingerprint = words[6]
  }

  /// The same values as the kernels take them.
  var raw: sidik_hash_keys {
    sidik_hash_keys(token: token, multiplier: multiplier, finish: finish)
  }

  /// Whether two keys hash alike.
  public static func == (a: HashKeys, b: HashKeys) -> Bool {
    a.token == b.token && a.multiplier == b.multiplier && a.finish == b.finish
      && a.permutationSeed == b.permutationSeed && a.fingerprint == b.fingerprint
  }

  /// Feeds the keys' name to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(fingerprint)
    hasher.combine(permutationSeed)
  }
}

/// The key derivation of RFC 5869 by OpenSSL's EVP interface.
enum HKDF {
  static func sha256(secret: [UInt8], info: String, count: Int) throws(SidikError) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: count)
    var length = count
    let infoBytes = Array(info.utf8)
    let context = unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nil)
    defer { unsafe EVP_PKEY_CTX_free(context) }
    let done =
      unsafe EVP_PKEY_derive_init(context) > 0
      && EVP_PKEY_CTX_set_hkdf_md(context, EVP_sha256()) > 0
      && EVP_PKEY_CTX_set1_hkdf_salt(context, [], 0) > 0
      && EVP_PKEY_CTX_set1_hkdf_key(context, secret, Int32(secret.count)) > 0
      && EVP_PKEY_CTX_add1_hkdf_info(context, infoBytes, Int32(infoBytes.count)) > 0
      && EVP_PKEY_derive(context, &output, &length) > 0
    guard done, length == count else {
      throw SidikError(.usage, "OpenSSL could not derive keys from the secret")
    }
    return output
  }
}
