import SidikCore
import SidikEvaluation
import SidikIndex
import SidikTestSupport
import Testing

@testable import SidikCluster

/// The whole pipeline against brute force and against the truth of the bundled corpus.
@Suite struct QualityTests {
  /// All pairs of a corpus of generated edits, compared on their real features.
  @Test func pairsThatBruteForceFindsAreFound() async throws {
    let edits = EditGenerator(seed: 5)
    let bases = try BundledReposts().documents.filter { !$0.id.contains("~") }
      .shuffled(seed: 5).prefix(runsSlowTests ? 60 : 20)
    var documents: [TestDocument] = []
    for base in bases {
      documents.append(TestDocument(base.id, base.text))
      for kind in EditKind.matrix.filter({ $0 != .doubled }).shuffled(seed: UInt64(documents.count))
        .prefix(8)
      {
        documents.append(
          TestDocument("\(base.id)~\(kind.name)", edits.apply(kind, to: base.text))
        )
      }
    }
    // Brute force counts whole texts.
    let result = try await cluster(documents, profile: Profile.auto.with(.none))
    let sets = features(documents)
    var (near, found, exactly) = (0, 0, 0)
    let familyOf = result.familyOf
    let edges = Set(
      result.edges.map { CandidatePairs.pack($0.a, $0.b) }
    )
    for a in sets.indices {
      for b in sets.indices where a < b && jaccard(sets[a], sets[b]) >= 0.7 {
        near += 1
        if let family = familyOf[documents[a].id], family == familyOf[documents[b].id] {
          found += 1
        }
        if edges.contains(CandidatePairs.pack(a, b)) { exactly += 1 }
      }
    }
    #expect(near > 100)
    #expect(Double(found) >= 0.995 * Double(near), "\(found) of \(near)")
    // The rest of the edges went to the leader of a near-identical group instead.
    #expect(exactly > 0)
    // And no edge claims what brute force does not see.
    for edge in result.edges where edge.level != .exact {
      #expect(abs(edge.scores.jaccard - jaccard(sets[edge.a], sets[edge.b])) < 1e-12)
    }
  }

  private func features(_ documents: [TestDocument]) -> [[UInt64]] {
    var normaliser = Normaliser(Profile.auto.normaliser)
    let extractor = FeatureExtractor(unit: Profile.auto.unit, keys: HashKeys())
    return documents.map { document in
      unsafe normaliser.normalise(document.text).bytes.withUnsafeBufferPointer {
        unsafe Array(extractor.set($0))
      }
    }
  }

  private func jaccard(_ a: [UInt64], _ b: [UInt64]) -> Double {
    let shared = unsafe a.withUnsafeBufferPointer { x in
      unsafe b.withUnsafeBufferPointer { unsafe FeatureSets.shared(x, $0) }
    }
    return Overlap(shared: shared, first: a.count, second: b.count).jaccard
  }

  /// No family of the bundled corpus joins two stories, and nearly all copies are found.
  @Test func theBundledReposts() async throws {
    let reposts = try BundledReposts()
    let result = try await cluster(reposts.documents)
    for ids in result.familyIDs {
      let bases = Set(ids.compactMap { reposts.baseOf[$0] })
      #expect(bases.count == 1, "one family of \(bases.sorted()): \(ids)")
    }
    let familyOf = result.familyOf
    func isTogether(_ pair: [String]) -> Bool {
      familyOf[pair[0]] != nil && familyOf[pair[0]] == familyOf[pair[1]]
    }
    let found = reposts.copies.count { isTogether($0) }
    let missed = reposts.copies.filter { !isTogether($0) }.map { $0[1] }
    #expect(
      Double(found) >= 0.95 * Double(reposts.copies.count),
      "\(found) of \(reposts.copies.count), missed \(missed)"
    )
    let caught = Set(reposts.traps.filter { isTogether($0) }.map { $0[2] })
    #expect(caught.isEmpty, "caught in traps: \(caught)")
    // One frame with other slots is known for what it is.
    for kind in ["template", "market"] {
      let pairs = reposts.traps.filter { $0[2] == kind }
      #expect(!pairs.isEmpty)
      for pair in pairs {
        let names = pair.dropLast().map { id in
          familyOf[id].flatMap { result.families[$0].template }
            ?? result.templateDocuments.first { result.documents.id($0.key) == id }?.value
        }
        #expect(names[0] != nil && names[0] == names[1], "\(pair)")
      }
    }
  }
}

extension Sequence {
  /// The elements in the order of a seed.
  fileprivate func shuffled(seed: UInt64) -> [Element] {
    var generator = SeededGenerator(seed: seed)
    return shuffled(using: &generator)
  }
}
