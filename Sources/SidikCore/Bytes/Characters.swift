internal import CSidikKernels

/// Counts of Unicode scalars, by which places in texts are told.
public enum Characters {
  /// The scalars that begin in a text: a byte that continues another begins none, whatever stands before it.
  ///
  /// - Complexity: O(n) in bytes, by vectors.
  public static func count(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = text.baseAddress else { return 0 }
    var (spaces, scalars) = (0, 0)
    unsafe Kernels.active.pointee.count_text(base, text.count, &spaces, &scalars)
    return scalars
  }
}
