internal import CSidikKernels

/// Weights of grams by a table of small numbers, addressed by hash.
///
/// Grams that share a cell share its number.
@_spi(Kernels)
public struct GramWeights: Sendable {
  /// There are 2 to this power cells.
  private static let cellBits: UInt64 = 22

  /// How many cells there are.
  public static let cellCount = 1 << Int(cellBits)

  private let cells: [UInt16]
  private let weights: [UInt32]

  /// Takes the tables.
  ///
  /// - Parameters:
  ///   - cells: the number of each cell, ``cellCount`` of them.
  ///   - weights: the weight of each number; the last stands for all above.
  public init(cells: [UInt16], weights: [UInt32]) {
    precondition(cells.count == Self.cellCount && !weights.isEmpty, "tables of another size")
    (self.cells, self.weights) = (cells, weights)
  }

  /// The cell of a gram.
  public static func cell(of gram: UInt64) -> Int {
    Int((gram &* SIDIK_WEIGHT_MULTIPLIER) >> (64 - cellBits))
  }

  /// The weight of a gram.
  public subscript(gram: UInt64) -> UInt32 {
    weights[min(Int(cells[Self.cell(of: gram)]), weights.count - 1)]
  }

  /// Lends the tables to a kernel.
  func withRaw<Result>(_ body: (UnsafePointer<sidik_weights>) -> Result) -> Result {
    unsafe cells.withUnsafeBufferPointer { cells in
      unsafe weights.withUnsafeBufferPointer { weights in
        var raw = unsafe sidik_weights(
          cell_bits: UInt32(Self.cellBits),
          cells: cells.baseAddress,
          weights: weights.baseAddress,
          most: UInt32(weights.count - 1)
        )
        return unsafe body(&raw)
      }
    }
  }
}
