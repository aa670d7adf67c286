internal import Glibc

/// Homogeneity, completeness and their harmonic mean, by entropy.
public struct VMeasure: Hashable, Sendable {
  /// How much knowing the cluster tells of the class: 1 where no cluster mixes classes.
  public let homogeneity: Double
  /// How much knowing the class tells of the cluster: 1 where no class is torn.
  public let completeness: Double

  /// The harmonic mean of the two; 0 where both are 0.
  public var value: Double {
    let sum = homogeneity + completeness
    return sum > 0 ? 2 * homogeneity * completeness / sum : 0
  }
}

extension Contingency {
  /// Rosenberg and Hirschberg, "V-Measure", EMNLP-CoNLL 2007.
  ///
  /// A labeling without entropy (one class, or one cluster) makes its score 1.
  public var vMeasure: VMeasure {
    let classes = entropy(classSizes)
    let clusters = entropy(clusterSizes)
    let joint = entropy(cells.map(\.count))
    // H(class | cluster) = H(joint) - H(cluster); rounding may leave it a hair below 0.
    return VMeasure(
      homogeneity: classes > 0 ? 1 - max(0, joint - clusters) / classes : 1,
      completeness: clusters > 0 ? 1 - max(0, joint - classes) / clusters : 1
    )
  }

  private func entropy(_ sizes: [Int]) -> Double {
    sizes.reduce(0.0) { sum, size in
      let share = Double(size) / Double(count)
      return sum - share * log(share)
    }
  }
}
