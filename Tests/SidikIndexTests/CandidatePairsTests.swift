import SidikTestSupport
import Testing

@testable import SidikIndex

@Suite struct CandidatePairsTests {
  @Test(arguments: [2, 3, 10, 200], [0, 1, 5, 3000])
  func equalsASortedSet(nodes: Int, count: Int) {
    var generator = SeededGenerator(seed: UInt64(nodes * 10_000 + count))
    var pairs: [UInt64] = []
    for _ in 0..<count {
      let a = Int.random(in: 0..<nodes, using: &generator)
      let b = Int.random(in: 0..<nodes, using: &generator)
      if a != b { pairs.append(CandidatePairs.pack(a, b)) }
    }
    let sorted = CandidatePairs(pairs, nodeCount: nodes)
    #expect(sorted.packed == Set(pairs).sorted())
    #expect(sorted.count == Set(pairs).count)
  }

  @Test func noNodesAndNoPairs() {
    #expect(CandidatePairs([], nodeCount: 0).packed.isEmpty)
    #expect(CandidatePairs([], nodeCount: 5).packed.isEmpty)
  }

  @Test func packingPutsTheSmallerFirst() {
    for (a, b) in [(0, 1), (7, 3), (0, 0xFFFF_FFFF), (0x8000_0000, 0x7FFF_FFFF)] {
      let packed = CandidatePairs.pack(a, b)
      #expect(packed == CandidatePairs.pack(b, a))
      #expect(CandidatePairs.unpack(packed) == (min(a, b), max(a, b)))
    }
  }

  @Test func theLargestNodeIsAMember() {
    let pairs = [CandidatePairs.pack(9, 8), CandidatePairs.pack(0, 9)]
    #expect(members(CandidatePairs(pairs, nodeCount: 10).packed) == [[8, 9], [0, 9]])
  }
}
