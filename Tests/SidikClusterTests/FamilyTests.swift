import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct FamilyTests {
  private static let base =
    "pemerintah kota menutup jembatan lama di teluk merbah mulai senin untuk perbaikan tiang yang "
    + "retak dan warga diminta memakai jalan lingkar utara selama tiga pekan ke depan"

  private func copies(_ times: [String?]) -> [TestDocument] {
    times.enumerated().map { index, time in
      TestDocument(
        "d\(index)",
        Self.base + String(repeating: " \(word(index))", count: index),
        time: time
      )
    }
  }

  @Test func theEarliestRepresents() async throws {
    let result = try await cluster(
      copies(["2024-03-05", "2024-03-04T23:59:59Z", "2024-03-05T00:30:00+07:00", nil])
    )
    let family = try #require(result.families.first)
    // Half past midnight in UTC+7 is the evening before, and earlier than one second to midnight.
    #expect(result.familyIDs == [["d2", "d1", "d0", "d3"]])
    #expect(result.documents.id(family.representative) == "d2")
    #expect(family.firstSeen == "2024-03-05T00:30:00+07:00")
  }

  @Test func timesThatSayNothingAreNone() async throws {
    let result = try await cluster(copies(["kemarin", "", nil, "2099-01-01"]))
    #expect(result.familyIDs.first?.first == "d3")
    #expect(result.families.first?.firstSeen == "2099-01-01")
  }

  @Test func equalTimesGoByID() async throws {
    let documents = copies(["2024-01-01", "2024-01-01", "2024-01-01"])
    for order in [documents, documents.reversed()] {
      #expect(try await cluster(order).familyIDs == [["d0", "d1", "d2"]])
    }
  }

  /// Without times the one that is nearest to all others represents: here the unedited text.
  @Test func theMedoidRepresentsWithoutTimes() async throws {
    var generator = SeededGenerator(seed: 1)
    let base = randomText(words: 80, &generator)
    var documents = (0..<6).map { TestDocument("a\($0)", edited(base, words: 9, &generator)) }
    documents.insert(TestDocument("z", base), at: 3)
    let result = try await cluster(documents)
    #expect(result.families.count == 1)
    #expect(result.familyIDs.first?.first == "z")
    #expect(result.families.first?.firstSeen == nil)
  }

  @Test func scoresAreThoseToTheRepresentative() async throws {
    var generator = SeededGenerator(seed: 2)
    let base = randomText(words: 100, &generator)
    let result = try await cluster([
      TestDocument("base", base, time: "2024-01-01"),
      TestDocument("same", base.uppercased(), time: "2024-01-02"),
      TestDocument("near", edited(base, words: 2, &generator), time: "2024-01-03"),
      TestDocument("part", base.split(separator: " ")[20..<60].joined(separator: " ")),
    ])
    let family = try #require(result.families.first)
    let members = Dictionary(
      uniqueKeysWithValues: family.members.map { (result.documents.id($0.document), $0) }
    )
    #expect(members.count == 4)
    #expect(members["base"]?.level == .exact && members["same"]?.level == .exact)
    #expect(members["same"]?.similarity == 1 && members["same"]?.containment == 1)
    #expect(members["near"]?.level == .copy)
    #expect(members["part"]?.level == .excerpt && members["part"]?.containment == 1)
    #expect(family.level == .excerpt)
    let near = try #require(members["near"])
    #expect(near.similarity > 0.7 && near.similarity < near.containment)
    #expect(family.weakest <= family.median && family.weakest > 0.6 && family.median <= 1)
  }

  /// A near-identical copy is taken together with its leader early; its edge has real scores.
  @Test func collapsedEdgesHaveRealContainment() async throws {
    var generator = SeededGenerator(seed: 3)
    let base = randomText(words: 100, &generator)
    let longer = base + " " + word(90_000) + " " + word(90_001)
    let result = try await cluster([TestDocument("a", base), TestDocument("b", longer)])
    let edge = try #require(result.edges.first)
    #expect(result.edges.count == 1 && edge.level == .copy)
    let aIsFirst = result.documents.id(edge.a) == "a"
    let ofBase = aIsFirst ? edge.scores.containmentOfFirst : edge.scores.containmentOfSecond
    let ofLonger = aIsFirst ? edge.scores.containmentOfSecond : edge.scores.containmentOfFirst
    #expect(ofBase == 1)
    #expect(ofLonger < 1 && abs(ofLonger - edge.scores.jaccard) < 1e-12)
  }

  @Test func identifiersAreMadeOfTheMembersIDs() async throws {
    let pair = [TestDocument("a", Self.base), TestDocument("b", Self.base)]
    let first = try await cluster(pair)
    let other = try await cluster([
      TestDocument("b", "sama sekali lain dari itu semua"),
      TestDocument("a", "sama sekali lain dari itu semua"),
    ])
    let third = try await cluster(pair + [TestDocument("c", Self.base)])
    let identifier = try #require(first.families.first?.identifier)
    #expect(identifier.count == 16 && identifier.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    #expect(other.families.first?.identifier == identifier)
    #expect(third.families.first?.identifier != identifier)
  }

  @Test func familiesComeLargestFirstThenByRepresentative() async throws {
    var documents: [TestDocument] = []
    var generator = SeededGenerator(seed: 4)
    for (name, count) in [("q", 2), ("m", 5), ("c", 2), ("x", 3), ("b", 2), ("s", 1)] {
      let base = randomText(words: 50, &generator)
      for copy in 0..<count { documents.append(TestDocument("\(name)\(copy)", base)) }
    }
    let result = try await cluster(documents.shuffled(using: &generator))
    #expect(
      result.families.map { result.documents.id($0.representative) }
        == ["m0", "x0", "b0", "c0", "q0"]
    )
    #expect(result.families.map(\.members.count) == [5, 3, 2, 2, 2])
    #expect(result.statistics.families == 5 && result.statistics.clustered == 14)
  }
}
