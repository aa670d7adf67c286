import SidikCore
import SidikIndex
import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct VerifierTests {
  /// A verifier over texts, which must be different; nodes are found by text.
  private struct Bench {
    let corpus: Corpus
    let nodes: Nodes
    let verifier: Verifier
    private var nodeOf: [Int: Int] = [:]

    init(_ texts: [String], profile: Profile = .auto) async throws {
      let configuration = PipelineConfiguration(profile: profile, threads: 1)
      corpus = try await SketchStage(configuration: configuration)
        .run(RecordSource(texts.enumerated().map { TestDocument("\($0.offset)", $0.element) }))
        .corpus
      nodes = Nodes(corpus, documents: Array(0..<corpus.documents.count))
      verifier = Verifier(
        corpus: corpus,
        nodes: nodes,
        profile: profile,
        keys: configuration.keys,
        weights: nil
      )
      for node in 0..<nodes.count {
        for document in nodes.documents[node] { nodeOf[Int(document)] = node }
      }
    }

    func scores(_ a: Int, _ b: Int) -> PairScores {
      verifier.scores(nodeOf[a] ?? 0, nodeOf[b] ?? 0)
    }

    /// Features by the characters themselves, without a hash.
    func grams(_ document: Int) -> Set<String> {
      let bytes = unsafe Array(corpus.text(document))
      let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
      guard scalars.count > 5 else { return [String(String.UnicodeScalarView(scalars))] }
      return Set(
        (0...scalars.count - 5).map {
          String(String.UnicodeScalarView(scalars[$0..<$0 + 5]))
        }
      )
    }
  }

  private static let rice = "harga beras di pasar induk naik lagi pekan ini karena banjir besar"

  @Test func scoresAreThoseOfTheRealFeatures() async throws {
    var generator = SeededGenerator(seed: 1)
    var texts: [String] = []
    for _ in 0..<4 {
      let base = randomText(words: 60, &generator)
      texts += [base, edited(base, words: 4, &generator), edited(base, words: 25, &generator)]
      texts.append(base.split(separator: " ")[10..<40].joined(separator: " "))
    }
    do {
      let bench = try await Bench(texts)
      for a in texts.indices {
        for b in texts.indices where a != b {
          let (x, y) = (bench.grams(a), bench.grams(b))
          let shared = Double(x.intersection(y).count)
          let scores = bench.scores(a, b)
          #expect(abs(scores.jaccard - shared / Double(x.union(y).count)) < 1e-12)
          #expect(abs(scores.containmentOfFirst - shared / Double(x.count)) < 1e-12)
          #expect(abs(scores.containmentOfSecond - shared / Double(y.count)) < 1e-12)
          #expect(scores.weighted == scores.containment)
          if scores.jaccard >= 0.7 { #expect(scores.level == .copy) }
          // The other way round only the sides change.
          let back = bench.scores(b, a)
          #expect(back.level == scores.level && back.coverage == scores.coverage)
          #expect(back.containmentOfFirst == scores.containmentOfSecond)
        }
      }
    }
  }

  /// Below 20 characters nothing but equal texts is an edge, however like they are.
  @Test func veryShortTextsMustBeEqual() async throws {
    let long = "selamat pagi bpk ibu"  // 20 characters
    let short = "selamat pagi bp ibu"  // 19
    #expect(long.count == 20 && short.count == 19)
    let bench = try await Bench([short, long, "selamat pagi bp ib", "selamat pagi bpk ibuu"])
    #expect(bench.scores(0, 2).level == nil && bench.scores(0, 2).jaccard > 0.8)
    #expect(bench.scores(0, 1).level == nil)
    #expect(bench.scores(1, 3).level == .copy && bench.scores(1, 3).jaccard >= 0.8)
    let families = try await cluster([
      TestDocument("a", short), TestDocument("b", short.uppercased()),
      TestDocument("c", "selamat pagi bp ib"),
    ])
    #expect(families.familyIDs == [["a", "b"]])
  }

  /// From 20 to 39 characters a Jaccard similarity of .8 is asked for, from 40 on .7 will do.
  @Test func shortTextsMustBeMoreAlike() async throws {
    var levels: [Bool: Set<Level?>] = [:]
    for length in 28...60 {
      let base = String(Self.rice.prefix(length).filter { $0 != "x" })
      var texts = [base]
      for cut in 1...12 { texts.append(String(base.dropLast(cut)) + "x") }
      let bench = try await Bench(texts)
      for other in 1..<texts.count {
        let scores = bench.scores(0, other)
        let shorter = min(
          bench.corpus.documents.rows[0].scalars,
          bench.corpus.documents.rows[other].scalars
        )
        guard shorter >= 20 else { continue }
        if shorter < 40 {
          #expect(scores.level == (scores.jaccard >= 0.8 ? .copy : nil))
        } else if scores.jaccard >= 0.7 {
          #expect(scores.level == .copy)
        }
        if (0.7..<0.8).contains(scores.jaccard) {
          levels[shorter < 40, default: []].insert(scores.level)
        }
      }
    }
    // Both sides of the border were met with a similarity between the two bounds.
    #expect(levels == [true: [nil], false: [.copy]])
  }

  @Test func anExcerptIsContainedInOrder() async throws {
    var generator = SeededGenerator(seed: 3)
    let long = randomText(words: 300, &generator)
    let words = long.split(separator: " ").map { String($0) }
    let excerpt = words[100..<150].joined(separator: " ")
    // The same words in another order are no excerpt: their grams stand in the text, not in line.
    let jumbled = words.shuffled(using: &generator)[..<50].joined(separator: " ")
    let bench = try await Bench([long, excerpt, jumbled])
    let scores = bench.scores(0, 1)
    #expect(scores.level == .excerpt && scores.containmentOfSecond == 1)
    #expect(scores.coverage == 1 && scores.containment == 1)
    #expect(bench.scores(1, 0).containmentOfFirst == 1)
    #expect(bench.scores(0, 2).level == nil)
  }

  @Test func theCorpusProfileAsksForJaccardOnly() async throws {
    var generator = SeededGenerator(seed: 4)
    let long = randomText(words: 300, &generator)
    let excerpt = long.split(separator: " ")[100..<150].joined(separator: " ")
    let copy = edited(long, words: 5, &generator)
    let bench = try await Bench([long, excerpt, copy], profile: .corpus)
    #expect(bench.scores(0, 1).level == nil && bench.scores(0, 1).containment == 1)
    #expect(bench.scores(0, 2).level == .copy)
  }

  @Test func pairsAreOrderedByTheirLongerMember() async throws {
    let bench = try await Bench(["satu", "satu dua", "satu dua tiga", "empat lima"])
    let all = (0..<4).flatMap { a in (0..<a).map { CandidatePairs.pack(a, $0) } }
    let ordered = Verifier.order(all, bench.corpus, bench.nodes)
    #expect(ordered == ordered.sorted() && ordered.count == all.count)
    for pair in ordered {
      let (long, short) = CandidatePairs.unpack(pair)
      let lengths = [long, short].map {
        bench.corpus.documents.rows[bench.nodes.first($0)].textLength
      }
      #expect(lengths[0] >= lengths[1])
    }
  }
}
