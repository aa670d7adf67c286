import Foundation
import SidikCluster
import SidikCore
import SidikIndex
import SidikReport
import SidikTestSupport
import Testing

@testable import SidikEvaluation

/// The curves of tuning against what single runs and plain counting give.
@Suite struct TuningTests {
  private static func reposts() throws -> ([EvaluationDocument], Truth) {
    let folder = packageRoot.appending(path: "corpora/reposts")
    let lines = try String(contentsOf: folder.appending(path: "documents.jsonl"), encoding: .utf8)
    let documents = try lines.split(separator: "\n").map { line in
      let value = try #require(JSONValue(Array(line.utf8)))
      return EvaluationDocument(id: value["id"]?.id ?? "", text: value["text"]?.id ?? "")
    }
    let truth = try String(contentsOf: folder.appending(path: "truth.jsonl"), encoding: .utf8)
    let parts = truth.split(separator: "\n").map { Array($0.utf8) }
    return (documents, try Truth(lines: parts, file: "truth.jsonl"))
  }

  private func sketch(
    _ documents: [EvaluationDocument],
    _ profile: Profile = .auto
  ) async throws -> SketchedCorpus {
    try await Pipeline(PipelineConfiguration(profile: profile)).sketch(CorpusSource(documents))
  }

  /// Each row is what a run with its threshold and linkage answers.
  @Test func rowsAreRuns() async throws {
    let (documents, truth) = try Self.reposts()
    let tuning = try await ThresholdTuning(
      sketch(documents),
      truth: truth,
      positive: [],
      ignored: [],
      target: .recall(0.7),
      thresholds: [0.6, 0.85],
      linkages: [0.3, 0.5]
    )
    #expect(tuning.rows.map(\.threshold) == [nil, nil, 0.6, 0.6, 0.85, 0.85])
    for row in tuning.rows {
      var profile = Profile.auto
      if let threshold = row.threshold { profile.require(similarity: threshold) }
      profile.linkage = row.linkage
      let result = try await Pipeline(PipelineConfiguration(profile: profile))
        .run(CorpusSource(documents))
      let report = EvaluationReport(families: FoundFamilies.of(result), truth: truth)
      #expect(row.families == result.families.count)
      #expect(abs(row.precision - (report["precision"] ?? 0)) < 1e-9)
      #expect(abs(row.recall - (report["recall"] ?? 0)) < 1e-9)
      #expect(abs((row.ari ?? 0) - (report["ari"] ?? 0)) < 1e-9)
    }
    let best = tuning.rows[tuning.best]
    #expect(tuning.isReached && best.recall >= 0.7)
    #expect(tuning.rows.allSatisfy { $0.recall < 0.7 || $0.precision <= best.precision })
    #expect(tuning.estimates.first { $0.name == "recall" }?.value == best.recall)
  }

  @Test func aTargetThatNothingReaches() async throws {
    let (documents, _) = try Self.reposts()
    let ids = documents.map(\.id)
    // Pairs that no text joins.
    let pairs = (0..<40).map {
      LabelledPair(ids[$0 * 9], ids[$0 * 9 + 5], label: $0 < 20 ? "x" : "y")
    }
    let tuning = try await ThresholdTuning(
      sketch(documents),
      truth: .pairs(pairs),
      positive: ["x"],
      ignored: [],
      target: .recall(1),
      thresholds: [0.5],
      linkages: [0.3]
    )
    #expect(!tuning.isReached && tuning.positives == 20 && tuning.rows.allSatisfy { $0.ari == nil })
    #expect(tuning.rows.allSatisfy { $0.recall <= tuning.rows[tuning.best].recall })
  }

  /// Better is: reaches the target, then more of the other measure.
  @Test func theChoice() {
    func row(_ precision: Double, _ recall: Double, _ threshold: Double?) -> ThresholdTuning.Row {
      ThresholdTuning.Row(
        threshold: threshold,
        linkage: 0.3,
        precision: precision,
        recall: recall,
        families: 1
      )
    }
    let rows = [
      row(0.7, 0.99, 0.3), row(0.9, 0.96, 0.5), row(0.95, 0.9, nil), row(0.99, 0.5, 0.9),
    ]
    func best(_ target: TuningTarget) -> Int {
      rows.indices.reduce(0) {
        ThresholdTuning.isBetter(rows[$1], than: rows[$0], target) ? $1 : $0
      }
    }
    #expect(best(.recall(0.95)) == 1 && best(.recall(0.999)) == 0 && best(.recall(0.1)) == 3)
    #expect(best(.precision(0.95)) == 2 && best(.precision(0.999)) == 3)
    #expect(best(.precision(0.5)) == 0)
    #expect(ThresholdTuning.isBetter(row(0.9, 0.9, nil), than: row(0.9, 0.9, 0.9), .recall(0.5)))
  }

  /// All pairs compared one by one.
  @Test(arguments: [Profile.auto, .corpus])
  func bandsAgainstPlainCounting(_ profile: Profile) async throws {
    let (documents, _) = try Self.reposts()
    let corpus = try await sketch(Array(documents[..<150]), profile)
    let tuning = BandTuning(corpus, target: 0.9)
    let extractor = FeatureExtractor(unit: profile.unit, keys: corpus.keys)
    let texts = (0..<corpus.textCount).filter { !corpus.isEmpty($0) }
    let sets = texts.map { text in
      unsafe corpus.normalised(text).withUnsafeBufferPointer { unsafe Set(extractor.set($0)) }
    }
    let signatures = texts.map { corpus.signature($0) }
    var pairs = 0
    var found = [Int](repeating: 0, count: tuning.rows.count)
    var met = found
    for a in texts.indices {
      for b in texts.indices where a < b {
        let shared = sets[a].intersection(sets[b]).count
        let jaccard = Double(shared) / Double(sets[a].count + sets[b].count - shared)
        if jaccard >= profile.threshold { pairs += 1 }
        for (place, row) in tuning.rows.enumerated() {
          let meets = (0..<row.shape.bands).contains { band in
            let range = band * row.shape.rows..<(band + 1) * row.shape.rows
            return signatures[a][range] == signatures[b][range]
          }
          if meets, jaccard >= profile.threshold { found[place] += 1 }
          if meets { met[place] += 1 }
        }
      }
    }
    #expect(tuning.pairs == pairs && pairs > 20 && tuning.queries == texts.count)
    for (place, row) in tuning.rows.enumerated() {
      #expect(abs(row.recall - Double(found[place]) / Double(pairs)) < 1e-9)
      // Buckets here are small enough for all their pairs but in the widest shapes.
      if row.shape.rows > 2 {
        #expect(abs(row.met * Double(texts.count) - Double(met[place])) < 0.5)
      }
      #expect(row.proposed <= row.met)
      #expect(row.atThreshold == row.shape.probability(at: profile.threshold))
    }
    let best = tuning.rows[tuning.best]
    #expect(min(best.recall, best.theory) >= 0.9 && tuning.isReached)
    #expect(tuning.estimate.value == best.recall)
    #expect(tuning.rows.allSatisfy { min($0.recall, $0.theory) < 0.9 || $0.met >= best.met })
    #expect(tuning.estimate.low <= best.recall && best.recall <= tuning.estimate.high)
  }

  @Test func aSampleOfTheTexts() async throws {
    let (documents, _) = try Self.reposts()
    let corpus = try await sketch(documents)
    let whole = BandTuning(corpus, target: 0.9)
    let part = BandTuning(corpus, target: 0.9, sample: 40)
    #expect(part.queries == 40 && part.pairs < whole.pairs && part.pairs > 0)
    // What bands cost does not depend on the texts asked about.
    #expect(part.rows.map(\.met) == whole.rows.map(\.met))
  }

  @Test func nothingToCount() async throws {
    for documents in [[], [EvaluationDocument(id: "a", text: "Harga beras naik")]] {
      let tuning = BandTuning(try await sketch(documents), target: 0.5)
      #expect(tuning.pairs == 0 && !tuning.isReached && tuning.estimate.high == 1)
      let writer = BandTuningWriter(
        tuning,
        provenance: Provenance(PipelineConfiguration()),
        options: []
      )
      #expect(JSONValue(writer.json()) != nil && !writer.text().isEmpty)
    }
  }
}
