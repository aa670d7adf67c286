import SidikTestSupport
import Testing

@testable import SidikCore

@Suite struct MinHashTests {
  @Test func theSquareIsLatin() {
    for seed: UInt64 in [1, 2, 99] {
      let square = LatinSquare(seed: seed)
      for row in 0..<128 {
        let inRow = Set((0..<128).map { square.cells[row * 128 + $0] })
        let inColumn = Set((0..<128).map { square.cells[$0 * 128 + row] })
        #expect(inRow.count == 128 && inColumn.count == 128)
      }
    }
  }

  @Test func emptyDocumentsEqualNothing() {
    let minHash = OnePermutationMinHash(permutationSeed: 1)
    let empty = minHash.signature([])
    #expect(empty == [UInt32](repeating: .max, count: 128))
    #expect(Signatures.estimatedJaccard(empty, empty) == 0)
    #expect(Signatures.estimatedJaccard(empty, minHash.signature([1])) == 0)
  }

  @Test func oneFeatureFillsEverySlot() {
    let signature = OnePermutationMinHash(permutationSeed: 1).signature([0x1234_5678_9ABC_DEF0])
    #expect(Set(signature) == [0x9ABC_DEF0])
  }

  /// Bias and spread of the estimator at fixed seeds, for few and for many features.
  @Test(arguments: [10, 60, 437, 2000], [0.2, 0.5, 0.8])
  func estimatesJaccard(features: Int, jaccard: Double) {
    let minHash = OnePermutationMinHash(permutationSeed: 1)
    var generator = SeededGenerator(seed: UInt64(features) &* 31 &+ UInt64(jaccard * 100))
    let shared = Int((2 * Double(features) * jaccard / (1 + jaccard)).rounded())
    let trials = 400
    var sum = 0.0
    var squares = 0.0
    let truth = Double(shared) / Double(2 * features - shared)
    for _ in 0..<trials {
      let common = (0..<shared).map { _ in generator.next() }
      let a = common + (shared..<features).map { _ in generator.next() }
      let b = common + (shared..<features).map { _ in generator.next() }
      let error = Signatures.estimatedJaccard(minHash.signature(a), minHash.signature(b)) - truth
      sum += error
      squares += error * error
    }
    let theory = (truth * (1 - truth) / 128).squareRoot()
    let bias = abs(sum / Double(trials))
    let rmse = (squares / Double(trials)).squareRoot()
    // Four standard errors of the mean; the spread may exceed theory by a quarter at few features.
    #expect(bias < 4 * theory / Double(trials).squareRoot() + 0.002)
    #expect(rmse < theory * 1.25)
  }

  @Test func simhashIsTheMajority() {
    let features: [UInt64] = [0b1110, 0b0110, 0b0010, 0b1000]
    let hash = unsafe features.withUnsafeBufferPointer { unsafe SimHash.hash($0) }
    #expect(hash == 0b0010)  // three of four; a tie gives 0
    #expect(SimHash.distance(0b1010, 0b0110) == 2)
  }

  @Test func exactDigestsAreOrderedAndKeyed() {
    let bytes = Array("berita".utf8)
    let (a, b) = unsafe bytes.withUnsafeBufferPointer {
      unsafe (ExactDigest($0, keys: HashKeys()), ExactDigest($0, keys: HashKeys(seed: 2)))
    }
    #expect(a != b)
    #expect(a.hexadecimal.count == 32)
    #expect((a < b) != (b < a))
  }
}
