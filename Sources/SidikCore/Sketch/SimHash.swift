internal import CSidikKernels

/// SimHash of 64 bits (Charikar 2002, "Similarity estimation techniques from rounding").
///
/// Bit b is set when more than half of the features have it. For two documents the expected
/// share of differing bits is the angle of their feature vectors by pi; the standard deviation
/// of the distance d/64 is sqrt(p(1-p)/64).
public enum SimHash {
  /// The SimHash of features.
  ///
  /// - Parameter features: 64-bit hashes; repeats count.
  /// - Returns: 64 bits; 0 for no features.
  public static func hash(_ features: UnsafeBufferPointer<UInt64>) -> UInt64 {
    unsafe Kernels.active.pointee.simhash(features.baseAddress, features.count)
  }

  /// The number of differing bits.
  public static func distance(_ a: UInt64, _ b: UInt64) -> Int { (a ^ b).nonzeroBitCount }
}
