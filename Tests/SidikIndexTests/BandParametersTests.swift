import SidikTestSupport
import Testing

@testable import SidikIndex

@Suite struct BandParametersTests {
  /// The formula by plain repeated multiplication.
  private func naive(_ jaccard: Double, bands: Int, rows: Int) -> Double {
    var agree = 1.0
    for _ in 0..<rows { agree *= jaccard }
    var missed = 1.0
    for _ in 0..<bands { missed *= 1 - agree }
    return 1 - missed
  }

  @Test func theFormulaIsThatOfTheBook() {
    for bands in [1, 2, 9, 32, 128] {
      for rows in [1, 2, 5, 13] {
        let shape = BandParameters(bands: bands, rows: rows)
        for step in 0...50 {
          let jaccard = Double(step) / 50
          let expected = naive(jaccard, bands: bands, rows: rows)
          #expect(abs(shape.probability(at: jaccard) - expected) < 1e-12)
        }
        #expect(shape.probability(at: 0) == 0 && shape.probability(at: 1) == 1)
      }
    }
  }

  @Test(arguments: Array(stride(from: 10, through: 95, by: 5)), [0.8, 0.95, 0.99])
  func theTargetIsMetWithTheMostRows(percent: Int, recall: Double) {
    let threshold = Double(percent) / 100
    let shape = BandParameters.choose(threshold: threshold, recall: recall)
    #expect(shape.bands * shape.rows <= 128)
    if shape.rows > 1 || naive(threshold, bands: 128, rows: 1) >= recall {
      #expect(shape.probability(at: threshold) >= recall)
    }
    // No shape with more rows, whatever its bands, meets the target.
    for rows in shape.rows + 1...128 where rows <= 128 {
      #expect(naive(threshold, bands: 128 / rows, rows: rows) < recall)
    }
  }

  @Test func whatNothingReachesTakesSingleRows() {
    #expect(
      BandParameters.choose(threshold: 0.001, recall: 0.95) == BandParameters(bands: 128, rows: 1)
    )
  }

  @Test func otherSignatureLengthsAreUsedUp() {
    for slots in [1, 7, 64, 100, 256] {
      let shape = BandParameters.choose(threshold: 0.7, slots: slots)
      #expect(shape.bands == slots / shape.rows)
    }
  }

  @Test func theCurveRises() {
    for shape in [BandParameters(bands: 32, rows: 4), .choose(threshold: 0.7)] {
      let curve = shape.curve
      #expect(curve.count == 21)
      #expect(curve.first?.jaccard == 0 && curve.last?.jaccard == 1)
      for (before, after) in zip(curve, curve.dropFirst()) {
        #expect(before.jaccard < after.jaccard && before.probability <= after.probability)
      }
    }
  }

  @Test func theNameHoldsTheShape() {
    #expect(BandParameters(bands: 32, rows: 4).name == "32x4")
  }
}
