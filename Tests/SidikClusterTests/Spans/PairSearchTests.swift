import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

/// Passages of two texts at a time against a run over the two as documents.
@Suite struct PairSearchTests {
  private static let texts: [String] = {
    var generator = SeededGenerator(seed: 31)
    let words = (0..<400).map { "kata\($0)" } + ["é", "ﬁn", "KOTA\u{AD}RAYA", "漢", "😀"]
    var texts = ["", "satu dua", SpanFinderTests.passage]
    for number in 0..<24 {
      let fresh = (0..<Int.random(in: 5..<120, using: &generator)).map { _ in
        words.randomElement(using: &generator) ?? ""
      }
      guard number % 3 > 0, let earlier = texts.randomElement(using: &generator) else {
        texts.append(fresh.joined(separator: " "))
        continue
      }
      // Part of an earlier text, with some words exchanged and its halves turned round.
      var part = earlier.split(separator: " ").map(String.init)
      for place in part.indices where Int.random(in: 0..<9, using: &generator) == 0 {
        part[place] = "lain\(place)"
      }
      let half = part.count / 2
      texts.append(
        (fresh + part[half...] + part[..<half]).joined(separator: number % 2 > 0 ? " " : ",\n")
      )
    }
    return texts
  }()

  private func configuration(threads: Int) -> SpanConfiguration {
    .evidence(PipelineConfiguration(threads: threads))
  }

  private static let pairs = texts.indices.flatMap { a in
    texts.indices.map { TextPair(a, $0) }
  }

  @Test func pairsHaveThePassagesOfARun() async throws {
    let finder = SpanFinder(configuration(threads: 2))
    let found = try await finder.passages(of: Self.pairs) { Array(Self.texts[$0].utf8) }
    #expect(found.count == Self.pairs.count)
    var (whole, parts) = (0, 0)
    for (pair, shared) in zip(Self.pairs, found) {
      let (a, b) = (Self.texts[pair.a], Self.texts[pair.b])
      guard case .passages(let spans) = shared else {
        #expect(a == b)
        whole += 1
        continue
      }
      let run = try await finder.run(MemorySource([("a", a), ("b", b)], perChunk: 2))
      #expect(spans == run.spans.filter { $0.a.document != $0.b.document })
      #expect(try await finder.passages(of: Array(a.utf8), Array(b.utf8)) == spans)
      #expect(spans.allSatisfy { $0.a.document == 0 && $0.b.document == 1 })
      parts += spans.count
    }
    #expect(whole == Self.texts.count)
    #expect(parts > 20)
  }

  @Test func threadsAndOrderChangeNothing() async throws {
    let text: @Sendable (Int) -> [UInt8] = { Array(Self.texts[$0].utf8) }
    let one = try await SpanFinder(configuration(threads: 1)).passages(of: Self.pairs, text: text)
    let four = try await SpanFinder(configuration(threads: 4)).passages(of: Self.pairs, text: text)
    #expect(one == four)
    let reversed = try await SpanFinder(configuration(threads: 3))
      .passages(of: Self.pairs.reversed(), text: text)
    #expect(one == reversed.reversed())
    #expect(try await SpanFinder(configuration(threads: 2)).passages(of: [], text: text).isEmpty)
  }

  /// Words are equal where case and punctuation are not.
  @Test func equalWordsAreTheWhole() async throws {
    let finder = SpanFinder(configuration(threads: 1))
    let shouted = Array((SpanFinderTests.passage.uppercased() + "!!!").utf8)
    let found = try await finder.passages(of: [TextPair(0, 1), TextPair(0, 2)]) {
      $0 == 0
        ? Array(SpanFinderTests.passage.utf8) : $0 == 1 ? shouted : shouted + Array(" lagi".utf8)
    }
    #expect(found[0] == .whole)
    guard case .passages(let spans) = found[1] else {
      Issue.record("one word more is not the whole")
      return
    }
    #expect(spans.count == 1 && spans[0].isExact)
  }

  @Test func aTextThatCannotBeReadEndsTheSearch() async throws {
    let finder = SpanFinder(configuration(threads: 2))
    await #expect(throws: SidikError.self) {
      try await finder.passages(of: Self.pairs) { number in
        if number == 7 { throw SidikError(.data, "is gone") }
        return Array(Self.texts[number].utf8)
      }
    }
  }
}
