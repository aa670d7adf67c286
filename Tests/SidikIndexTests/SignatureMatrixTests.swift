import SidikCore
import SidikTestSupport
import Testing

@testable import SidikIndex

@Suite struct SignatureMatrixTests {
  /// Blocks hold 4,096 rows: rows on both sides of each border, and appends that straddle one.
  @Test(arguments: [1, 7, 4095, 4096, 4097])
  func rowsStayWhatTheyWere(perAppend: Int) {
    let count = 9000
    let slots = OnePermutationMinHash.slots
    let matrix = SignatureMatrix()
    var next = 0
    while next < count {
      let end = min(count, next + perAppend)
      matrix.append(
        (next..<end).flatMap { row in
          [UInt32](repeating: UInt32(row), count: slots / 2)
            + [UInt32](repeating: UInt32(row) &* 7, count: slots / 2)
        }
      )
      next = end
    }
    #expect(matrix.count == count)
    for row in [0, 1, 4094, 4095, 4096, 4097, 8191, 8192, 8999] {
      let first = unsafe matrix.row(row)[0]
      let last = unsafe matrix.row(row)[slots - 1]
      #expect(first == UInt32(row) && last == UInt32(row) &* 7)
    }
  }

  @Test func equalSlotsAreCountedAcrossBlocks() {
    var generator = SeededGenerator(seed: 11)
    let base = randomRow(&generator)
    let matrix = SignatureMatrix()
    for changed in 0..<4200 {
      var row = base
      for slot in 0..<changed % 129 { row[slot] = ~row[slot] }
      matrix.append(row)
    }
    for row in [0, 1, 64, 128, 129, 4095, 4096, 4199] {
      #expect(matrix.equalSlots(0, row) == 128 - row % 129)
      #expect(matrix.equalSlots(row, 0) == 128 - row % 129)
    }
  }

  @Test func anEmptyAppendAddsNothing() {
    let matrix = SignatureMatrix()
    matrix.append([])
    #expect(matrix.count == 0)
  }
}
