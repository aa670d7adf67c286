@_spi(Kernels) internal import SidikCore

/// How much of two documents stands in the same order in both.
///
/// Sets of character grams mislead where a short text meets a long one: the grams of 58
/// characters easily stand somewhere among 3,000. Copied wording keeps its order, so matches of
/// grams line up on a diagonal (place in one minus place in the other). A match counts when a
/// window of ``window`` characters holds at least ``leastMatches`` matches within ``drift`` of
/// its diagonal.
public struct DiagonalCoverage: Sendable, Hashable {
  /// Characters of the window.
  public static let window = 24
  /// Matches that a window must hold.
  public static let leastMatches = 7
  /// Width of a band of diagonals; insertions and deletions below it do not break a passage.
  public static let drift = 8
  /// A gram that stands oftener than this in the longer document is passed over.
  public static let mostPlaces = 8

  /// The share of the shorter document's places with a supported match.
  public var ofShorter: Double
  /// The share of the longer document's places with a supported match.
  public var ofLonger: Double
}

/// Measures ``DiagonalCoverage``, with scratch memory that is used again.
public final class CoverageMeter {
  private let matcher = GramMatcher()
  private var longer = 0

  /// Makes a meter for one worker.
  public init() {}

  /// Takes the longer document of the pairs to come.
  ///
  /// - Parameter features: its features in order; copied.
  public func prepare(longer features: UnsafeBufferPointer<UInt64>) {
    longer = features.count
    unsafe matcher.prepare(longer: features)
  }

  /// Measures a pair.
  ///
  /// - Parameter shorter: the features of the shorter document in order.
  /// - Returns: both shares; 0 where either document is empty.
  /// - Complexity: O(n) expected, with at most ``DiagonalCoverage/mostPlaces`` matches a place.
  public func measure(shorter: UnsafeBufferPointer<UInt64>) -> DiagonalCoverage {
    let supported = unsafe matcher.supported(
      shorter: shorter,
      mostPlaces: DiagonalCoverage.mostPlaces,
      drift: DiagonalCoverage.drift,
      window: DiagonalCoverage.window,
      least: DiagonalCoverage.leastMatches
    )
    return DiagonalCoverage(
      ofShorter: Double(supported.shorter) / Double(max(1, shorter.count)),
      ofLonger: Double(supported.longer) / Double(max(1, longer))
    )
  }
}
