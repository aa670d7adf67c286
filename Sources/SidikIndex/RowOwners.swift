/// Which node each row of a ``SignatureMatrix`` stands for.
public struct RowOwners: Sendable {
  private static let nobody = UInt32.max
  private var owners: [UInt32]

  /// Nodes are numbered below this.
  public let nodeCount: Int
  /// How many nodes take part.
  public private(set) var count = 0

  /// Turns a list of rows by node around.
  ///
  /// - Parameters:
  ///   - rows: for each node its row.
  ///   - rowCount: rows of the matrix.
  ///   - isEmpty: whether a node has no features; such nodes own nothing.
  /// - Complexity: O(n).
  public init(_ rows: [Int], of rowCount: Int, isEmpty: (Int) -> Bool) {
    owners = [UInt32](repeating: Self.nobody, count: rowCount)
    nodeCount = rows.count
    for (node, row) in rows.enumerated() where !isEmpty(node) {
      owners[row] = UInt32(node)
      count += 1
    }
  }

  /// The node of a row, if it has one.
  func node(_ row: Int) -> UInt32? { owners[row] == Self.nobody ? nil : owners[row] }
}
