import CSidikKernels
import SidikTestSupport
import Testing

@Suite struct PassageKernelTests {
  private static let rule = sidik_passage_rule(
    most_places: 8,
    drift: 8,
    gap: 24,
    least_matches: 6,
    least_length: 16,
    least_density: 45,
    least_covered: 0,
    allowance: 0
  )

  /// Runs a body on the index of a document.
  private func withIndex<Result>(
    _ longer: [UInt64],
    _ level: KernelLevel,
    _ body: (sidik_gram_index, _ distinct: Int) -> Result
  ) -> Result {
    let bits = UInt32(Int.bitWidth - max(1, 2 * longer.count - 1).leadingZeroBitCount)
    var slots = [UInt64](repeating: 0, count: 1 << bits)
    var places = [sidik_gram_place](repeating: sidik_gram_place(), count: max(1, longer.count))
    return unsafe longer.withUnsafeBufferPointer { grams in
      unsafe slots.withUnsafeMutableBufferPointer { slots in
        unsafe places.withUnsafeMutableBufferPointer { places in
          let index = unsafe sidik_gram_index(
            count: grams.count,
            grams: grams.baseAddress,
            places: places.baseAddress,
            slot_bits: bits,
            slots: slots.baseAddress
          )
          let distinct = unsafe level.table.pointee.gram_index(index)
          return unsafe body(index, distinct)
        }
      }
    }
  }

  /// Weights of a few cells, so that grams share them.
  private func withWeights<Result>(_ body: (UnsafePointer<sidik_weights>) -> Result) -> Result {
    unsafe Self.cells.withUnsafeBufferPointer { cells in
      unsafe Self.weights.withUnsafeBufferPointer { weights in
        var table = unsafe sidik_weights(
          cell_bits: 4,
          cells: cells.baseAddress,
          weights: weights.baseAddress,
          most: UInt32(Self.weights.count - 1)
        )
        return unsafe body(&table)
      }
    }
  }

  private static let cells: [UInt16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 5, 60_000, 1, 0, 3]
  private static let weights: [UInt32] = [900, 70, 60, 50, 40, 3, 2]

  /// What the weights say, told from their description.
  private func weight(_ gram: UInt64) -> UInt64 {
    let number = Int(Self.cells[Int((gram &* SIDIK_WEIGHT_MULTIPLIER) >> 60)])
    return UInt64(Self.weights[min(number, Self.weights.count - 1)])
  }

  private func passages(
    _ shorter: [UInt64],
    _ longer: [UInt64],
    _ level: KernelLevel
  ) -> [NaivePassages.Passage] {
    let none = sidik_passage()
    var lanes = [sidik_passage](repeating: none, count: Int(SIDIK_PASSAGE_LANES))
    var found = [sidik_passage](repeating: none, count: 2 * shorter.count + lanes.count)
    var rule = Self.rule
    let count = unsafe withIndex(longer, level) { index, _ in
      unsafe level.table.pointee.gram_passages(
        shorter,
        shorter.count,
        index,
        &rule,
        &lanes,
        &found
      )
    }
    #expect(lanes.allSatisfy { $0.matches == 0 }, "lanes are left free")
    return found[..<count].map {
      NaivePassages.Passage(
        i: Int($0.shorter_first)...Int($0.shorter_last),
        j: Int($0.longer_first)...Int($0.longer_last),
        matches: Int($0.matches)
      )
    }
  }

  /// Documents that share pieces, some edited, over an alphabet of grams.
  private func documents(
    _ size: Int,
    _ alphabet: Int,
    _ generator: inout SeededGenerator
  ) -> (shorter: [UInt64], longer: [UInt64]) {
    // Spread over all bits: the index goes by the top ones.
    func gram() -> UInt64 {
      (generator.next() % UInt64(alphabet) + 1) &* 0x9E37_79B9_7F4A_7C15
    }
    let longer = (0..<size * 2).map { _ in gram() }
    var shorter: [UInt64] = []
    while shorter.count < size {
      let start = Int.random(in: 0..<max(1, longer.count), using: &generator)
      for place in start..<min(longer.count, start + Int.random(in: 1...90, using: &generator)) {
        switch generator.next() % 12 {
        case 0: shorter.append(gram())
        case 1: shorter += [gram(), longer[place]]
        case 2: break
        default: shorter.append(longer[place])
        }
      }
      if longer.isEmpty { break }
    }
    return (shorter, longer)
  }

  @Test(arguments: KernelLevel.all, [0, 1, 5, 40, 300, 900])
  func passagesFollowTheRule(level: KernelLevel, size: Int) {
    var found = 0
    for (seed, alphabet) in [3, 40, 400, 100_000].enumerated() {
      var generator = SeededGenerator(seed: UInt64(size * 10 + seed))
      let (shorter, longer) = documents(size, alphabet, &generator)
      let expected = NaivePassages(shorter, longer, Self.rule).found
      #expect(Set(passages(shorter, longer, level)) == Set(expected))
      found += expected.count
    }
    if size >= 300 { #expect(found > 10, "the test sees passages") }
  }

  @Test(arguments: KernelLevel.all, [0, 1, 5, 40, 300, 900])
  func sharedGramsAreThoseOfTheSets(level: KernelLevel, size: Int) {
    for alphabet in [3, 400, 100_000] {
      var generator = SeededGenerator(seed: UInt64(size + alphabet))
      let (shorter, longer) = documents(size, alphabet, &generator)
      unsafe withIndex(longer, level) { index, distinct in
        #expect(distinct == Set(longer).count)
        let expected = Set(shorter).intersection(longer)
        unsafe withWeights { unsafe level.table.pointee.gram_weigh(index, $0) }
        for stamp in UInt32(1)...3 {
          var sum: UInt64 = 99
          let shared = unsafe level.table.pointee.gram_shared(
            shorter,
            shorter.count,
            index,
            stamp,
            &sum
          )
          #expect(shared == expected.count)
          #expect(sum == expected.reduce(0) { $0 + weight($1) })
        }
      }
    }
  }

  @Test(arguments: KernelLevel.all, [0, 1, 5, 40, 900])
  func censusIsThatOfTheSet(level: KernelLevel, size: Int) {
    for alphabet in [1, 3, 400, 100_000] {
      var generator = SeededGenerator(seed: UInt64(size + alphabet))
      var grams = documents(size, alphabet, &generator).shorter
      // 0 marks free entries inside the kernel.
      if size > 1 { grams += [0, 0, .max] }
      var seen: Set<UInt64> = []
      let expected = grams.filter { seen.insert($0).inserted }
      let bits = UInt32(Int.bitWidth - max(1, 2 * grams.count - 1).leadingZeroBitCount)
      var table = [UInt64](repeating: 7, count: 1 << bits)
      var distinct = [UInt64](repeating: 7, count: grams.count + 1)
      var sum: UInt64 = 99
      let count = unsafe withWeights { weights in
        unsafe level.table.pointee.gram_census(
          grams,
          grams.count,
          &table,
          bits,
          weights,
          &distinct,
          &sum
        )
      }
      #expect(Array(distinct[..<count]) == expected && distinct[grams.count] == 7)
      #expect(sum == expected.reduce(0) { $0 + weight($1) })
    }
  }

  /// Text larger than the lanes: levels agree, whatever lanes meet.
  @Test func levelsAgreeOnLargeDocuments() {
    var generator = SeededGenerator(seed: 77)
    for alphabet in [300, 3000, 100_000] {
      let (shorter, longer) = documents(9000, alphabet, &generator)
      let results = KernelLevel.all.map { passages(shorter, longer, $0) }
      for result in results.dropFirst() { #expect(result == results[0]) }
      if alphabet == 100_000 { #expect(!results[0].isEmpty) }
    }
  }
}
