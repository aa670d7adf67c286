import SidikCluster
import SidikCore
import SidikTestSupport
import Testing

@testable import SidikEvaluation

/// Sets that share features in all degrees: each is an earlier one with some features changed.
private func sets(_ count: Int, seed: UInt64) -> [[UInt64]] {
  var generator = SeededGenerator(seed: seed)
  var sets: [[UInt64]] = []
  for number in 0..<count {
    var set: Set<UInt64> = []
    if number > 0, generator.next() % 4 > 0 {
      let model = sets[Int(generator.next() % UInt64(number))]
      let kept = generator.next() % 100
      for feature in model where generator.next() % 100 < kept { set.insert(feature) }
    }
    for _ in 0..<generator.next() % 30 { set.insert(generator.next() % 400) }
    sets.append(set.sorted())
  }
  return sets
}

private func overlap(_ a: [UInt64], _ b: [UInt64]) -> Overlap {
  let shared = Set(a).intersection(b).count
  return Overlap(shared: shared, first: a.count, second: b.count)
}

@Suite struct ExactPairsTests {
  private func matches(
    _ bound: ExactPairs.Bound,
    _ queries: [[UInt64]],
    _ document: [UInt64]
  ) -> [ExactPairs.Match] {
    let pairs = ExactPairs(bound)
    for query in queries { unsafe query.withUnsafeBufferPointer { unsafe pairs.add(query: $0) } }
    pairs.seal()
    // Asked twice: nothing may be left over from the first time.
    _ = unsafe document.withUnsafeBufferPointer { unsafe pairs.matches($0) }
    return unsafe document.withUnsafeBufferPointer { unsafe pairs.matches($0) }
  }

  @Test(arguments: [0.05, 0.3, 0.5, 0.55, 0.7, 1.0])
  func jaccardAgreesWithAllPairs(least: Double) {
    let all = sets(160, seed: UInt64(least * 100))
    for document in all.prefix(40) {
      let expected = all.enumerated().compactMap { number, query -> ExactPairs.Match? in
        let overlap = overlap(query, document)
        guard overlap.shared > 0, overlap.jaccard >= least - 1e-9 else { return nil }
        return ExactPairs.Match(query: number, overlap: overlap)
      }
      #expect(matches(.jaccard(atLeast: least), all, document) == expected)
    }
  }

  @Test(arguments: [0.5, 0.8, 1.0])
  func containmentAgreesWithAllPairs(least: Double) {
    let all = sets(160, seed: UInt64(least * 100) + 7)
    for document in all.prefix(40) {
      let expected = all.enumerated().compactMap { number, query -> ExactPairs.Match? in
        let overlap = overlap(query, document)
        guard query.count <= document.count, overlap.shared > 0,
          overlap.containmentOfFirst >= least - 1e-9
        else { return nil }
        return ExactPairs.Match(query: number, overlap: overlap)
      }
      #expect(matches(.containment(atLeast: least), all, document) == expected)
    }
  }

  @Test func emptySetsMatchNothing() {
    #expect(matches(.jaccard(atLeast: 0.5), [[], [1, 2]], []).isEmpty)
    #expect(matches(.jaccard(atLeast: 0.5), [[]], [1]).isEmpty)
    #expect(matches(.containment(atLeast: 0.5), [[], [3]], [3]).map(\.query) == [1])
    #expect(matches(.jaccard(atLeast: 0.5), [], [1]).isEmpty)
  }

  @Test func manyFeaturesGrowTheTable() {
    let large = [Array(0..<60_000), Array(1000..<90_000)] as [[UInt64]]
    let found = matches(.jaccard(atLeast: 0.5), large, large[0])
    #expect(found.map(\.overlap.shared) == [60_000, 59_000])
  }

  @Test func earlierAndSkippedQueriesArePassedOver() {
    let pairs = ExactPairs(.jaccard(atLeast: 0.5))
    let set: [UInt64] = [1, 2, 3, 4]
    unsafe set.withUnsafeBufferPointer { features in
      for _ in 0..<6 { unsafe pairs.add(query: features) }
      pairs.seal()
      let found = unsafe pairs.matches(features, from: 2, skipping: 4)
      #expect(found.map(\.query) == [2, 3, 5])
    }
  }
}

@Suite struct JaccardRecallTests {
  private static let texts: [(id: String, text: String)] = {
    var generator = SeededGenerator(seed: 21)
    let words = (0..<300).map { "kata\($0 &* 7919)" }
    var texts: [(id: String, text: String)] = []
    for number in 0..<90 {
      var own = (0..<40).map { _ in words[Int(generator.next() % 300)] }
      if number % 3 > 0 {
        own = texts[number - number % 3].text.split(separator: " ").map { String($0) }
        for _ in 0..<number % 10 { own[Int(generator.next() % 40)] = "baru" }
      }
      texts.append(("t\(number)", own.joined(separator: " ")))
    }
    return texts
  }()

  private func recall(_ options: JaccardRecall.Options) async throws -> JaccardRecall {
    let configuration = PipelineConfiguration(threads: 1)
    let result = try await Pipeline(configuration).run(MemorySource(Self.texts))
    return try JaccardRecall(result, configuration, options) { MemorySource(Self.texts) }
  }

  /// The exact similarity of all pairs of distinct texts, one by one.
  private func naive(_ least: Double) -> [Double] {
    let profile = Profile.auto
    let extractor = FeatureExtractor(unit: profile.unit, keys: HashKeys())
    var normaliser = Normaliser(profile.normaliser)
    var seen: Set<String> = []
    var sets: [[UInt64]] = []
    for (_, text) in Self.texts {
      let normal = normaliser.normalise(text)
      guard seen.insert(normal.string).inserted else { continue }
      sets.append(
        unsafe normal.bytes.withUnsafeBufferPointer { unsafe Array(extractor.set($0)) }
      )
    }
    return sets.indices.flatMap { i in
      sets[..<i].map { overlap($0, sets[i]).jaccard }.filter { $0 >= least }
    }
  }

  @Test func binsHoldAllPairsOfDistinctTexts() async throws {
    let recall = try await recall(JaccardRecall.Options())
    let pairs = naive(0.3)
    #expect(pairs.count > 30)
    #expect(recall.bins.reduce(0) { $0 + $1.pairs } == pairs.count)
    for bin in recall.bins {
      let expected = pairs.count {
        Int(($0 * 20 + 1e-9).rounded(.down)) == Int((bin.low * 20).rounded())
          || $0 == 1 && bin.low > 0.94
      }
      #expect(bin.pairs == expected, "from \(bin.low)")
      #expect(bin.inBands <= bin.pairs && bin.edges <= bin.pairs && bin.joined <= bin.pairs)
    }
    let copies = try #require(recall.recalls.last)
    #expect(copies.atLeast == 0.7 && copies.pairs == naive(0.7).count)
    #expect(copies.edges.value == 1)
  }

  @Test func aSampleAsksAboutSomeTextsOnly() async throws {
    var options = JaccardRecall.Options()
    options.sample = 10
    let some = try await recall(options)
    #expect(some.queries == 10)
    let pairs = some.bins.reduce(0) { $0 + $1.pairs }
    #expect(pairs > 0 && pairs < naive(0.3).count)
    let again = try await recall(options)
    #expect(some.bins == again.bins)
  }

  @Test func containmentIsCountedOncePerPair() async throws {
    var options = JaccardRecall.Options()
    options.containment = true
    options.least = 0.8
    options.unit = .words(3)
    let recall = try await recall(options)
    #expect(recall.measure == "containment" && recall.unit == "word3")
    #expect(recall.recalls.count == 1)
    #expect(recall.bins.reduce(0) { $0 + $1.pairs } == recall.recalls[0].pairs)
  }

  @Test func anotherSecondReadingIsAnError() async throws {
    let configuration = PipelineConfiguration(threads: 1)
    let result = try await Pipeline(configuration).run(MemorySource(Self.texts))
    #expect(throws: SidikError.self) {
      _ = try JaccardRecall(result, configuration) { MemorySource(Array(Self.texts.dropLast())) }
    }
  }
}
