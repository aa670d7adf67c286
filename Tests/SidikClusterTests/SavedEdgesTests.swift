import SidikCore
import SidikReport
import SidikTestSupport
import Testing

@testable import SidikCluster

extension PipelineResult {
  /// The edges file of a run, by lines.
  func savedLines(_ basis: ClusteringBasis) throws -> [[UInt8]] {
    var lines: [[UInt8]] = []
    try EdgeWriter(self, basis: basis).forEachLine {
      lines.append(Array($0.dropLast()))
    }
    return lines
  }

  /// Families without what only texts tell.
  var bareFamilies: [String] {
    families.map { family in
      let members = family.members.map { member in
        "\(documents.id(member.document)) \(documents.source(member.document) ?? "-")"
          + " \(documents.time(member.document) ?? "-")"
      }
      return "\(family.identifier) \(documents.id(family.representative))"
        + " \(family.firstSeen ?? "-") \(EdgeWeights.rounded(family.weakest))"
        + " \(EdgeWeights.rounded(family.median)) \(family.template ?? "-") \(members)"
    }
  }
}

/// Reads an edges file.
func saved(_ lines: [[UInt8]], file: String = "edges.jsonl") throws -> SavedEdges {
  var reader = SavedEdgesReader(file: file)
  for (number, line) in lines.enumerated() { try reader.take(line, number: number + 1) }
  return try reader.finish()
}

@Suite struct SavedEdgesTests {
  /// No edge of the profile is weaker.
  private static let least = Profile.auto.rule.leastStrength

  /// Clusters texts, saves the edges, clusters those: the same families, and the same file again.
  private func expectTheSame(
    _ documents: [TestDocument],
    _ profile: Profile = .auto,
    _ location: SourceLocation = #_sourceLocation
  ) async throws {
    let result = try await cluster(documents, profile: profile)
    let basis = ClusteringBasis(PipelineConfiguration(profile: profile))
    let lines = try result.savedLines(basis)
    let clustering = try Reclustering(saved(lines))
    let again = try await clustering.run()
    #expect(again.bareFamilies == result.bareFamilies, sourceLocation: location)
    #expect(clustering.basis == basis, sourceLocation: location)
    let second = try again.savedLines(clustering.basis)
    #expect(second == lines, sourceLocation: location)
    #expect(again.statistics.edges == result.statistics.edges, sourceLocation: location)
    #expect(again.statistics.leaders == result.statistics.leaders, sourceLocation: location)
    #expect(again.statistics.nodes == result.statistics.nodes, sourceLocation: location)
    #expect(again.repeating.count == result.repeating.count, sourceLocation: location)
  }

  @Test(arguments: Profile.all)
  func theBundledReposts(_ profile: Profile) async throws {
    try await expectTheSame(try BundledReposts().documents, profile)
  }

  /// Equal texts, ids that repeat, blanks.
  @Test func documentsOfManyKinds() async throws {
    try await expectTheSame(try DeterminismTests.documents())
    try await expectTheSame(try DeterminismTests.documents(), .corpus)
    try await expectTheSame([])
    try await expectTheSame([TestDocument("a", "Harga beras naik lagi pekan ini")])
  }

  @Test func relatedTextsAndTemplates() async throws {
    var profile = Profile.auto
    profile.rule.related = VerificationRule.relatedCoverage
    let documents = RelatedTests.documents + RelatedTests.copies + TemplateTests.fillings(copies: 2)
    try await expectTheSame(documents, profile)
  }

  /// Stories of random sizes, edited a little or a lot, with excerpts and round-ups.
  @Test(arguments: 1...(runsSlowTests ? 60 : 12))
  func randomCorpora(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var documents: [TestDocument] = []
    var stories: [String] = []
    for story in 0..<Int.random(in: 2..<9, using: &generator) {
      let base = randomText(words: Int.random(in: 12..<90, using: &generator), &generator)
      stories.append(base)
      for copy in 0..<Int.random(in: 1..<(seed % 4 == 0 ? 70 : 9), using: &generator) {
        let changes = Int.random(in: 0..<14, using: &generator)
        var text = edited(base, words: changes, &generator)
        if copy % 5 == 4 { text += " " + stories[Int.random(in: 0...story, using: &generator)] }
        if copy % 7 == 6 { text = String(text.prefix(text.count / 2)) }
        let time = copy % 3 == 0 && seed % 2 == 0 ? "2024-01-0\(copy % 9 + 1)" : nil
        documents.append(TestDocument("s\(story)-\(copy % 40)", text, source: "x", time: time))
      }
    }
    try await expectTheSame(documents)
  }

  /// Buckets too large for all their pairs: what the samples of crowded groups showed is saved.
  @Test func crowdedStories() async throws {
    var generator = SeededGenerator(seed: 5)
    let base = randomText(words: 80, &generator)
    let documents = (0..<400).map {
      TestDocument("d\($0)", edited(base, words: 5, &generator))
    }
    let result = try await cluster(documents)
    #expect(result.edges.contains { $0.origin == .sample }, "not crowded: the test says nothing")
    #expect(result.texts.crowded.contains(true))
    try await expectTheSame(documents)
  }

  /// The linkage plays no part before clustering, so another one gives what texts would give.
  @Test(arguments: [0.1, 0.45, 0.7, 1])
  func anotherLinkage(_ linkage: Double) async throws {
    let documents = try BundledReposts().documents
    let lines = try await cluster(documents).savedLines(ClusteringBasis(PipelineConfiguration()))
    let again = try await Reclustering(saved(lines), linkage: linkage).run()
    var profile = Profile.auto
    profile.linkage = linkage
    let result = try await cluster(documents, profile: profile)
    #expect(again.bareFamilies == result.bareFamilies)
  }

  /// Above the threshold all edges take part, below it none; families hang together by them.
  @Test(arguments: [least, 0.75, 0.9, 0.97, 1])
  func anotherThreshold(_ threshold: Double) async throws {
    let result = try await cluster(try BundledReposts().documents)
    let lines = try result.savedLines(ClusteringBasis(PipelineConfiguration()))
    let clustering = try Reclustering(saved(lines), threshold: threshold)
    let again = try await clustering.run()
    #expect(
      again.edges.count == result.edges.count { $0.strength >= threshold || $0.level == .template }
    )
    #expect(again.edges.allSatisfy { $0.strength >= threshold || $0.level == .template })
    #expect(clustering.basis.threshold == threshold)
    #expect(
      (clustering.basis.fingerprint == PipelineConfiguration().fingerprint)
        == (threshold == Self.least)
    )
    var sets = UnionFind(again.documents.count)
    for edge in again.edges { sets.join(edge.a, edge.b) }
    for family in again.families {
      #expect(Set(family.members.map { sets.root($0.document) }).count == 1)
    }
    // What a raised threshold was written to cannot be lowered again.
    let higher = try saved(again.savedLines(clustering.basis))
    let lowered = try? Reclustering(higher, threshold: Self.least)
    #expect((lowered == nil) == (threshold > Self.least))
  }

  @Test func aThresholdBelowTheRuns() async throws {
    let lines = try await cluster(try BundledReposts().documents)
      .savedLines(ClusteringBasis(PipelineConfiguration()))
    let error = #expect(throws: SidikError.self) {
      try Reclustering(saved(lines), threshold: Self.least - 0.01)
    }
    #expect(error?.code == .usage && error?.message.contains("below \(Self.least)") == true)
  }

  /// Members whose pair with the representative was never saved are not measured.
  @Test func whatIsNotKnownIsLeftOut() async throws {
    let result = try await cluster(try BundledReposts().documents)
    let again = try await Reclustering(
      saved(result.savedLines(ClusteringBasis(PipelineConfiguration())))
    ).run()
    var unknown = 0
    for (before, after) in zip(result.families, again.families) {
      for (x, y) in zip(before.members, after.members) {
        #expect(x.isMeasured)
        guard y.isMeasured else {
          unknown += 1
          continue
        }
        #expect(EdgeWeights.rounded(x.similarity) == y.similarity)
        #expect(EdgeWeights.rounded(x.containment) == y.containment)
        #expect(x.level == y.level)
      }
    }
    #expect(unknown > 0)
  }

  // MARK: Files that are none

  private static let header =
    #"{"sidik":"1/a","format":2,"parameters":"p","threshold":0.6,"linkage":0.3,"documents":2,"edges":1}"#
  private static let documents = [
    #"{"id":"a","text":0,"characters":9}"#, #"{"id":"b","text":1,"characters":9}"#,
  ]
  private static let edge =
    #"{"a":"a","b":"b","jaccard":0.9,"containment":[0.9,1],"level":"copy","strength":0.9,"#
    + #""weight":0.9,"origin":"sketch","documents":[0,1],"sidik":"1/a"}"#

  @Test func aSmallFile() async throws {
    let lines = [Self.header] + Self.documents + ["", Self.edge, " "]
    let result = try await Reclustering(saved(lines.map { Array($0.utf8) })).run()
    #expect(result.familyIDs == [["a", "b"]])
  }

  @Test(
    arguments: [
      ([], nil, "is empty"),
      (["x"], 1, "is no JSON object"),
      (["3"], 1, "is no JSON object"),
      ([edge], 1, "does not begin with a line about its run"),
      ([header.replacing(":2,\"par", with: ":3,\"par")], 1, "is of format 3"),
      ([header.replacing("\"linkage\":0.3,", with: "")], 1, "lacks one of"),
      ([header] + documents, nil, "holds 2 of 2 documents and 0 of 1 edges"),
      ([header, documents[0], edge], 3, "its documents [0, 1] are not 'a' and 'b'"),
      ([header, documents[1]], 2, "does not follow -1"),
      ([header] + documents + [documents[1]], 4, "a document more"),
      ([header, #"{"id":"a"}"#], 2, "is neither an edge"),
      ([header] + documents + [edge.replacing("[0,1]", with: "[1,0]")], 4, "are not 'a' and 'b'"),
      ([header] + documents + [edge.replacing("[0,1]", with: "[0,-1]")], 4, "is no edge with"),
      ([header] + documents + [edge.replacing("copy", with: "kin")], 4, "is no edge with"),
      ([header] + documents + [edge.replacing("copy", with: "related")], 4, "joins nothing"),
      ([header] + documents + [edge.replacing("sketch", with: "luck")], 4, "is no edge with"),
      ([header] + documents + [edge.replacing("0.9,1", with: "0.9,2")], 4, "is no edge with"),
      ([header] + documents + [edge.replacing("1/a", with: "1/b")], 4, "was made by 1/b"),
      ([header] + documents + [header], 4, "another run begins here; edges"),
      (
        [header] + documents + [header.replacing("1/a", with: "1/b")], 4,
        "another run begins here (1/b after 1/a"
      ),
    ] as [([String], Int?, String)]
  )
  func damagedFiles(_ lines: [String], _ line: Int?, _ reason: String) {
    let error = #expect(throws: SidikError.self) { try saved(lines.map { Array($0.utf8) }) }
    #expect(error?.message.contains(reason) == true, "\(String(describing: error))")
    #expect(error?.line == line && error?.file == "edges.jsonl" && error?.code == .data)
  }

  @Test(arguments: [
    (edge.replacing("sketch", with: "equal"), "is of origin equal, but"),
    (edge.replacing("sketch", with: "leader") + "\n" + edge, "is of a text that has a leader"),
    (
      edge.replacing("sketch", with: "leader") + "\n" + edge.replacing("sketch", with: "leader"),
      "second"
    ),
  ])
  func edgesThatContradict(_ edges: String, _ reason: String) throws {
    let parts = edges.split(separator: "\n").map { Array($0.utf8) }
    let header = Self.header.replacing("\"edges\":1", with: "\"edges\":\(parts.count)")
    let read = try saved([Array(header.utf8)] + Self.documents.map { Array($0.utf8) } + parts)
    let error = #expect(throws: SidikError.self) { try SavedGraph(read, threshold: 0) }
    #expect(error?.message.contains(reason) == true, "\(String(describing: error))")
    #expect(error?.file == "edges.jsonl" && error?.code == .data)
  }

  /// No damage by chance ends in anything but an answer or an error.
  @Test func damageByChance() async throws {
    var generator = SeededGenerator(seed: 3)
    let result = try await cluster(Array(try BundledReposts().documents[..<30]))
    let lines = try result.savedLines(ClusteringBasis(PipelineConfiguration()))
    for _ in 0..<(runsSlowTests ? 5000 : 300) {
      var damaged = lines
      let line = Int.random(in: 0..<lines.count, using: &generator)
      let place = Int.random(in: 0..<lines[line].count, using: &generator)
      damaged[line][place] = UInt8.random(in: 32..<127, using: &generator)
      if let read = try? saved(damaged) { _ = try? await Reclustering(read).run() }
    }
  }
}
