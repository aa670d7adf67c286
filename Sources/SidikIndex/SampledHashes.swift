internal import SidikCore

/// Sampled features: the second source of candidates, for containment.
///
/// Each node keeps the features whose mixed hash falls below 2^64 / rate, and at least its
/// smallest few (FracMinHash and bottom-k; Irber et al. 2022, "Lightweight compositional analysis
/// of metagenomes with FracMinHash"; Broder 1997, "On the resemblance and containment of
/// documents", section 4). Shared samples estimate containment, which MinHash cannot:
/// a copy wrapped in a longer page shares nearly all samples of its own range. A feature that
/// stands in more than ``documentFrequencyCap`` nodes proposes nothing; nodes are collapsed
/// copies, so a text reposted a thousand times does not lose its own features.
///
/// Samples become ``SampleEntries``, entries of a part ``SampleLists``, and lists
/// ``SamplePostings``, which propose pairs.
public enum SampledHashes {
  /// Features in more nodes than this propose nothing.
  public static let documentFrequencyCap = 64
  /// Each node keeps at least this many samples, if it has them.
  public static let leastSamples = 64
  /// A pair must share this many samples.
  public static let leastShared = 3
  /// And this share of the samples of the node that has fewer, where both are of one length.
  public static let leastShare = 0.15
  /// That share grows by so much for every doubling of the other's length, up to ``mostShare``:
  /// a book holds many of a paragraph's features by chance.
  public static let shareOfDoubling = 0.0625
  /// No pair must share more than this.
  public static let mostShare = 0.4

  /// What the postings met, for `--stats`.
  public struct Statistics: Sendable, Hashable {
    /// Samples kept.
    public var samples = 0
    /// Features shared by more nodes than the cap.
    public var cappedFeatures = 0
    /// Pairs proposed.
    public var proposed = 0

    /// All zero.
    public init() {}
  }

  /// The samples of one node.
  ///
  /// - Parameters:
  ///   - features: in any order, repeats included.
  ///   - rate: one in `rate` features is kept.
  /// - Returns: mixed hashes, ascending, distinct.
  /// - Complexity: O(n) expected; what is sorted is little more than what is kept.
  public static func sample(_ features: UnsafeBufferPointer<UInt64>, rate: UInt64) -> [UInt64] {
    let limit = UInt64.max / rate
    // The smallest few of a short text lie below a limit that lets about twice as many through.
    let generous = UInt64.max / UInt64(max(1, features.count / (2 * leastSamples)))
    for bound in [max(limit, generous), UInt64.max] {
      var kept = unsafe FeatureSampling.below(bound, features)
      FeatureSorting.sortUnique(&kept)
      let wanted = max(leastSamples, kept.count { $0 <= limit })
      if kept.count >= wanted || bound == .max {
        kept.removeLast(max(0, kept.count - wanted))
        return kept
      }
    }
    return []
  }

  /// How many samples two nodes must share, by how many they have.
  ///
  /// - Parameters:
  ///   - shorter: samples of the node that has fewer.
  ///   - longer: samples of the other.
  /// - Returns: the least number.
  public static func leastSamples(shorter: Int, longer: Int) -> Double {
    var share = leastShare
    var length = 2 * shorter
    while length <= longer, share < mostShare {
      share += shareOfDoubling
      length *= 2
    }
    return Double(shorter) * min(share, mostShare)
  }
}
