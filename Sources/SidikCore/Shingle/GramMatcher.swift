internal import CSidikKernels

/// Finds places where two documents have the same gram, and those that lie on a diagonal.
///
/// Scratch memory belongs to the object and is used again; one object serves one thread.
@_spi(Kernels)
@safe
public final class GramMatcher {
  private let heads = Scratch<UInt32>()
  private let links = Scratch<UInt32>()
  private let places = Scratch<UInt32>()
  private let others = Scratch<UInt32>()
  private let starts = Scratch<UInt32>()
  private let order = Scratch<UInt32>()
  private let shorterMarks = Scratch<UInt8>()
  private let longerMarks = Scratch<UInt8>()

  /// Makes a matcher for one worker.
  public init() {}

  private var longer = 0
  private var headBits = 0
  private let longerFeatures = Scratch<UInt64>()

  /// Takes the longer document of the pairs to come.
  ///
  /// - Parameter features: its features in order of place; copied.
  public func prepare(longer features: UnsafeBufferPointer<UInt64>) {
    longer = features.count
    headBits = max(1, Int.bitWidth - max(1, longer - 1).leadingZeroBitCount)
    let copy = unsafe longerFeatures.reserve(longer)
    _ = unsafe copy.update(fromContentsOf: features)
    unsafe Kernels.active.pointee.gram_index(
      copy.baseAddress,
      longer,
      UInt32(headBits),
      heads.reserve(1 << headBits).baseAddress,
      links.reserve(longer).baseAddress
    )
  }

  /// How many places of two documents lie on well-filled diagonals.
  ///
  /// - Parameters:
  ///   - shorter: features in order of place; the longer document was prepared.
  ///   - mostPlaces: a gram that stands oftener in the longer document is passed over.
  ///   - drift: width of a band of diagonals.
  ///   - window: places of `shorter` that a window spans.
  ///   - least: matches that a window of one band must hold.
  /// - Returns: supported places of both.
  /// - Complexity: O(n + m) expected, of which the part in m only clears memory.
  public func supported(
    shorter: UnsafeBufferPointer<UInt64>,
    mostPlaces: Int,
    drift: Int,
    window: Int,
    least: Int
  ) -> (shorter: Int, longer: Int) {
    let (n, m) = (shorter.count, longer)
    guard n > 0, m > 0 else { return (0, 0) }
    let kernels = unsafe Kernels.active
    let place = unsafe places.reserve(n * mostPlaces)
    let other = unsafe others.reserve(n * mostPlaces)
    let count = unsafe kernels.pointee.gram_matches(
      shorter.baseAddress,
      n,
      longerFeatures.memory.baseAddress,
      UInt32(mostPlaces),
      UInt32(headBits),
      heads.memory.baseAddress,
      links.memory.baseAddress,
      place.baseAddress,
      other.baseAddress
    )
    let first = unsafe UnsafeMutableBufferPointer(rebasing: shorterMarks.reserve(n)[..<n])
    let second = unsafe UnsafeMutableBufferPointer(rebasing: longerMarks.reserve(m)[..<m])
    unsafe first.update(repeating: 0)
    unsafe second.update(repeating: 0)
    // Bands overlap by half, so that a passage near a border lies whole in one of them.
    for offset in [0, drift / 2] {
      unsafe kernels.pointee.support_matches(
        place.baseAddress,
        other.baseAddress,
        count,
        n,
        m,
        UInt32(drift),
        UInt32(offset),
        UInt32(window),
        UInt32(least),
        starts.reserve((n + m + offset) / drift + 2).baseAddress,
        order.reserve(max(1, count)).baseAddress,
        first.baseAddress,
        second.baseAddress
      )
    }
    return unsafe (
      kernels.pointee.count_marks(first.baseAddress, n),
      kernels.pointee.count_marks(second.baseAddress, m)
    )
  }
}
