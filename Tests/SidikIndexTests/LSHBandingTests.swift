import SidikCore
import SidikTestSupport
import Testing

@testable import SidikIndex

@Suite struct LSHBandingTests {
  private func propose(
    _ banding: LSHBanding,
    _ rows: [[UInt32]],
    empty: Set<Int> = []
  )
    -> (pairs: [UInt64], crowded: [Bool], statistics: LSHBanding.Statistics)
  {
    banding.pairs(signatures: matrix(rows), rows: Array(rows.indices)) { empty.contains($0) }
  }

  /// The documented rule by nested loops: in each band all pairs of a small bucket, of a large
  /// one each node with the first and with its predecessors; then the filter.
  private func naive(_ banding: LSHBanding, _ rows: [[UInt32]]) -> Set<[Int]> {
    var found: Set<[Int]> = []
    for band in 0..<banding.shape.bands {
      let slots = band * banding.shape.rows..<(band + 1) * banding.shape.rows
      let buckets = Dictionary(grouping: rows.indices) { Array(rows[$0][slots]) }.values
      for bucket in buckets.map({ $0.sorted() }) {
        for (place, node) in bucket.enumerated() {
          for (before, partner) in bucket[..<place].enumerated()
          where bucket.count <= LSHBanding.fullBucket || before == 0
            || before >= place - LSHBanding.window
          {
            found.insert([partner, node])
          }
        }
      }
    }
    return found.filter { pair in
      zip(rows[pair[0]], rows[pair[1]]).count { $0 == $1 } >= banding.leastEqualSlots
    }
  }

  /// Rows that share many slots: few values a slot, and groups that agree in runs of slots.
  private func relatedRows(
    _ count: Int,
    groups: Int,
    _ generator: inout SeededGenerator
  )
    -> [[UInt32]]
  {
    let bases = (0..<groups).map { _ in randomRow(&generator) }
    return (0..<count).map { _ in
      var row = bases[Int.random(in: 0..<groups, using: &generator)]
      let changes = Int.random(in: 0...90, using: &generator)
      for _ in 0..<changes {
        row[Int.random(in: 0..<row.count, using: &generator)] = UInt32.random(
          in: 0...2,
          using: &generator
        )
      }
      return row
    }
  }

  @Test(arguments: [(2, 1), (30, 3), (150, 12), (160, 2), (200, 1)], [0.01, 0.55])
  func followsTheRule(size: (count: Int, groups: Int), threshold: Double) {
    var generator = SeededGenerator(seed: UInt64(size.count * 100 + size.groups))
    let rows = relatedRows(size.count, groups: size.groups, &generator)
    for shape in [BandParameters(bands: 32, rows: 4), BandParameters(bands: 9, rows: 13)] {
      let banding = LSHBanding(shape: shape, threshold: threshold)
      let answer = propose(banding, rows)
      #expect(members(answer.pairs) == naive(banding, rows))
      #expect(answer.statistics.proposed == answer.pairs.count)
      if answer.statistics.largeBuckets == 0 {
        #expect(Set(answer.pairs).count == answer.pairs.count, "a pair stands twice")
      }
    }
  }

  @Test(arguments: [2, 10, 47, 48])
  func aSmallBucketGivesEveryPairOnce(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size))
    let row = randomRow(&generator)
    let banding = LSHBanding(shape: BandParameters(bands: 32, rows: 4), threshold: 0.55)
    let answer = propose(banding, Array(repeating: row, count: size))
    #expect(answer.pairs.count == size * (size - 1) / 2)
    #expect(Set(answer.pairs).count == answer.pairs.count)
    #expect(answer.statistics.met == answer.pairs.count)
    #expect(answer.statistics.largestBucket == size && answer.statistics.largeBuckets == 0)
    #expect(!answer.crowded.contains(true))
  }

  @Test(arguments: [49, 1000, 20_000])
  func aLargeBucketGivesPairsLinearInItsSize(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size))
    let row = randomRow(&generator)
    let bands = runsSlowTests ? 32 : 2
    let banding = LSHBanding(shape: BandParameters(bands: bands, rows: 4), threshold: 0.55)
    let answer = propose(banding, Array(repeating: row, count: size))
    #expect(answer.statistics.largeBuckets == bands && answer.statistics.largestBucket == size)
    #expect(answer.pairs.count <= bands * size * (LSHBanding.window + 1))
    let pairs = CandidatePairs(answer.pairs, nodeCount: size)
    #expect(pairs.count <= size * (LSHBanding.window + 1))
    #expect(!answer.crowded.contains(false))
    // Every node is joined to the first, so nobody is lost.
    let withFirst = pairs.packed.prefix { $0 >> 32 == 0 }
    #expect(withFirst.count == size - 1)
  }

  @Test func nodesWithoutFeaturesArePairedWithNobody() {
    let empty = [UInt32](
      repeating: OnePermutationMinHash.emptySlot,
      count: OnePermutationMinHash.slots
    )
    var generator = SeededGenerator(seed: 5)
    let row = randomRow(&generator)
    let banding = LSHBanding(shape: BandParameters(bands: 32, rows: 4), threshold: 0.01)
    let answer = propose(banding, [empty, row, empty, row, empty], empty: [0, 2, 4])
    #expect(members(answer.pairs) == [[1, 3]])
    let none = propose(banding, [empty, empty, empty], empty: [0, 1, 2])
    #expect(none.pairs.isEmpty && none.statistics == LSHBanding.Statistics())
  }

  @Test func fewerThanTwoNodesGiveNothing() {
    var generator = SeededGenerator(seed: 6)
    let banding = LSHBanding(shape: BandParameters(bands: 32, rows: 4), threshold: 0.5)
    #expect(propose(banding, []).pairs.isEmpty)
    #expect(propose(banding, [randomRow(&generator)]).pairs.isEmpty)
  }

  /// Nodes may stand in any row of the matrix.
  @Test func rowsAreLookedUp() {
    var generator = SeededGenerator(seed: 7)
    let (x, y) = (randomRow(&generator), randomRow(&generator))
    let banding = LSHBanding(shape: BandParameters(bands: 32, rows: 4), threshold: 0.5)
    let answer = banding.pairs(signatures: matrix([x, y, y, x]), rows: [3, 1, 0]) { _ in false }
    #expect(members(answer.pairs) == [[0, 2]])
  }

  /// The filter is 3.3 standard errors below the threshold and never lets a pair of no equal
  /// slot through.
  @Test func theFilterLiesBelowTheThreshold() {
    for percent in 1...99 {
      let threshold = Double(percent) / 100
      let least = LSHBanding(shape: BandParameters(bands: 1, rows: 1), threshold: threshold)
        .leastEqualSlots
      let error = (threshold * (1 - threshold) / 128).squareRoot()
      let bound = 128 * (threshold - 3.3 * error)
      #expect(least >= 1)
      if bound >= 1 { #expect(Double(least) <= bound && Double(least) > bound - 1) }
    }
  }
}
