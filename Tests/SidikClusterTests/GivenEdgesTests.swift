import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

/// Families out of edges that were verified elsewhere, against those of a run on the texts.
@Suite struct GivenEdgesTests {
  /// Gives the documents of a run in another order, with its edges.
  private func regrouped(
    _ result: PipelineResult,
    _ profile: Profile
  ) async throws -> (families: [String], order: [Int]) {
    let table = result.documents
    let rows = Array(table.rows.indices.reversed())
    var places = [Int](repeating: 0, count: rows.count)
    for (place, row) in rows.enumerated() { places[row] = place }
    let given = rows.map { row in
      var document = GivenDocument(
        id: table.id(row),
        characters: table.rows[row].scalars,
        digest: table.rows[row].digest
      )
      document.repeats = table.rows[row].repeats
      document.source = table.source(row)
      document.time = table.time(row)
      return document
    }
    let edges = result.edges.map { edge in
      Edge(
        given: places[edge.a],
        places[edge.b],
        edge.scores,
        strength: edge.strength,
        weight: edge.weight,
        origin: edge.origin
      )
    }
    let basis = ClusteringBasis(PipelineConfiguration(profile: profile))
    let (saved, order) = SavedEdges.given(given, edges, basis: basis, name: "edges")
    return (try await Reclustering(saved).run().bareFamilies, order)
  }

  @Test(arguments: Profile.all)
  func familiesAreThoseOfTheRun(_ profile: Profile) async throws {
    let result = try await cluster(try BundledReposts().documents, profile: profile)
    let (families, order) = try await regrouped(result, profile)
    #expect(families == result.bareFamilies)
    #expect(order.sorted() == Array(order.indices))
    #expect(families.count > 20)
  }

  @Test func ofSeveralEdgesTheStrongestCounts() async throws {
    let given = ["a", "b", "c"].enumerated().map { number, id in
      GivenDocument(id: id, characters: 50, digest: ExactDigest(high: UInt64(number), low: 0))
    }
    func edge(_ a: Int, _ b: Int, _ weight: Double) -> Edge {
      let scores = PairScores(
        jaccard: weight,
        containments: (weight, weight),
        coverage: nil,
        strength: weight,
        level: .variant
      )
      return Edge(given: a, b, scores, strength: weight, weight: weight, origin: .sketch)
    }
    let basis = ClusteringBasis(PipelineConfiguration())
    let (saved, _) = SavedEdges.given(
      given,
      [edge(1, 0, 0.1), edge(0, 1, 0.9), edge(2, 0, 0.1)],
      basis: basis,
      name: "edges"
    )
    #expect(saved.edges.map(\.weight) == [0.9, 0.1])
    let families = try await Reclustering(saved).run().families
    #expect(families.map { $0.members.count } == [2])
  }

  @Test func emptyTextsStayApart() {
    let nothing = GivenDocument(id: "x", characters: 0, digest: ExactDigest(high: 1, low: 1))
    let text = GivenDocument(id: "y", characters: 9, digest: ExactDigest(high: 1, low: 1))
    let basis = ClusteringBasis(PipelineConfiguration())
    let saved = SavedEdges.given([nothing, text, nothing, text], [], basis: basis, name: "e").saved
    #expect(saved.textOf == [0, 1, 2, 2])
  }
}
