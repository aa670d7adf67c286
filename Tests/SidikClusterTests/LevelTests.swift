import SidikCore
import Testing

@testable import SidikCluster

@Suite struct LevelTests {
  @Test func levelsAreOrderedFromClosestToLoosest() {
    let order: [Level] = [.exact, .copy, .variant, .excerpt, .template, .related]
    #expect(Level.allCases == order)
    #expect(order.shuffled().sorted() == order)
    #expect(
      order.map(\.rawValue).joined(separator: " ")
        == "exact copy variant excerpt template related"
    )
  }

  /// Whatever changes an answer changes the fingerprint; threads and folders do not.
  @Test func theFingerprintNamesTheParameters() {
    let base = PipelineConfiguration()
    var prints: Set<UInt64> = [base.fingerprint]
    for profile in Profile.all.dropFirst() {
      prints.insert(PipelineConfiguration(profile: profile).fingerprint)
    }
    prints.insert(PipelineConfiguration(keys: HashKeys(seed: 2)).fingerprint)
    var changed: [Profile] = []
    for edit in [
      { $0.rule.jaccard = 0.71 }, { $0.rule.containment = nil }, { $0.rule.leastShared = 13 },
      { $0.rule.coverage = 0.61 }, { $0.rule.strictBelow = 41 }, { $0.rule.exactBelow = 21 },
      { $0.linkage = 0.31 }, { $0.weighted = false }, { $0.unit = .words(3) },
      { $0.postingUnit = nil }, { $0.threshold = 0.8 },
      // The same bands, another filter behind them.
      { $0.threshold = 0.5501 }, { $0.version = 9 },
      { $0.rule.copyJaccard = 0.8 },
      { $0.rule.copyCoverage = 0.8 }, { $0.rule.excerptCoverage = 0.5 },
      { $0.rule.strictJaccard = 0.9 },
    ] as [(inout Profile) -> Void] {
      var profile = Profile.auto
      edit(&profile)
      changed.append(profile)
    }
    for profile in changed { prints.insert(PipelineConfiguration(profile: profile).fingerprint) }
    #expect(prints.count == 1 + 3 + 1 + changed.count)
    let same = PipelineConfiguration(threads: 7, temporaryFolder: "/tmp")
    #expect(same.fingerprint == base.fingerprint)
  }
}
