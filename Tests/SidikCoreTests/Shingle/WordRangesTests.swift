import SidikCore
import Testing

@Suite struct WordRangesTests {
  private func words(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var ranges: [Range<Int>] = []
    unsafe bytes.withUnsafeBufferPointer { unsafe WordRanges.find($0, into: &ranges) }
    return ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// The words of single-word shingles, and as many as the kernels count.
  @Test(arguments: [
    "", " ", "satu", "satu dua  tiga ", " é ü ÿ kata", "我们 在这里 kata漢字kata", "ไทยและ ไทย",
    "кошка и собака", "𠀀𠀁 a", "日本語の text です", "한국어 문장",
  ])
  func agreeWithShinglesAndKernels(text: String) {
    let bytes = Array(text.utf8)
    let expected = ShingleTexts.of(bytes, unit: .words(1)).map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(words(text) == expected)
    let extractor = FeatureExtractor(unit: .words(1), keys: HashKeys())
    let count = unsafe bytes.withUnsafeBufferPointer { unsafe extractor.words($0).count }
    #expect(count == expected.count)
  }
}
