internal import CSidikKernels

/// Sorting of 64-bit hashes by the kernels.
public enum FeatureSorting {
  /// Sorts values ascending and drops repeats.
  ///
  /// Fast where the top bits are uniform, as those of hashes are; never worse than O(n log n).
  ///
  /// - Parameter values: sorted in place, shortened by the repeats.
  public static func sortUnique(_ values: inout [UInt64]) {
    let count = values.count
    let unique = unsafe values.withUnsafeMutableBufferPointer { buffer in
      unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(1, count)) { scratch in
        unsafe Kernels.active.pointee.sort_unique(buffer.baseAddress, count, scratch.baseAddress)
      }
    }
    values.removeLast(count - unique)
  }

  /// Makes one ascending list of ascending runs that stand one behind the other.
  ///
  /// - Parameters:
  ///   - values: the runs, and the list.
  ///   - ends: where each run ends, ascending, the last where the values do.
  /// - Complexity: O(n log r) in values and runs.
  public static func mergeRuns(_ values: inout [UInt64], ends: [Int]) {
    precondition(ends.last ?? 0 == values.count, "runs that are not the values")
    var ends = ends
    var merged = [UInt64](repeating: 0, count: ends.count > 1 ? values.count : 0)
    while ends.count > 1 {
      var next: [Int] = []
      var start = 0
      for first in stride(from: 0, to: ends.count, by: 2) {
        let (middle, end) = (ends[first], ends[min(first + 1, ends.count - 1)])
        unsafe values.withUnsafeBufferPointer { from in
          unsafe merged.withUnsafeMutableBufferPointer { into in
            guard let from = from.baseAddress, let into = into.baseAddress else { return }
            unsafe sidik_merge_sorted(
              from + start,
              middle - start,
              from + middle,
              end - middle,
              into + start
            )
          }
        }
        next.append(end)
        start = end
      }
      ends = next
      swap(&values, &merged)
    }
  }
}

/// Samples of feature sets in another order than that of their own bits, which MinHash has used.
public enum FeatureSampling {
  /// The mixed hashes of the features that fall below a bound.
  ///
  /// - Parameters:
  ///   - bound: the largest mixed hash that is kept.
  ///   - features: in any order, repeats included.
  /// - Returns: mixed hashes, in the order of the features.
  /// - Complexity: O(n).
  public static func below(
    _ bound: UInt64,
    _ features: UnsafeBufferPointer<UInt64>
  ) -> [UInt64] {
    unsafe withUnsafeTemporaryAllocation(
      of: UInt64.self,
      capacity: features.count + 1
    ) { output in
      let count = unsafe Kernels.active.pointee.mixed_below(
        features.baseAddress,
        features.count,
        bound,
        output.baseAddress
      )
      return unsafe Array(UnsafeBufferPointer(rebasing: UnsafeBufferPointer(output)[..<count]))
    }
  }
}
