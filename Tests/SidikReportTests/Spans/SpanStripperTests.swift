import SidikCluster
import SidikCore
import SidikTestSupport
import Testing

@testable import SidikReport

@Suite struct SpanStripperTests {
  private func stripper(_ marker: String? = nil) async throws -> SpanStripper {
    let result = try await SpanFinder(SpanConfiguration(PipelineConfiguration())).run(
      MemorySource([])
    )
    return SpanStripper(result, marker: marker.map { Array($0.utf8) }, leavesOutQuarantined: false)
  }

  /// What is between bars is taken out.
  @Test(arguments: [
    ("satu |dua| tiga", "satu tiga", "satu X tiga"),
    ("|satu| dua", "dua", "X dua"),
    ("satu |dua|", "satu", "satu X"),
    ("satu\n|dua|\n\ntiga", "satu\n\ntiga", "satu\nX\n\ntiga"),
    ("satu.\n\n\"|dua|.\" tiga", "satu.\n\ntiga", "satu.\n\n\"X.\" tiga"),
    ("a |b| c |d| e", "a c e", "a X c X e"),
    ("|a|", "", "X"),
    ("a|b|c", "ac", "aXc"),
  ])
  func whiteSpaceIsKeptOnce(text: String, stripped: String, masked: String) async throws {
    var bytes: [UInt8] = []
    var marks: [Int] = []
    for byte in text.utf8 {
      if byte == UInt8(ascii: "|") { marks.append(bytes.count) } else { bytes.append(byte) }
    }
    let ranges = stride(from: 0, to: marks.count, by: 2).map { marks[$0]..<marks[$0 + 1] }
    let plain = try await stripper().stripped(bytes, ranges)
    #expect(String(decoding: plain, as: UTF8.self) == stripped)
    let marked = try await stripper("X").stripped(bytes, ranges)
    #expect(String(decoding: marked, as: UTF8.self) == masked)
  }
}
