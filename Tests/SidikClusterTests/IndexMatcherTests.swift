import Foundation
import SidikCore
import SidikIndex
import SidikStore
import SidikTestSupport
import Testing

@testable import SidikCluster

/// What an index answers, against the pairs themselves and against a batch run.
@Suite struct IndexMatcherTests {
  private func reposts() throws -> [(id: String, text: String)] {
    try BundledReposts().documents.map { ($0.id, $0.text) }
  }

  /// The pairs that an index answers when documents are asked for and added one by one.
  private func indexPairs(
    _ parameters: IndexParameters,
    _ documents: [(id: String, text: String)],
    commitEvery: Int
  ) throws -> [Set<String>: Double] {
    let scratch = try ScratchFolder()
    let folder = scratch.file("index").path
    try IndexWriter.create(folder, parameters: parameters.lines)
    let index = try OpenIndex(folder)
    let writer = try index.writer()
    var pairs: [Set<String>: Double] = [:]
    for (number, document) in documents.enumerated() {
      var sketch = index.sketcher.sketch(Array(document.text.utf8))
      sketch.id = Array(document.id.utf8)
      for match in try index.matcher.matches(sketch, in: writer.snapshot) {
        #expect(match.isVerified)
        pairs[[document.id, match.id]] = match.similarity
      }
      try writer.add(sketch.stored(now: 0))
      if number % commitEvery == 0 { try writer.commit() }
    }
    return pairs
  }

  /// Without containment the rule is one line, so every pair can be told by hand.
  @Test func findsThePairsThatShareABandAndAreAlike() throws {
    let parameters = try IndexParameters(profile: "corpus", keepsTexts: true)
    let documents = try reposts()
    let found = try indexPairs(parameters, documents, commitEvery: 10)
    let profile = parameters.profile
    let sketcher = IndexSketcher(parameters, keys: HashKeys(), threads: 1)
    let sketches = documents.map { sketcher.sketch(Array($0.text.utf8)) }
    let extractor = FeatureExtractor(unit: profile.unit, keys: HashKeys())
    let sets = sketches.map { sketch in
      unsafe sketch.text.withUnsafeBufferPointer { unsafe Set(extractor.set($0)) }
    }
    let least = LSHBanding(shape: profile.bands, threshold: profile.threshold).leastEqualSlots
    var wanted: Set<Set<String>> = []
    let bands = sketches.map { Set($0.bandKeys) }
    for a in documents.indices {
      for b in 0..<a where !bands[a].isDisjoint(with: bands[b]) {
        let equal = zip(sketches[a].signature, sketches[b].signature).count { $0 == $1 }
        let shared = sets[a].intersection(sets[b]).count
        let jaccard = Double(shared) / Double(sets[a].count + sets[b].count - shared)
        if sketches[a].text == sketches[b].text || (equal >= least && jaccard >= 0.7) {
          wanted.insert([documents[a].id, documents[b].id])
        }
      }
    }
    #expect(Set(found.keys) == wanted)
    #expect(wanted.count > 100)
  }

  /// The same edges as a batch run with the same parameters, where that takes no texts together.
  @Test func findsTheSameEdgesAsABatchRun() async throws {
    let parameters = try IndexParameters(profile: "corpus", keepsTexts: true)
    let all = try reposts()
    let similarities = try indexPairs(parameters, all, commitEvery: 25)
    var documents: [(id: String, text: String)] = []
    for document in all {
      let isTaken = documents.contains { other in
        similarities[[document.id, other.id]] ?? 0 >= PairStages.collapseJaccard
      }
      if !isTaken { documents.append(document) }
    }
    let found = try indexPairs(parameters, documents, commitEvery: 25)
    let result = try await Pipeline(PipelineConfiguration(profile: parameters.profile))
      .run(MemorySource(documents))
    let batch = result.edges.map { edge in
      Set([result.documents.id(edge.a), result.documents.id(edge.b)])
    }
    #expect(Set(batch) == Set(found.keys))
    #expect(batch.count > 10)
  }

  /// With containment too, where samples propose: what share of the batch run's edges is found.
  @Test func findsTheEdgesOfABatchRun() async throws {
    let parameters = try IndexParameters(keepsTexts: true)
    let documents = try reposts()
    let found = try indexPairs(parameters, documents, commitEvery: 50)
    let result = try await Pipeline(PipelineConfiguration(profile: parameters.profile))
      .run(MemorySource(documents))
    var (met, missed): (Int, [Set<String>]) = (0, [])
    for edge in result.edges where edge.origin != .sample {
      let pair = Set([result.documents.id(edge.a), result.documents.id(edge.b)])
      if found[pair] == nil { missed.append(pair) } else { met += 1 }
    }
    let share = Double(met) / Double(met + missed.count)
    #expect(share >= 0.99, "\(met) of \(met + missed.count); \(missed.prefix(5))")
  }

  /// Without texts nothing is called verified, and estimates come near.
  @Test func estimatesAreCalledEstimates() throws {
    let parameters = try IndexParameters(keepsTexts: false)
    let scratch = try ScratchFolder()
    try IndexWriter.create(scratch.file("index").path, parameters: parameters.lines)
    let index = try OpenIndex(scratch.file("index").path)
    let writer = try index.writer()
    var error = 0.0
    var count = 0
    let documents = try reposts()
    for document in documents {
      let sketch = index.sketcher.sketch(Array(document.text.utf8))
      for match in try index.matcher.matches(sketch, in: writer.snapshot) {
        #expect(match.level == nil && match.scores == nil && !match.isVerified)
        let other = try #require(documents.first { $0.id == match.id })
        let theirs = index.sketcher.sketch(Array(other.text.utf8))
        let whole = Signatures.estimatedJaccard(sketch.signature, theirs.signature)
        error += (match.similarity - whole) * (match.similarity - whole)
        count += 1
      }
      var stored = sketch.stored(now: 0)
      stored.id = Array(document.id.utf8)
      try writer.add(stored)
    }
    #expect(count > 100)
    #expect((error / Double(count)).squareRoot() < 0.08)
  }

  @Test func parametersAreHeldToTheirLines() throws {
    for parameters in [
      try IndexParameters(keepsTexts: true),
      try IndexParameters(profile: "chat", slang: true, threshold: 0.8, keepsTexts: false),
      try IndexParameters(
        bands: BandParameters(bands: 16, rows: 8),
        keys: HashKeys(seed: 9),
        keepsTexts: true
      ),
    ] {
      #expect(try IndexParameters(lines: parameters.lines) == parameters)
    }
    let lines = try IndexParameters(keepsTexts: true).lines
    for changed in ["", "profile auto\n", lines.replacing("auto.3", with: "auto.2")] {
      let error = #expect(throws: SidikError.self) { try IndexParameters(lines: changed) }
      #expect(error?.code == .incompatible)
    }
  }

  @Test func aSecretIsAskedForAndNotKept() throws {
    let secret = try HashKeys(secret: Array("0123456789abcdef-rahasia".utf8))
    let parameters = try IndexParameters(keys: secret, isSecret: true, keepsTexts: false)
    #expect(try parameters.keys(secret: secret) == secret)
    let other = try HashKeys(secret: Array("another secret of length".utf8))
    for wrong in [nil, other] {
      let error = #expect(throws: SidikError.self) { try parameters.keys(secret: wrong) }
      #expect(error?.code == .incompatible)
    }
    let open = try IndexParameters(keepsTexts: false)
    #expect(throws: SidikError.self) { try open.keys(secret: secret) }
  }
}
