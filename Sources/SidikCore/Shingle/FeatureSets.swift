internal import CSidikKernels

/// Exact measures on ascending feature sets: the truth that sketches estimate.
public enum FeatureSets {
  /// How many features two sets share.
  ///
  /// - Parameters:
  ///   - a: ascending, distinct.
  ///   - b: ascending, distinct.
  /// - Returns: the size of the intersection.
  /// - Complexity: O(|a| + |b|), or O(s log l) where one set is over 16 times the other.
  public static func shared(
    _ a: UnsafeBufferPointer<UInt64>,
    _ b: UnsafeBufferPointer<UInt64>
  )
    -> Int
  {
    unsafe Kernels.active.pointee.intersection_count(
      a.baseAddress,
      a.count,
      b.baseAddress,
      b.count
    )
  }
}

/// How much two documents have in common, by their feature sets.
public struct Overlap: Sendable, Hashable {
  /// Features in both.
  public var shared: Int
  /// Features of the first document.
  public var first: Int
  /// Features of the second document.
  public var second: Int

  /// Makes an overlap of counts.
  public init(shared: Int, first: Int, second: Int) {
    self.shared = shared
    self.first = first
    self.second = second
  }

  /// Shared features by all features; 0 where there are none (empty is never equal).
  public var jaccard: Double {
    let union = first + second - shared
    return union == 0 ? 0 : Double(shared) / Double(union)
  }

  /// The share of the first document that stands in the second.
  public var containmentOfFirst: Double { first == 0 ? 0 : Double(shared) / Double(first) }

  /// The share of the second document that stands in the first.
  public var containmentOfSecond: Double { second == 0 ? 0 : Double(shared) / Double(second) }

  /// The larger containment: 1 when the smaller document stands whole in the other.
  public var containment: Double { max(containmentOfFirst, containmentOfSecond) }
}
