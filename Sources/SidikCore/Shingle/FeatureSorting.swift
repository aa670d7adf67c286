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
}
