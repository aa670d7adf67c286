extension Contingency {
  /// The number of pairs among `n` documents.
  static func pairs(of n: Int) -> Int { n * (n - 1) / 2 }

  /// Pairs of documents in one true class.
  public var truePairs: Int { classSizes.reduce(0) { $0 + Self.pairs(of: $1) } }
  /// Pairs of documents in one found cluster.
  public var foundPairs: Int { clusterSizes.reduce(0) { $0 + Self.pairs(of: $1) } }
  /// Pairs of documents in one class and one cluster.
  public var sharedPairs: Int { cells.reduce(0) { $0 + Self.pairs(of: $1.count) } }

  /// Precision and recall over pairs of documents that stand together.
  ///
  /// Where there is no pair to be found, or none was found, the score in question is 0, as in
  /// the usual tools.
  public var pairScore: PrecisionRecall {
    PrecisionRecall(
      precision: Double(sharedPairs) / Double(max(1, foundPairs)),
      recall: Double(sharedPairs) / Double(max(1, truePairs))
    )
  }
}
