internal import CSidikKernels

/// What can be done with signatures of one scheme.
public enum Signatures {
  /// Equal slots of two signatures of the same length and parameters.
  public static func equalSlots(
    _ a: UnsafeBufferPointer<UInt32>,
    _ b: UnsafeBufferPointer<UInt32>
  )
    -> Int
  {
    unsafe Kernels.active.pointee.equal_slots(a.baseAddress, b.baseAddress, min(a.count, b.count))
  }

  /// The estimated Jaccard similarity: equal slots by all slots.
  ///
  /// Standard error sqrt(J(1-J)/k) for k slots. 0 where either is a signature of no features.
  ///
  /// - Parameters:
  ///   - a: a signature.
  ///   - b: one of the same length and parameters.
  /// - Returns: 0...1.
  public static func estimatedJaccard(_ a: [UInt32], _ b: [UInt32]) -> Double {
    precondition(a.count == b.count, "signatures of different lengths")
    let empty = OnePermutationMinHash.emptySlot
    if a.isEmpty || a.allSatisfy({ $0 == empty }) || b.allSatisfy({ $0 == empty }) { return 0 }
    let equal = unsafe a.withUnsafeBufferPointer { first in
      unsafe b.withUnsafeBufferPointer { unsafe equalSlots(first, $0) }
    }
    return Double(equal) / Double(a.count)
  }

  /// The key of every band of `rows` consecutive slots.
  ///
  /// - Parameters:
  ///   - signature: at least `bands * rows` slots.
  ///   - bands: number of bands.
  ///   - rows: slots a band.
  ///   - keys: room for `bands` keys.
  public static func bandKeys(
    _ signature: UnsafePointer<UInt32>,
    bands: Int,
    rows: Int,
    into keys: UnsafeMutablePointer<UInt64>
  ) {
    unsafe Kernels.active.pointee.band_keys(signature, bands, rows, keys)
  }

  /// The key of one band of many signatures.
  ///
  /// - Parameters:
  ///   - signatures: one-permutation signatures end to end, one for each of `keys`.
  ///   - band: which.
  ///   - rows: slots a band.
  ///   - keys: receives what ``bandKeys(_:bands:rows:into:)`` gives for that band.
  public static func bandColumn(
    _ signatures: UnsafePointer<UInt32>,
    band: Int,
    rows: Int,
    into keys: UnsafeMutableBufferPointer<UInt64>
  ) {
    unsafe Kernels.active.pointee.band_column(
      signatures,
      keys.count,
      OnePermutationMinHash.slots,
      band,
      rows,
      keys.baseAddress
    )
  }
}
