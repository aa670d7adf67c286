import Foundation
import SidikTestSupport
import Testing

@testable import SidikEvaluation

private func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-12 }

/// A labelling of `n` documents with up to `k` labels.
private func labels(_ n: Int, _ k: Int, _ random: inout SeededGenerator) -> [Int] {
  (0..<n).map { _ in Int(random.next() % UInt64(k)) }
}

@Suite struct MeasuresTests {
  @Test func handComputedExample() {
    // Classes {0,1,2} {3,4} {5}; clusters {0,1} {2,3,4} {5}.
    let table = Contingency(truth: [0, 0, 0, 1, 1, 2], found: [7, 7, -1, -1, -1, 9])
    #expect(table.truePairs == 4 && table.foundPairs == 4 && table.sharedPairs == 2)
    #expect(near(table.pairScore.precision, 0.5) && near(table.pairScore.recall, 0.5))
    // Expected 4 * 4 / 15; (2 - 16/15) / (4 - 16/15) = 14/44.
    #expect(near(table.adjustedRandIndex, 14.0 / 44.0))
    // Precision (2 * 1 + 1/3 + 2 * 2/3 + 1) / 6, recall (2 * 2/3 + 1/3 + 2 * 1 + 1) / 6.
    #expect(near(table.bCubed.precision, 14.0 / 18.0) && near(table.bCubed.recall, 14.0 / 18.0))
    // H(class) = H(cluster) = H(3/6, 2/6, 1/6); H(joint) = H(2/6, 1/6, 2/6, 1/6).
    let h = -(0.5 * log(0.5) + log(1.0 / 3) / 3 + log(1.0 / 6) / 6)
    let joint = -(2 * log(1.0 / 3) / 3 + 2 * log(1.0 / 6) / 6)
    #expect(near(table.vMeasure.homogeneity, 1 - (joint - h) / h))
    #expect(near(table.vMeasure.completeness, 1 - (joint - h) / h))
    #expect(near(table.vMeasure.value, 1 - (joint - h) / h))
  }

  @Test func degenerateLabelings() {
    for n in 0...3 {
      let singles = Array(0..<n)
      let same = [Int](repeating: 0, count: n)
      for labels in [singles, same] {
        let table = Contingency(truth: labels, found: labels)
        #expect(table.adjustedRandIndex == 1)
        #expect(near(table.vMeasure.value, 1))
        #expect(near(table.bCubed.f1, 1))
      }
    }
    let torn = Contingency(truth: [0, 0, 0], found: [0, 1, 2])
    #expect(torn.pairScore == PrecisionRecall(precision: 0, recall: 0))
    #expect(torn.pairScore.f1 == 0 && torn.adjustedRandIndex == 0)
    #expect(torn.vMeasure == VMeasure(homogeneity: 1, completeness: 0))
    #expect(torn.vMeasure.value == 0)
  }

  @Test(arguments: 0..<40)
  func measuresAgreeWithCountingPairsOneByOne(round: Int) {
    var random = SeededGenerator(seed: UInt64(round))
    let n = 2 + round
    let truth = labels(n, 1 + round / 3, &random)
    let found = labels(n, 1 + round / 2, &random)
    let table = Contingency(truth: truth, found: found)
    var counts = (both: 0, truth: 0, found: 0)
    var precision = 0.0
    var recall = 0.0
    for i in 0..<n {
      var mine = (both: 0, truth: 0, found: 0)
      for j in 0..<n {
        let isTrue = truth[i] == truth[j]
        let isFound = found[i] == found[j]
        mine.truth += isTrue ? 1 : 0
        mine.found += isFound ? 1 : 0
        mine.both += isTrue && isFound ? 1 : 0
        guard j > i else { continue }
        counts.truth += isTrue ? 1 : 0
        counts.found += isFound ? 1 : 0
        counts.both += isTrue && isFound ? 1 : 0
      }
      precision += Double(mine.both) / Double(mine.found) / Double(n)
      recall += Double(mine.both) / Double(mine.truth) / Double(n)
    }
    #expect(table.sharedPairs == counts.both && table.truePairs == counts.truth)
    #expect(table.foundPairs == counts.found)
    #expect(abs(table.bCubed.precision - precision) < 1e-9)
    #expect(abs(table.bCubed.recall - recall) < 1e-9)
    let turned = Contingency(truth: found, found: truth)
    #expect(abs(turned.adjustedRandIndex - table.adjustedRandIndex) < 1e-12)
    #expect(abs(turned.vMeasure.value - table.vMeasure.value) < 1e-12)
    #expect(table.adjustedRandIndex <= 1 && table.vMeasure.value <= 1 + 1e-12)
  }

  @Test func singletonsMayBeLeftOut() {
    let table = Labelings.contingency(
      truth: [["a", "b"], ["c"], ["d"]],
      found: [["b", "a", "unknown"]]
    )
    #expect(table.count == 4 && table.adjustedRandIndex == 1)
    #expect(table.clusterSizes.sorted() == [1, 1, 2])
  }

  @Test func labelledPairsAreCounted() {
    let pairs = [
      LabelledPair("a", "b", label: "copy"), LabelledPair("a", "c", label: "copy"),
      LabelledPair("a", "d", label: "template"), LabelledPair("x", "y", label: "template"),
      LabelledPair("a", "b", label: "unsure"),
    ]
    let score = LabelledPairScore(
      pairs: pairs,
      clusters: [["a", "b", "d"], ["c"]],
      positive: ["copy"],
      ignored: ["unsure"]
    )
    #expect(score.score == PrecisionRecall(precision: 0.5, recall: 0.5))
    #expect(score.accuracy == 0.5 && score.trueNegatives == 1)
    #expect(score.rows.map(\.label) == ["copy", "template", "unsure"])
    #expect(score.rows.map(\.joined) == [1, 1, 1] && score.rows.map(\.count) == [2, 2, 1])
  }
}

/// The scoring program beside the project, where there is one.
private let scorer = packageRoot.deletingLastPathComponent().appending(path: "shared/eval/score.py")

@Suite(.enabled(if: FileManager.default.fileExists(atPath: scorer.path), "no ../shared/eval"))
struct ScorerAgreementTests {
  private func run(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", scorer.path] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self)
  }

  private func groups(_ labels: [Int]) -> [[String]] {
    var groups = [[String]](repeating: [], count: (labels.max() ?? 0) + 1)
    for (i, label) in labels.enumerated() { groups[label].append("d\(i)") }
    return groups.filter { !$0.isEmpty }
  }

  private func lines(_ groups: [[String]]) -> String {
    groups.map { #"{"ids":["# + $0.map { "\"\($0)\"" }.joined(separator: ",") + "]}\n" }.joined()
  }

  @Test(arguments: 0..<3)
  func agreesOnRandomClusterings(round: Int) throws {
    var random = SeededGenerator(seed: UInt64(100 + round))
    let truth = groups(labels(200, 20 + round * 30, &random))
    let found = groups(labels(200, 20, &random)).filter { $0.count > 1 }
    let folder = FileManager.default.temporaryDirectory.appending(path: "sidik-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let truthFile = folder.appending(path: "truth.jsonl")
    let foundFile = folder.appending(path: "found.jsonl")
    try lines(truth).write(to: truthFile, atomically: true, encoding: .utf8)
    try lines(found).write(to: foundFile, atomically: true, encoding: .utf8)
    let table = Labelings.contingency(truth: truth, found: found)
    let score = table.pairScore
    #expect(
      try run(["clusters", truthFile.path, foundFile.path])
        == String(
          format: "n=200 ARI=%.4f pairP=%.4f pairR=%.4f pairF1=%.4f B3F1=%.4f\n",
          table.adjustedRandIndex,
          score.precision,
          score.recall,
          score.f1,
          table.bCubed.f1
        )
    )
    var pairs: [LabelledPair] = []
    for i in 0..<120 {
      let label = ["copy", "template", "unsure"][Int(random.next() % 3)]
      pairs.append(LabelledPair("d\(i)", "d\(random.next() % 200)", label: label))
    }
    let pairFile = folder.appending(path: "pairs.tsv")
    try pairs.map { "\($0.a)\t\($0.b)\t\($0.label)\n" }.joined()
      .write(to: pairFile, atomically: true, encoding: .utf8)
    let mine = LabelledPairScore(
      pairs: pairs,
      clusters: found,
      positive: ["copy"],
      ignored: ["unsure"]
    )
    let rows = mine.rows.map { "\($0.label):\($0.joined)/\($0.count)" }.joined(separator: " ")
    #expect(
      try run(["pairs", pairFile.path, foundFile.path, "copy", "unsure"])
        == String(
          format: "P=%.4f R=%.4f F1=%.4f acc=%.4f ",
          mine.score.precision,
          mine.score.recall,
          mine.score.f1,
          mine.accuracy
        ) + rows + "\n"
    )
  }
}
