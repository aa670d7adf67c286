@_spi(Kernels) internal import SidikCore

/// In how many documents a feature stands, from a sample, and the weight that follows.
///
/// Counts of up to ``sampleSize`` collapsed documents in a table of 2^22 cells addressed by hash.
/// The nodes of the sample are the first by number, which is random and does not depend on the
/// input's order. Two features may share a cell: a count is never too low and seldom too high.
struct DocumentFrequencies: Sendable {
  /// Documents counted at most.
  static let sampleSize = 16_384
  /// Weights are those of a corpus of at least this size: in a small one, a feature that stands
  /// in a few copies of one story is no common phrase.
  static let leastCorpus = 1024

  /// The counts by cell; none until a document is counted.
  private var cells: [UInt16] = []
  private var documents = 0

  mutating func add(_ features: UnsafeBufferPointer<UInt64>) {
    documents += 1
    if cells.isEmpty { cells = [UInt16](repeating: 0, count: GramWeights.cellCount) }
    for index in features.indices {
      let cell = unsafe GramWeights.cell(of: features[index])
      if cells[cell] < .max { cells[cell] += 1 }
    }
  }

  /// Adds the counts of other documents.
  mutating func merge(_ other: DocumentFrequencies) {
    documents += other.documents
    if other.cells.isEmpty { return }
    if cells.isEmpty {
      cells = other.cells
      return
    }
    for cell in cells.indices {
      cells[cell] = UInt16(clamping: Int(cells[cell]) + Int(other.cells[cell]))
    }
  }

  /// The weights once all documents are counted: ln((G + 1) / df) in units of 1 / 65,536.
  ///
  /// High for rare features, near 0 for those in every document; whole numbers, so that sums do
  /// not depend on the order of features.
  func weights() -> GramWeights {
    let corpus = Double(max(documents, Self.leastCorpus))
    let weights = (0...documents).map { count in
      // One less: the document at hand is itself among those counted.
      let weight = NaturalLogarithm.of((corpus + 1) / Double(max(1, count - 1)))
      return UInt32(max(0, weight) * 65_536)
    }
    let counts = cells.isEmpty ? [UInt16](repeating: 0, count: GramWeights.cellCount) : cells
    return GramWeights(cells: counts, weights: weights)
  }
}
