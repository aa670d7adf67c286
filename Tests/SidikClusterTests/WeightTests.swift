import Foundation
@_spi(Kernels) import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

@Suite struct WeightTests {
  @Test func theLogarithmEqualsFoundations() {
    var generator = SeededGenerator(seed: 1)
    var values: [Double] = [
      1, 2, 0.5, 10, .pi, 1e-300, 1e300, .leastNonzeroMagnitude, .leastNormalMagnitude,
    ]
    values.append(.greatestFiniteMagnitude)
    for middle in [Double(1), 2.squareRoot(), 0.5.squareRoot()] {
      values += [middle.nextUp, middle, middle.nextDown]
    }
    values += (1...3000).map { Double($0) }
    for _ in 0..<20_000 {
      let exponent = Int.random(in: -1000...1000, using: &generator)
      values.append(scalbn(Double.random(in: 1..<2, using: &generator), exponent))
      values.append(Double.random(in: 0.5..<2, using: &generator))
    }
    var worst = 0.0
    for value in values {
      let expected = log(value)
      let error = abs(NaturalLogarithm.of(value) - expected)
      worst = max(worst, expected == 0 ? error : min(error, error / abs(expected)))
    }
    #expect(worst < 1e-14)
    #expect(NaturalLogarithm.of(1) == 0)
  }

  private func add(_ features: [UInt64], to table: inout DocumentFrequencies) {
    unsafe features.withUnsafeBufferPointer { unsafe table.add($0) }
  }

  /// Weights against counts in a dictionary; two features in one cell may only lower a weight.
  @Test(arguments: [40, 3000])
  func weightsFollowTheCounts(documents: Int) {
    var generator = SeededGenerator(seed: UInt64(documents))
    let vocabulary = (0..<2000).map { _ in generator.next() }
    var table = DocumentFrequencies()
    var counts: [UInt64: Int] = [:]
    for _ in 0..<documents {
      var features: Set<UInt64> = [vocabulary[0]]
      for _ in 0..<12 {
        // Squaring makes some features far commoner than others.
        let draw = Double.random(in: 0..<1, using: &generator)
        features.insert(vocabulary[Int(draw * draw * 2000)])
      }
      for feature in features { counts[feature, default: 0] += 1 }
      add(features.sorted(), to: &table)
    }
    let weights = table.weights()
    var differing = 0
    for feature in vocabulary {
      let corpus = Double(max(documents, DocumentFrequencies.leastCorpus))
      let expected = log((corpus + 1) / Double(max(1, (counts[feature] ?? 0) - 1)))
      let weight = Double(weights[feature]) / 65_536
      #expect(weight <= expected + 1e-5)
      if abs(weight - expected) > 1e-4 { differing += 1 }
    }
    #expect(differing <= 4)
    #expect(weights[vocabulary[0]] < 4 << 16 && weights[generator.next()] > 452_000)
  }

  @Test func mergedTablesEqualOne() {
    var generator = SeededGenerator(seed: 3)
    let vocabulary = (0..<50).map { _ in generator.next() }
    var (whole, first, second) = (
      DocumentFrequencies(), DocumentFrequencies(), DocumentFrequencies()
    )
    for document in 0..<100 {
      let features = vocabulary.filter { _ in Bool.random(using: &generator) }
      add(features, to: &whole)
      if document % 3 == 0 { add(features, to: &first) } else { add(features, to: &second) }
    }
    first.merge(second)
    let (merged, counted) = (first.weights(), whole.weights())
    #expect(vocabulary.map { merged[$0] } == vocabulary.map { counted[$0] })
  }

  @Test func weightsOfAnEmptyCorpus() {
    let weights = DocumentFrequencies().weights()
    #expect(abs(Double(weights[7]) / 65_536 - log(1025.0)) < 1e-4)
  }
}
