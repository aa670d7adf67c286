import SidikCore
import SidikTestSupport
import Testing

@Suite("Sorting of features")
struct FeatureSortingTests {
  @Test("Runs become one ascending list, whatever their number and lengths", arguments: 0..<40)
  func mergesRuns(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var values: [UInt64] = []
    var ends: [Int] = []
    for _ in 0..<Int.random(in: 0...9, using: &generator) {
      let count = Int.random(in: 0...50, using: &generator)
      let run = (0..<count).map { _ in UInt64.random(in: 0...99, using: &generator) }
      values += run.sorted()
      ends.append(values.count)
    }
    let wanted = values.sorted()
    FeatureSorting.mergeRuns(&values, ends: ends)
    #expect(values == wanted)
  }
}
