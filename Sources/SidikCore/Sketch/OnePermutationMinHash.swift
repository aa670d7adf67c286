internal import CSidikKernels

/// One-permutation MinHash: 128 bins of 32 bits, empty bins filled through a Latin square.
///
/// A feature's top 7 bits choose its bin, its low 32 bits compete for the least value there, so
/// a feature costs one comparison rather than 128 (Li, Owen, Zhang 2012, "One permutation
/// hashing"). Equal slots by 128 estimate the Jaccard similarity J without bias; the variance is
/// at most that of 128 permutations, J(1-J)/128, and lower once bins see several features.
/// Below 5 features it is slightly higher.
@safe
public struct OnePermutationMinHash: Sendable {
  /// Slots of a signature.
  public static let slots = 128
  /// The value of every slot of a document without features.
  public static let emptySlot = UInt32.max

  private let latin: LatinSquare

  /// Prepares the square of a seed.
  public init(permutationSeed: UInt64) {
    latin = LatinSquare(seed: permutationSeed)
  }

  /// Writes a document's signature.
  ///
  /// - Parameters:
  ///   - features: 64-bit hashes in any order; repeats do not matter.
  ///   - signature: room for 128 slots.
  /// - Returns: false where there are no features: such a signature equals nothing.
  /// - Complexity: O(n) in the features.
  @discardableResult
  public func sign(
    _ features: UnsafeBufferPointer<UInt64>,
    into signature: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    unsafe latin.cells.withUnsafeBufferPointer { cells in
      unsafe Kernels.active.pointee.oph_signature(
        features.baseAddress,
        features.count,
        cells.baseAddress,
        signature
      ) > 0
    }
  }

  /// A document's signature as an array.
  ///
  /// - Parameter features: 64-bit hashes in any order.
  /// - Returns: 128 slots.
  public func signature(_ features: [UInt64]) -> [UInt32] {
    unsafe features.withUnsafeBufferPointer { input in
      unsafe [UInt32](unsafeUninitializedCapacity: Self.slots) { output, count in
        if let base = output.baseAddress { unsafe sign(input, into: base) }
        count = Self.slots
      }
    }
  }
}
