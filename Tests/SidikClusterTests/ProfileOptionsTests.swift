import SidikCore
import SidikIndex
import Testing

@testable import SidikCluster

@Suite struct ProfileOptionsTests {
  private func message(_ change: (inout ProfileOptions) -> Void) -> String? {
    var options = ProfileOptions()
    change(&options)
    do {
      _ = try options.resolved()
      return nil
    } catch {
      #expect(error.code == .usage)
      return error.message
    }
  }

  @Test func defaultsAreThoseOfTheProfile() throws {
    for profile in Profile.all {
      var options = ProfileOptions()
      options.profile = profile.name
      #expect(try options.resolved() == profile)
    }
  }

  @Test func valuesChangeTheProfile() throws {
    var options = ProfileOptions()
    options.threshold = 0.8
    options.bands = "16x8"
    options.linkage = 0.33337
    options.boilerplate = BoilerplatePolicy.none
    options.related = true
    options.slang = true
    let profile = try options.resolved()
    #expect(profile.rule.jaccard == 0.8)
    #expect(profile.bands == BandParameters(bands: 16, rows: 8))
    #expect(profile.linkage == 0.3334)
    #expect(profile.boilerplate == .none)
    #expect(profile.rule.related == VerificationRule.relatedCoverage)
    #expect(profile.normaliser.folds.contains(.slang))
  }

  @Test func wrongValuesAreNamed() {
    #expect(message { $0.profile = "books" }?.contains("'books'") == true)
    for threshold in [0, 1.01, -1, .nan] {
      #expect(message { $0.threshold = threshold }?.contains("--threshold") == true)
      #expect(message { $0.linkage = threshold }?.contains("--linkage") == true)
    }
    #expect(message { $0.recall = 1 }?.contains("--recall") == true)
    for bands in ["", "5", "5x", "x5", "0x5", "5x0", "26x5", "-1x-1", "5x5x5"] {
      #expect(message { $0.bands = bands }?.contains("--bands") == true)
    }
    let both = message { ($0.bands, $0.recall) = ("5x5", 0.5) }
    #expect(both?.contains("give one of them") == true)
    let related = message { ($0.profile, $0.related) = ("corpus", true) }
    #expect(related?.contains("--related") == true)
  }
}
