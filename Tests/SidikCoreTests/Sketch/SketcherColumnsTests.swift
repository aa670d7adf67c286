import SidikCore
import SidikTestSupport
import Testing

/// Sketches written into columns against those of one text by itself.
@Suite struct SketcherColumnsTests {
  private static let parameters = [
    SketchParameters(),
    SketchParameters(digest: .sha256, unit: .words(3), keys: HashKeys(seed: 9)),
    SketchParameters(scheme: .affine32, permutationSeed: 4),
    SketchParameters(scheme: .legacy, unit: .words(2)),
    SketchParameters(shingleHash: .sha256),
  ]

  @Test(arguments: parameters)
  func equalTheSketchOfOneText(_ parameters: SketchParameters) throws {
    var generator = SeededGenerator(seed: 71)
    let sketcher = try Sketcher(parameters)
    let words = (0..<300).map { _ in "kata\(generator.next() % 90)" }
    let long = (1..<40).map { words[$0...].prefix($0).joined(separator: " ") }
    let texts = ["", "!!!", "a", "新闻"] + long
    for text in texts {
      let wanted = sketch(text, by: sketcher)
      let found = columns(text, by: sketcher)
      #expect(Hexadecimal.string(found.digest) == wanted.digest)
      #expect(found.simhash == wanted.simhash)
      let empty = [UInt32](repeating: OnePermutationMinHash.emptySlot, count: 128)
      #expect(found.signature == wanted.signature ?? empty)
      #expect((found.characters == 0) == (text.isEmpty || text == "!!!"))
    }
  }

  @Test func writesWhatIsWantedOnly() throws {
    let sketcher = try Sketcher(SketchParameters())
    var simhash: UInt64 = 0
    let text = Array("Harga beras naik lagi".utf8)
    let characters = unsafe text.withUnsafeBufferPointer { text in
      unsafe withUnsafeMutablePointer(to: &simhash) { simhash in
        var place = unsafe SketchPlace()
        unsafe place.simhash = simhash
        return unsafe sketcher.sketch(text, into: place)
      }
    }
    #expect(characters == 21)
    #expect(simhash == sketch("Harga beras naik lagi", by: sketcher).simhash)
  }

  private func sketch(_ text: String, by sketcher: Sketcher) -> Sketch {
    unsafe Array(text.utf8).withUnsafeBufferPointer { unsafe sketcher.sketch($0) }
  }

  private func columns(
    _ text: String,
    by sketcher: Sketcher
  ) -> (signature: [UInt32], simhash: UInt64, digest: [UInt8], characters: Int) {
    var signature = [UInt32](repeating: 5, count: 128)
    var digest = [UInt8](repeating: 5, count: sketcher.parameters.digestBytes)
    var simhash: UInt64 = 5
    let characters = unsafe signature.withUnsafeMutableBufferPointer { signature in
      unsafe digest.withUnsafeMutableBufferPointer { digest in
        unsafe withUnsafeMutablePointer(to: &simhash) { simhash in
          var place = unsafe SketchPlace()
          unsafe place.signature = signature.baseAddress
          unsafe place.digest = digest.baseAddress
          unsafe place.simhash = simhash
          return unsafe Array(text.utf8).withUnsafeBufferPointer {
            unsafe sketcher.sketch($0, into: place)
          }
        }
      }
    }
    return (signature, simhash, digest, characters)
  }
}
