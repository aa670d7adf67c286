import SidikCore
import SidikTestSupport
import Testing

@testable import SidikIndex

/// Rows on disk give what rows in memory give.
@Suite struct SpilledMatrixTests {
  /// The border of the memory stands inside a block, between two, and before the first row.
  @Test(arguments: [0, 5000, 4096], [1, 9])
  func answersLikeRowsInMemory(resident: Int, changed: Int) throws {
    var generator = SeededGenerator(seed: 5)
    let (memory, disk) = (SignatureMatrix(), SignatureMatrix(mostResident: resident * 512))
    var rows = (0..<30).map { _ in randomRow(&generator) }
    for start in stride(from: 0, to: 9000, by: 600) {
      let part = (start..<start + 600).flatMap { rows[$0 * 7 % 30] }
      memory.append(part)
      try disk.store(part)
    }
    rows = [randomRow(&generator)]
    for row in [0, 4095, 8999] {
      memory.replace(row, by: rows[0])
      disk.replace(row, by: rows[0])
    }
    #expect(disk.isSpilled && !memory.isSpilled && disk.count == memory.count)
    for pair in [(0, 1), (3, 33), (4095, 4096), (8999, 0), (17, 8017)] {
      #expect(disk.equalSlots(pair.0, pair.1) == memory.equalSlots(pair.0, pair.1))
    }
    let shape = BandParameters(bands: 25, rows: 5)
    try disk.prepare(shape)
    let banding = LSHBanding(shape: shape, threshold: 0.7)
    let numbers = Array(0..<9000)
    let found = banding.pairs(signatures: disk, rows: numbers) { $0 % 11 == changed }
    let expected = banding.pairs(signatures: memory, rows: numbers) { $0 % 11 == changed }
    #expect(found.pairs == expected.pairs && found.crowded == expected.crowded)
    #expect(found.statistics == expected.statistics)
    try disk.check()
  }
}
