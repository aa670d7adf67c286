import Foundation
import SidikCluster
import SidikCore
import SidikTestSupport
import Testing

@testable import SidikEvaluation
@testable import SidikReport

/// Groups of ids from labels.
private func groups(_ labels: [Int]) -> [[String]] {
  var groups = [[String]](repeating: [], count: (labels.max() ?? 0) + 1)
  for (i, label) in labels.enumerated() { groups[label].append("d\(i)") }
  return groups.filter { !$0.isEmpty }
}

private func random(_ n: Int, _ k: Int, _ generator: inout SeededGenerator) -> [[String]] {
  groups((0..<n).map { _ in Int(generator.next() % UInt64(k)) })
}

@Suite struct EvaluationReportTests {
  @Test(arguments: 0..<12)
  func sumsOverGroupsGiveTheMeasuresOfTheWhole(round: Int) {
    var generator = SeededGenerator(seed: UInt64(round))
    let truth = random(20 + 7 * round, 2 + 3 * round, &generator)
    let found = random(20 + 7 * round, 3 + 2 * round, &generator).filter { $0.count > 1 }
    let table = Labelings.contingency(truth: truth, found: found)
    let report = EvaluationReport(families: found, truth: .groups(truth))
    let expected: [String: Double] = [
      "precision": table.pairScore.precision, "recall": table.pairScore.recall,
      "f1": table.pairScore.f1, "ari": table.adjustedRandIndex,
      "bcubed_precision": table.bCubed.precision, "bcubed_recall": table.bCubed.recall,
      "bcubed_f1": table.bCubed.f1, "homogeneity": table.vMeasure.homogeneity,
      "completeness": table.vMeasure.completeness, "v_measure": table.vMeasure.value,
    ]
    #expect(report.families.count == expected.count)
    for estimate in report.families {
      let exact = expected[estimate.name] ?? -1
      #expect(abs(estimate.value - exact) < 1e-9, "\(estimate.name)")
      #expect(estimate.low <= estimate.high && estimate.high <= 1 + 1e-12)
    }
  }

  @Test func intervalsAreReproducibleAndWiderForFewerGroups() throws {
    var generator = SeededGenerator(seed: 4)
    let truth = random(400, 100, &generator)
    let found = truth.enumerated().flatMap { $0 % 3 == 0 ? [] : [$1] }
    let report = EvaluationReport(families: found, truth: .groups(truth))
    #expect(report == EvaluationReport(families: found, truth: .groups(truth)))
    let few = EvaluationReport(families: found, truth: .groups(Array(truth.prefix(20))))
    let wide = try #require(few.families.first { $0.name == "recall" })
    let narrow = try #require(report.families.first { $0.name == "recall" })
    #expect(narrow.low < narrow.value && narrow.value < narrow.high)
    #expect(wide.high - wide.low > narrow.high - narrow.low)
  }

  @Test func oneGroupHasNoInterval() {
    let report = EvaluationReport(families: [["a", "b"]], truth: .groups([["a", "b", "c"]]))
    #expect(report["recall"].map { abs($0 - 1.0 / 3) < 1e-12 } == true)
    #expect(report.families.allSatisfy { $0.low == $0.value && $0.high == $0.value })
  }

  @Test func groupsSinglesAndTheLargestFamilyAreCounted() {
    let report = EvaluationReport(
      families: [["a", "b"], ["c", "x", "unknown"], ["y"]],
      truth: .groups([["a", "b"], ["c", "d"], ["x"], ["y"], ["z"]])
    )
    #expect(report.groups == 2 && report.groupsWhole == 1)
    #expect(report.singletons == 3 && report.singletonsKept == 2)
    #expect(report.largestFamily == 3 && report.groupsInLargest == 2)
    #expect(report.labels.map(\.label) == ["same group", "other groups"])
    #expect(report.labels.map(\.count) == [2, 19] && report.labels.map(\.joined) == [1, 1])
    #expect(report.edges == nil && report.labels[0].levels == nil)
  }

  @Test func edgesOfCollapsedTextsCountForAllTheyStandFor() {
    // b and c equal a, d is almost a, e is linked to a: all ten pairs are verified.
    let edges = [
      FoundEdge("a", "b", level: .exact, jaccard: 1),
      FoundEdge("a", "c", level: .exact, jaccard: 1),
      FoundEdge("a", "d", level: .copy, jaccard: 0.9),
      FoundEdge("e", "a", level: .variant, jaccard: 0.5),
      FoundEdge("e", "f", level: .template, jaccard: 0.6),
    ]
    let truth = Truth.groups([["a", "b", "c", "d", "e"], ["f"]])
    let report = EvaluationReport(families: [], edges: edges, truth: truth)
    #expect(report.edges?.map(\.value) == [1, 1, 1])
    #expect(report.labels[0].levels?.reduce(0, +) == 10)
    // A template is a level of its own and joins nothing.
    #expect(report.labels[1].levels == [0, 0, 0, 0, 1, 0])
    let pairs = ["b", "c", "d"].map { LabelledPair($0, "e", label: "copy") }
    let byPair = EvaluationReport(families: [], edges: edges, truth: .pairs(pairs))
    #expect(byPair.labels[0].levels == [0, 0, 3, 0, 0, 0])
    #expect(byPair.units == 1 && byPair.documents == 4)
  }

  @Test func edgesAgreeWithCountingThemOneByOne() {
    var generator = SeededGenerator(seed: 9)
    let truth = random(60, 12, &generator)
    let groupOf = Labelings.labels(truth)
    var edges: Set<[Int]> = []
    for _ in 0..<90 {
      let (a, b) = (Int(generator.next() % 60), Int(generator.next() % 60))
      if a != b { edges.insert([min(a, b), max(a, b)]) }
    }
    let found = edges.map { FoundEdge("d\($0[0])", "d\($0[1])", level: .variant, jaccard: 0.5) }
    let right = edges.count { groupOf["d\($0[0])"] == groupOf["d\($0[1])"] }
    let all = truth.reduce(0) { $0 + $1.count * ($1.count - 1) / 2 }
    let report = EvaluationReport(families: [], edges: found, truth: .groups(truth))
    #expect(abs((report.edges?[0].value ?? 0) - Double(right) / Double(edges.count)) < 1e-12)
    #expect(abs((report.edges?[1].value ?? 0) - Double(right) / Double(all)) < 1e-12)
  }

  @Test func kindsOfEditAreCounted() {
    let kinds =
      (0..<70).map { EditedCopy("o\($0)~leet", kind: "leet", base: "o\($0)") }
      + [EditedCopy("o1~cut", kind: "cut", base: "o1"), EditedCopy("o1", kind: "base", base: "o1")]
    let families = (0..<63).map { ["o\($0)", "o\($0)~leet"] }
    var report = EvaluationReport(families: families, truth: .groups([["o1"]]))
    report.add(kinds: kinds, families: families)
    #expect(report.kinds.map(\.kind) == ["cut", "leet"])
    #expect(report.kinds.map(\.joined) == [0, 63] && report.kinds[1].recall == 0.9)
    #expect(report.scarceKinds == ["cut"])
    // Wilson's interval of 63 of 70, worked out by hand.
    #expect(abs(report.kinds[1].interval.lowerBound - 0.8078) < 1e-3)
    #expect(abs(report.kinds[1].interval.upperBound - 0.9507) < 1e-3)
  }

  @Test func bothFormsAreWritten() throws {
    let pairs = [LabelledPair("a", "b", label: "copy"), LabelledPair("c", "d", label: "none")]
    let report = EvaluationReport(
      families: [["a", "b"]],
      edges: [FoundEdge("a", "b", level: .copy, jaccard: 0.8)],
      truth: .pairs(pairs)
    )
    let writer = EvaluationWriter(report, provenance: nil)
    let text = String(decoding: writer.text(), as: UTF8.self)
    #expect(text.contains("precision  1.0000 [0.0000, 1.0000]  1.0000 [0.0000, 1.0000]"))
    #expect(text.contains("largest family: 2 documents, with documents of 1 parts"))
    let json = try #require(JSONValue(Array(writer.json())))
    #expect(json["families"]?["f1"]?["value"]?.number == 1)
    #expect(json["labels"]?.array?[0]["levels"]?["copy"]?.number == 1)
    #expect(json["sidik"] == nil)
  }

  @Test(arguments: [(0.0, "0.0000"), (1, "1.0000"), (0.99996, "1.0000"), (-0.05, "-0.0500")])
  func scoresHaveFourDecimals(value: Double, text: String) {
    #expect(TextColumns.fixed(value) == text)
  }
}

@Suite struct TruthTests {
  private func lines(_ text: String) -> [[UInt8]] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
  }

  @Test func groupsAndPairsAreTold() throws {
    let groups = try Truth(
      lines: lines("{\"ids\":[\"a\",\"b\"],\"x\":{}}\n\n{\"members\":[{\"id\":\"c\\u00e9\"},7]}"),
      file: "t"
    )
    #expect(groups == .groups([["a", "b"], ["cé", "7"]]))
    let pairs = try Truth(lines: lines("a\tb\tcopy\t0.5\n\nc\td\tnon"), file: "t")
    #expect(
      pairs
        == .pairs([LabelledPair("a", "b", label: "copy"), LabelledPair("c", "d", label: "non")])
    )
  }

  @Test(arguments: [
    "", "a\tb", "{\"ids\":[\"a\",{}]}", "{\"ids\":", "{}", "a\tb\tcopy\nx",
    "{\"ids\":[\"a\"]}\n[1]",
  ])
  func otherFormsAreNamedErrors(text: String) {
    #expect(throws: SidikError.self) { try Truth(lines: lines(text), file: "t") }
  }

  @Test func edgesAreRead() throws {
    let edges = try FoundEdge.read(
      lines("{\"a\":\"x\",\"b\":\"y\",\"jaccard\":0.25,\"level\":\"variant\"}\n{\"a\":1,\"b\":2}"),
      file: "e"
    )
    #expect(edges == [FoundEdge("x", "y", level: .variant, jaccard: 0.25), FoundEdge("1", "2")])
    for bad in ["{\"a\":\"x\"}", "{\"a\":\"x\",\"b\":\"y\",\"level\":\"twin\"}", "x"] {
      #expect(throws: SidikError.self) { try FoundEdge.read(lines(bad), file: "e") }
    }
  }

  @Test(arguments: [
    ("\"\\ud83d\\ude00\\n\\/\"", JSONValue.string("😀\n/")),
    ("\"\\ud83d x\"", .string("\u{FFFD} x")),
    (" [1, -2.5e1 ,true,null] ", .array([.number(1), .number(-25), .bool(true), .null])),
    ("{}", .object([:])), ("[]", .array([])),
  ])
  func valuesAreRead(text: String, value: JSONValue) {
    #expect(JSONValue(Array(text.utf8)) == value)
  }

  @Test(arguments: ["", "{", "[1,]", "\"a", "{\"a\" 1}", "nul", "1 2", "\"\\x\"", "\"\\u12\""])
  func whatIsNoJSONIsRefused(text: String) {
    #expect(JSONValue(Array(text.utf8)) == nil)
  }

  @Test func deepNestingIsRefused() {
    #expect(JSONValue([UInt8](repeating: UInt8(ascii: "["), count: 100_000)) == nil)
  }
}
