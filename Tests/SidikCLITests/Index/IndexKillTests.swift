import Foundation
import Sidik
import SidikTestSupport
import Testing

/// The program is killed at its writing system calls, one after the other: nothing that was committed
/// is lost, nothing that was not is seen, the index is whole, and the next call goes on from there.
///
/// `SIDIK_KILLS=N` tries N of them instead of a sample; `make torture-index` tries 2,200. A failure
/// names its seed, step and call, which `SIDIK_KILL_SEED=SEED` tries again.
@Suite(.enabled(if: KillShim.path != nil, "no C compiler to build kill-at-write.c with"))
struct IndexKillTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let wanted = environment["SIDIK_KILLS"].flatMap { Int($0) } ?? 40
  private static let firstSeed = environment["SIDIK_KILL_SEED"].flatMap { UInt64($0) } ?? 1

  @Test func nothingIsLostWhereverItIsKilled() throws {
    var (seed, tried) = (Self.firstSeed, 0)
    while tried < Self.wanted {
      // A sample takes a few calls of every step, a long run takes all of them.
      let stride = Self.wanted < 200 ? 7 : 1
      tried += try killAll(KillScenario(seed: seed), every: stride, most: Self.wanted - tried)
      seed += 1
    }
    print("IndexKillTests: \(tried) ends tried, seeds \(Self.firstSeed) to \(seed - 1)")
    #expect(tried == Self.wanted)
  }

  private func killAll(_ scenario: KillScenario, every stride: Int, most: Int) throws -> Int {
    var tried = 0
    for step in scenario.steps {
      let before = try scenario.ids()
      try scenario.keep("before-\(step.name)")
      let counted = try scenario.run(step, ["KILL_COUNT": scenario.scratch.file("count").path])
      #expect(counted.status == 0, "\(step.name): \(counted.stderr)")
      let after = try scenario.ids()
      try scenario.keep("after-\(step.name)")
      let calls = try #require(
        Int(try scenario.scratch.text("count").trimmingCharacters(in: .whitespacesAndNewlines))
      )
      for call in Swift.stride(from: 1 + Int(scenario.seed) % stride, through: calls, by: stride)
      where tried < most {
        tried += 1
        try scenario.restore("before-\(step.name)")
        let name = "seed \(scenario.seed), \(step.name), call \(call) of \(calls)"
        try kill(scenario, step, at: call, before, after, name)
      }
      try scenario.restore("after-\(step.name)")
    }
    return tried
  }

  private func kill(
    _ scenario: KillScenario,
    _ step: KillScenario.Step,
    at call: Int,
    _ before: [String],
    _ after: [String],
    _ name: String
  ) throws {
    let torn = call % 3 == 0 ? "0" : String(call * 37 % 5000)
    let outcome = try scenario.run(step, ["KILL_AT": String(call), "KILL_TORN": torn])
    #expect(outcome.status == 128 + SIGKILL || outcome.status == SIGKILL, "\(name)")
    #expect(try IndexCheck(scenario.folder).damage == [], "\(name)")
    let now = try scenario.ids()
    #expect(step.allows(before, after, now, outcome.text), "\(name): \(now.count) documents")
    // The next writer tidies up.
    let again = try SidikProgram.run("$SIDIK index compact --quiet index", in: scenario.scratch)
    #expect(again.status == 0, "\(name): \(again.stderr)")
    #expect(try scenario.ids() == now, "\(name)")
    let check = try IndexCheck(scenario.folder)
    #expect(check.damage == [] && check.leftovers == [], "\(name)")
  }

  /// A disk that is full from some call on: code 4, and what was committed stays.
  @Test(arguments: [1, 3, 12, 25, 40])
  func aFullDiskIsSaid(call: Int) throws {
    let scenario = try KillScenario(seed: 77)
    let step = scenario.steps[0]
    let whole = try scenario.ids()
    let outcome = try scenario.run(step, ["KILL_FULL": String(call)])
    #expect(outcome.status == 4, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("no space left on the device"))
    #expect(try IndexCheck(scenario.folder).damage == [])
    let now = try scenario.ids()
    #expect(now.count >= whole.count)
    let again = try SidikProgram.run("$SIDIK index compact --quiet index", in: scenario.scratch)
    #expect(again.status == 0)
    #expect(try scenario.ids() == now)
    #expect(try IndexCheck(scenario.folder).leftovers == [])
  }
}
