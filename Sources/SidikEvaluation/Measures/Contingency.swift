/// How two labelings of the same documents overlap: the counts all clustering measures need.
///
/// Labels may be any numbers. Rows are found by sorting, so no measure depends on the order of
/// a hash table.
public struct Contingency: Sendable {
  /// One cell that is not empty.
  public struct Cell: Hashable, Sendable {
    /// The place of the true class in ``Contingency/classSizes``.
    public let trueClass: Int
    /// The place of the found cluster in ``Contingency/clusterSizes``.
    public let cluster: Int
    /// The documents in both.
    public let count: Int
  }

  /// The documents.
  public let count: Int
  /// The sizes of the true classes, by ascending label.
  public let classSizes: [Int]
  /// The sizes of the found clusters, by ascending label.
  public let clusterSizes: [Int]
  /// The cells that are not empty, row by row.
  public let cells: [Cell]

  /// Counts the overlap.
  ///
  /// - Parameters:
  ///   - truth: the true class of each document.
  ///   - found: the found cluster of each document, in the same order; as many as `truth`.
  /// - Complexity: O(*n* log *n*).
  public init(truth: [Int], found: [Int]) {
    precondition(truth.count == found.count, "the two labelings are of different documents")
    count = truth.count
    let rows = Self.ranks(truth)
    let columns = Self.ranks(found)
    classSizes = Self.sizes(rows)
    clusterSizes = Self.sizes(columns)
    let pairs = zip(rows, columns).sorted { $0 < $1 }
    var cells: [Cell] = []
    for (row, column) in pairs {
      let more: Int
      if let last = cells.last, last.trueClass == row, last.cluster == column {
        more = last.count
        cells.removeLast()
      } else {
        more = 0
      }
      cells.append(Cell(trueClass: row, cluster: column, count: more + 1))
    }
    self.cells = cells
  }

  /// Each label's rank among the labels that occur.
  private static func ranks(_ labels: [Int]) -> [Int] {
    let order = labels.indices.sorted { (labels[$0], $0) < (labels[$1], $1) }
    var ranks = [Int](repeating: 0, count: labels.count)
    var rank = -1
    for (i, place) in order.enumerated() {
      if i == 0 || labels[order[i - 1]] != labels[place] { rank += 1 }
      ranks[place] = rank
    }
    return ranks
  }

  private static func sizes(_ ranks: [Int]) -> [Int] {
    var sizes = [Int](repeating: 0, count: (ranks.max() ?? -1) + 1)
    for rank in ranks { sizes[rank] += 1 }
    return sizes
  }
}

/// Precision, recall and their harmonic mean.
public struct PrecisionRecall: Hashable, Sendable {
  /// The share of what was found that is true.
  public let precision: Double
  /// The share of what is true that was found.
  public let recall: Double

  /// Makes a score.
  public init(precision: Double, recall: Double) {
    self.precision = precision
    self.recall = recall
  }

  /// The harmonic mean of the two; 0 where both are 0.
  public var f1: Double {
    precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
  }
}
