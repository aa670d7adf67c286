import SidikCore
import SidikTestSupport
import Testing

@testable import SidikIndex

/// Recall of the bands against exact Jaccard similarity, in bins .05 wide.
///
/// Signatures are made of generated sets whose exact overlap is known by construction. What is
/// counted in a bin is compared with the sum of the curve over its pairs; four standard errors
/// and one pair are allowed, since at the ends of the curve a bin expects less than one pair of
/// the rarer kind.
@Suite struct RecallCurveTests {
  private static let pairsPerBin = runsSlowTests ? 3000 : 150
  private static let featuresPerSet = runsSlowTests ? 2000 : 500

  private struct Sample {
    var jaccard: [Double] = []
    let signatures = SignatureMatrix()

    init(_ bin: Int) {
      var generator = SeededGenerator(seed: 1000 + UInt64(bin))
      for _ in 0..<RecallCurveTests.pairsPerBin {
        let wanted = (Double(bin) + Double.random(in: 0..<1, using: &generator)) / 20
        let size = Double(RecallCurveTests.featuresPerSet)
        let shared = Int(2 * size * wanted / (1 + wanted))
        let alone = RecallCurveTests.featuresPerSet - shared
        let pair = FeaturePair(shared: shared, onlyA: alone, onlyB: alone, &generator)
        jaccard.append(pair.jaccard)
        signatures.append(minHash.signature(pair.a))
        signatures.append(minHash.signature(pair.b))
      }
    }

    /// Which of the pairs the banding proposes.
    func found(_ banding: LSHBanding) -> [Bool] {
      let proposed = Set(
        banding.pairs(signatures: signatures, rows: Array(0..<signatures.count)) { _ in false }
          .pairs
      )
      return jaccard.indices.map { proposed.contains(CandidatePairs.pack(2 * $0, 2 * $0 + 1)) }
    }
  }

  @Test(arguments: 0..<20)
  func theRawShapeFollowsItsCurve(bin: Int) {
    let sample = Sample(bin)
    for threshold in [0.5, 0.55, 0.7] {
      let shape = BandParameters.choose(threshold: threshold)
      // A threshold this low leaves no filter: one equal slot is in every shared band.
      let raw = LSHBanding(shape: shape, threshold: 0.001)
      #expect(raw.leastEqualSlots == 1)
      let hits = sample.found(raw)
      let chances = sample.jaccard.map { shape.probability(at: $0) }
      let expected = chances.reduce(0, +)
      let error = chances.reduce(0) { $0 + $1 * (1 - $1) }.squareRoot()
      let observed = Double(hits.count { $0 })
      #expect(
        abs(observed - expected) < 4 * error + 1,
        "bin \(bin), \(shape.name): \(observed) of \(hits.count), expected \(expected)"
      )

      // The filter takes nothing but pairs of too few equal slots, and hardly any at the threshold.
      let filtered = LSHBanding(shape: shape, threshold: threshold)
      let kept = sample.found(filtered)
      for pair in hits.indices {
        let equal = sample.signatures.equalSlots(2 * pair, 2 * pair + 1)
        #expect(kept[pair] == (hits[pair] && equal >= filtered.leastEqualSlots))
      }
      if Double(bin) / 20 >= threshold {
        let lost = hits.count { $0 } - kept.count { $0 }
        #expect(Double(lost) <= 0.005 * Double(hits.count) + 1)
      }
    }
  }

  /// What the shapes are chosen for.
  @Test(arguments: [0.5, 0.55, 0.7])
  func theTargetHoldsAtTheThreshold(threshold: Double) {
    let banding = LSHBanding(shape: .choose(threshold: threshold), threshold: threshold)
    let sample = Sample(Int((threshold * 20).rounded()))
    let hits = sample.found(banding).count { $0 }
    let count = Double(sample.jaccard.count)
    #expect(Double(hits) / count >= 0.95 - 4 * (0.95 * 0.05 / count).squareRoot())
  }
}
