import Foundation
import SidikTestSupport
import Testing

@testable import SidikCore

/// Sidik's own fingerprints may not change between versions without a new format number.
///
/// The vectors stand in `Vectors/sidik.tsv`; `SIDIK_REWRITE=1` writes them anew, which is a
/// decision that belongs in the changelog under FORMAT.
@Suite struct SketchVectorTests {
  static let texts = [
    "a", "Harga beras naik lagi di Pasar Wangkari.",
    "𝗕𝗮𝗻𝗸 Sumber Angin: anak2 yg belum dapat kuota, klik tautan ini!!!",
    "新闻报道的内容并不总是可靠", "Привет, мир: это проверка отпечатков", "ข่าวลวงแพร่ในกลุ่มครอบครัว",
    String(repeating: "satu dua tiga empat lima enam tujuh delapan ", count: 40),
  ]

  static let parameters: [(String, SketchParameters)] = [
    ("auto", SketchParameters()),
    ("corpus", SketchParameters(unit: .words(5), normaliser: .corpus)),
    ("affine32", SketchParameters(scheme: .affine32, unit: .words(3))),
    ("sha256", SketchParameters(shingleHash: .sha256, digest: .sha256)),
    ("seed 7", SketchParameters(keys: HashKeys(seed: 7))),
  ]

  private static func lines() throws -> [String] {
    var lines = [
      "# parameters, text number, digest, simhash, SHA-256 of the slots as little-endian"
    ]
    let sha256 = try MessageDigest(.sha256)
    for (name, parameters) in parameters {
      let sketcher = try Sketcher(parameters)
      for (number, text) in texts.enumerated() {
        let sketch = unsafe Array(text.utf8).withUnsafeBufferPointer { unsafe sketcher.sketch($0) }
        let bytes = (sketch.signature ?? []).flatMap { slot in
          (0..<4).map { UInt8(truncatingIfNeeded: slot >> UInt32(8 * $0)) }
        }
        lines.append(
          [
            name, String(number), sketch.digest, Hexadecimal.string(sketch.simhash),
            Hexadecimal.string(sha256.digest(bytes)),
          ].joined(separator: "\t")
        )
      }
    }
    return lines
  }

  @Test func fingerprintsAreThoseOfTheVectors() throws {
    let url = ProjectFiles.url("Tests/SidikCoreTests/Sketch/Vectors/sidik.tsv")
    let made = try Self.lines()
    if ProcessInfo.processInfo.environment["SIDIK_REWRITE"] == "1" {
      try (made.joined(separator: "\n") + "\n").write(to: url, atomically: true, encoding: .utf8)
    }
    let kept = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
    #expect(made == kept)
  }

  @Test func sketchesOfOtherParametersDoNotCompare() throws {
    let text = Array("Harga beras naik lagi di Pasar Wangkari.".utf8)
    let sketches = try Self.parameters.map { _, parameters in
      let sketcher = try Sketcher(parameters)
      return unsafe text.withUnsafeBufferPointer { unsafe sketcher.sketch($0) }
    }
    for (i, a) in sketches.enumerated() {
      for (j, b) in sketches.enumerated() {
        if i == j {
          #expect(try a.estimatedJaccard(to: b) == 1)
        } else {
          let error = #expect(throws: SidikError.self) { try a.estimatedJaccard(to: b) }
          #expect(error?.code == .incompatible)
        }
      }
    }
  }

  /// The slow way of writing shingles down agrees with the kernels about how many there are.
  @Test(arguments: [FeatureUnit.characters(5), .characters(3), .words(3), .words(1)])
  func shinglesAsTextsAreThoseOfTheKernels(unit: FeatureUnit) {
    let extractor = FeatureExtractor(unit: unit, keys: HashKeys())
    var normaliser = Normaliser(.auto)
    for text in Self.texts + ["", "ab", "新闻 报道", "abc 新闻def"] {
      let bytes = normaliser.normalise(text).bytes
      let features = unsafe bytes.withUnsafeBufferPointer { unsafe Array(extractor.sequence($0)) }
      let shingles = ShingleTexts.of(bytes, unit: unit)
      #expect(shingles.count == features.count)
      var byText: [[UInt8]: UInt64] = [:]
      for (shingle, feature) in zip(shingles, features) {
        #expect(byText.updateValue(feature, forKey: shingle) ?? feature == feature)
      }
      #expect(Set(features).count == byText.count)
    }
  }
}
