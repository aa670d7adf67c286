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

  private static let cellBits: UInt64 = 22
  private var cells = [UInt16](repeating: 0, count: 1 << 22)
  private var documents = 0
  private var weights: [UInt32] = []

  private static func cell(of feature: UInt64) -> Int {
    Int((feature &* 0x9E37_79B9_7F4A_7C15) >> (64 - cellBits))
  }

  mutating func add(_ features: UnsafeBufferPointer<UInt64>) {
    documents += 1
    for index in features.indices {
      let cell = unsafe Self.cell(of: features[index])
      if cells[cell] < .max { cells[cell] += 1 }
    }
  }

  /// Adds the counts of other documents.
  mutating func merge(_ other: DocumentFrequencies) {
    documents += other.documents
    for cell in cells.indices {
      cells[cell] = UInt16(clamping: Int(cells[cell]) + Int(other.cells[cell]))
    }
  }

  /// Fixes the weights once all documents are counted.
  mutating func finish() {
    let corpus = Double(max(documents, Self.leastCorpus))
    weights = (0...documents).map { count in
      // One less: the document at hand is itself among those counted.
      let weight = NaturalLogarithm.of((corpus + 1) / Double(max(1, count - 1)))
      return UInt32(max(0, weight) * 65_536)
    }
  }

  /// ln((G + 1) / df) in units of 1 / 65,536.
  ///
  /// High for rare features, near 0 for those in every document; a whole number, so that sums do
  /// not depend on the order of features.
  func weight(_ feature: UInt64) -> UInt32 {
    weights[min(Int(cells[Self.cell(of: feature)]), weights.count - 1)]
  }
}
