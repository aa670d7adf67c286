internal import SidikCore

/// The measures of a compared pair.
public struct PairScores: Sendable, Hashable, BitwiseCopyable {
  /// Shared features by all features.
  public var jaccard: Double
  /// The share of the first document's features that stand in the second.
  public var containmentOfFirst: Double
  /// The share of the second document's features that stand in the first.
  public var containmentOfSecond: Double
  /// The larger containment, features weighted by rarity where the profile says so.
  public var weighted: Double
  /// The share of the shorter document covered in order; nil where it did not have to be measured.
  public var coverage: Double?
  /// What the pair is; nil where it is no edge.
  public var level: Level?
  /// Where in the longer document the shared passages stand, where they were looked for.
  var core: ClosedRange<Double>? {
    get { coreStart < 0 ? nil : coreStart...coreEnd }
    set { (coreStart, coreEnd) = (newValue?.lowerBound ?? -1, newValue?.upperBound ?? -1) }
  }

  /// Negative where passages were not looked for; no optional range, which records on disk could
  /// not hold.
  private var coreStart = -1.0
  private var coreEnd = -1.0

  /// Measures without passages.
  init(
    jaccard: Double,
    containmentOfFirst: Double,
    containmentOfSecond: Double,
    weighted: Double,
    coverage: Double? = nil,
    level: Level? = nil
  ) {
    self.jaccard = jaccard
    self.containmentOfFirst = containmentOfFirst
    self.containmentOfSecond = containmentOfSecond
    self.weighted = weighted
    self.coverage = coverage
    self.level = level
  }

  /// The larger containment, every feature counting alike.
  public var containment: Double { max(containmentOfFirst, containmentOfSecond) }
}

extension PairScores {
  /// The measures of an overlap, all features counting alike; no level.
  init(_ overlap: Overlap) {
    self.init(
      jaccard: overlap.jaccard,
      containmentOfFirst: overlap.containmentOfFirst,
      containmentOfSecond: overlap.containmentOfSecond,
      weighted: overlap.containment
    )
  }
}
