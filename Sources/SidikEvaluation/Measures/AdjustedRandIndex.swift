extension Contingency {
  /// The Rand index corrected for chance: 1 for equal labelings, about 0 for unrelated ones.
  ///
  /// Hubert and Arabie, "Comparing partitions", Journal of Classification 2 (1985). Where the
  /// formula divides by zero (both labelings all singletons, or both one cluster), the labelings
  /// are equal and the index is 1.
  public var adjustedRandIndex: Double {
    let all = Self.pairs(of: count)
    guard all > 0 else { return 1 }
    let expected = Double(truePairs) * Double(foundPairs) / Double(all)
    let highest = (Double(truePairs) + Double(foundPairs)) / 2
    return highest == expected ? 1 : (Double(sharedPairs) - expected) / (highest - expected)
  }
}
