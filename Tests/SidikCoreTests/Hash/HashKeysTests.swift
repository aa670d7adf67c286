import Testing

@testable import SidikCore

@Suite struct HashKeysTests {
  /// RFC 5869, appendix A, test case 3 has no salt and no info; Sidik always has an info, so
  /// the derivation is checked against the RFC's construction by hand below.
  @Test func hkdfFollowsItsConstruction() throws {
    // HKDF-Extract with an empty salt is HMAC with a zero key; Expand is HMAC(PRK, info | 0x01).
    let secret = [UInt8](repeating: 0x0B, count: 22)
    let sha = try MessageDigest(.sha256)
    func hmac(_ key: [UInt8], _ message: [UInt8]) -> [UInt8] {
      let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
      let inner = sha.digest(padded.map { $0 ^ 0x36 } + message)
      return sha.digest(padded.map { $0 ^ 0x5C } + inner)
    }
    let extracted = hmac([UInt8](repeating: 0, count: 32), secret)
    let info = Array("sidik test".utf8)
    let first = hmac(extracted, info + [1])
    let second = hmac(extracted, first + info + [2])
    let derived = try HKDF.sha256(secret: secret, info: "sidik test", count: 56)
    #expect(derived == Array((first + second)[..<56]))
  }

  @Test func publicKeysAreFixedForEver() {
    let keys = HashKeys(seed: 1)
    #expect(keys.multiplier & 1 == 1)
    #expect(keys.finish & 1 == 1)
    #expect(keys == HashKeys())
    #expect(keys != HashKeys(seed: 2))
    // Stored sketches depend on these constants: they may never change.
    #expect(Hexadecimal.string(keys.multiplier) == "90de2a40bbd200ff")
    #expect(Hexadecimal.string(keys.permutationSeed) == "d94347a51b91aa36")
  }

  @Test func secretsGiveOtherKeysAndShortOnesAreRefused() throws {
    let a = try HashKeys(secret: Array("0123456789abcdef".utf8))
    let b = try HashKeys(secret: Array("0123456789abcdeF".utf8))
    #expect(a != b)
    #expect(a.fingerprint != b.fingerprint)
    #expect(a == (try HashKeys(secret: Array("0123456789abcdef".utf8))))
    #expect(throws: SidikError.self) { try HashKeys(secret: [1, 2, 3]) }
  }

  @Test func digestsEqualPublishedOnes() throws {
    // FIPS 180-4 examples: "abc".
    #expect(
      Hexadecimal.string(try MessageDigest(.sha1).digest(Array("abc".utf8)))
        == "a9993e364706816aba3e25717850c26c9cd0d89d"
    )
    let sha256 = try MessageDigest(.sha256)
    for _ in 0..<3 {
      #expect(
        Hexadecimal.string(sha256.digest(Array("abc".utf8)))
          == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      )
    }
  }
}
