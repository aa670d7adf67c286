internal import CSidikKernels

/// Counts the distinct grams of documents.
///
/// Scratch memory belongs to the object and is used again; one object serves one thread.
@_spi(Kernels)
@safe
public final class GramCensus {
  private let table = Scratch<UInt64>()
  private let output = Scratch<UInt64>()

  /// Makes a census for one worker.
  public init() {}

  /// Counts the distinct grams of a document.
  ///
  /// - Parameters:
  ///   - features: in any order, repeats included.
  ///   - weights: what each weighs; nil weighs nothing.
  /// - Returns: how many there are, and the sum of their weights.
  /// - Complexity: O(n) expected.
  public func count(
    _ features: UnsafeBufferPointer<UInt64>,
    _ weights: GramWeights?
  ) -> (distinct: Int, weight: UInt64) {
    var sum: UInt64 = 0
    let count =
      unsafe weights?.withRaw { unsafe run(features, $0, &sum) } ?? run(features, nil, &sum)
    return (count, sum)
  }

  /// Lists the distinct grams of a document.
  ///
  /// - Parameter features: in any order, repeats included.
  /// - Returns: each once, where it stands first; valid until the next call.
  /// - Complexity: O(n) expected.
  public func distinct(_ features: UnsafeBufferPointer<UInt64>) -> UnsafeBufferPointer<UInt64> {
    var sum: UInt64 = 0
    let count = unsafe run(features, nil, &sum)
    return unsafe UnsafeBufferPointer(rebasing: UnsafeBufferPointer(output.memory)[..<count])
  }

  private func run(
    _ features: UnsafeBufferPointer<UInt64>,
    _ weights: UnsafePointer<sidik_weights>?,
    _ sum: inout UInt64
  ) -> Int {
    let bits = Self.tableBits(features.count)
    return unsafe Kernels.active.pointee.gram_census(
      features.baseAddress,
      features.count,
      table.reserve(1 << bits).baseAddress,
      bits,
      weights,
      output.reserve(features.count).baseAddress,
      &sum
    )
  }

  /// Bits of the address in a table that is at most half full.
  static func tableBits(_ count: Int) -> UInt32 {
    UInt32(Int.bitWidth - max(1, 2 * count - 1).leadingZeroBitCount)
  }
}
