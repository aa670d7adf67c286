import Foundation
import SidikTestSupport
import Testing

@testable import SidikCore

/// Signatures must equal datasketch's bit for bit; the vectors name their origin.
@Suite struct DatasketchConformanceTests {
  struct Vector: CustomTestStringConvertible, Sendable {
    var scheme: DatasketchMinHash.Scheme
    var seed: UInt32
    var tokens: [String]
    var first: [UInt32]
    var digest: String
    var testDescription: String { "\(scheme) seed \(seed), \(tokens.count) tokens" }
  }

  static let tokenSets = [
    ["hello"], "the quick brown fox jumps over the lazy dog".split(separator: " ").map(String.init),
    ["sidik jari", "berita bohong", "héllo wörld", "新闻", "a b c d e"],
  ]

  static let vectors: [Vector] = {
    let path = "Tests/SidikCoreTests/Sketch/Vectors/datasketch.tsv"
    guard let text = try? ProjectFiles.text(path) else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let fields = line.split(separator: "\t").map(String.init)
      return Vector(
        scheme: DatasketchMinHash.Scheme(rawValue: fields[0])!,
        seed: UInt32(fields[1])!,
        tokens: tokenSets[Int(fields[2])! - 1],
        first: fields[3].split(separator: ",").map { UInt32($0)! },
        digest: fields[4]
      )
    }
  }()

  @Test func vectorsAreThere() { #expect(Self.vectors.count == 12) }

  @Test(arguments: vectors) func equalsDatasketch(_ vector: Vector) throws {
    let sha1 = try MessageDigest(.sha1)
    let hashes = vector.tokens.map {
      DatasketchMinHash.tokenHash(sha1: sha1.digest(Array($0.utf8)))
    }
    let signature = DatasketchMinHash(vector.scheme, seed: vector.seed).signature(hashes)
    #expect(Array(signature[..<8]) == vector.first)
    let width = vector.scheme == .affine32 ? 4 : 8
    let bytes = signature.flatMap { slot in
      (0..<width).map { UInt8(truncatingIfNeeded: UInt64(slot) >> UInt64(8 * $0)) }
    }
    #expect(Hexadecimal.string(sha1.digest(bytes)).hasPrefix(vector.digest))
  }

  @Test func noTokensLeaveEverySlotEmpty() {
    for scheme in DatasketchMinHash.Scheme.allCases {
      let empty = DatasketchMinHash(scheme, slots: 16).signature([])
      #expect(empty == [UInt32](repeating: .max, count: 16))
    }
  }
}
