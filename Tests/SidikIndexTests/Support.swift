import Foundation
import SidikCore
import SidikTestSupport

@testable import SidikIndex

/// Whether the long tests were asked for: `make torture` sets `SIDIK_SLOW=1`.
let runsSlowTests = ProcessInfo.processInfo.environment["SIDIK_SLOW"] == "1"

let minHash = OnePermutationMinHash(permutationSeed: HashKeys().permutationSeed)

/// Two feature sets with an exact number of common members.
struct FeaturePair {
  let a: [UInt64]
  let b: [UInt64]
  let jaccard: Double

  init(shared: Int, onlyA: Int, onlyB: Int, _ generator: inout SeededGenerator) {
    let all = (0..<onlyA + shared + onlyB).map { _ in generator.next() }
    a = Array(all[..<(onlyA + shared)])
    b = Array(all[onlyA...])
    jaccard = Double(shared) / Double(max(1, all.count))
  }
}

/// The pairs as a set of (smaller, larger).
func members(_ packed: [UInt64]) -> Set<[Int]> {
  Set(
    packed.map { pair in
      let (a, b) = CandidatePairs.unpack(pair)
      return [a, b]
    }
  )
}

/// A matrix of the given rows.
func matrix(_ rows: [[UInt32]]) -> SignatureMatrix {
  let matrix = SignatureMatrix()
  for row in rows { matrix.append(row) }
  return matrix
}

/// A row of random slots.
func randomRow(_ generator: inout SeededGenerator, below bound: UInt32 = .max) -> [UInt32] {
  (0..<OnePermutationMinHash.slots).map { _ in UInt32.random(in: 0..<bound, using: &generator) }
}
