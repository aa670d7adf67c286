internal import SidikCore

/// Reads rows of a matrix that stands on disk by blocks, for whoever goes through it in the order of
/// the rows, up or down, and needs many of them.
@safe
public final class SignatureBlocks {
  private static let rowsPerBlock = 2048
  private static let slots = OnePermutationMinHash.slots

  private let matrix: SignatureMatrix
  private let buffer: UnsafeMutableBufferPointer<UInt32>
  private var held = -1

  /// A reader of all rows.
  public init(_ matrix: SignatureMatrix) {
    self.matrix = matrix
    unsafe buffer = .allocate(capacity: matrix.isSpilled ? Self.rowsPerBlock * Self.slots : 0)
    unsafe buffer.initialize(repeating: 0)
  }

  deinit { unsafe buffer.deallocate() }

  /// Gives the bytes of one row to `body`.
  ///
  /// A row that cannot be read is found by ``SignatureMatrix/check()``.
  ///
  /// - Parameters:
  ///   - index: which row.
  ///   - body: takes the bytes as they stand in memory.
  /// - Throws: what `body` throws.
  public func withRow(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    guard matrix.isSpilled else {
      return try unsafe body(
        UnsafeRawBufferPointer(start: matrix.row(index), count: Self.slots * 4)
      )
    }
    let block = index / Self.rowsPerBlock
    if block != held { load(block) }
    let start = index % Self.rowsPerBlock * Self.slots
    let row = unsafe UnsafeMutableBufferPointer(rebasing: buffer[start..<start + Self.slots])
    try unsafe body(UnsafeRawBufferPointer(row))
  }

  private func load(_ block: Int) {
    let first = block * Self.rowsPerBlock
    let count = min(Self.rowsPerBlock, matrix.count - first)
    unsafe matrix.read(
      first,
      count,
      into: UnsafeMutableBufferPointer(rebasing: buffer[..<(count * Self.slots)])
    )
    // The kernel reads ahead by itself only where rows come ascending.
    if block > 0, held > block {
      matrix.prefetch(first - Self.rowsPerBlock..<first)
    }
    held = block
  }
}
