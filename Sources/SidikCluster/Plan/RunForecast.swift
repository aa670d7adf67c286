internal import SidikIndex

/// What a run would take, forecast from a sample of its documents.
///
/// Documents and bytes grow with the input. Pairs grow between linearly and with the square: a copy
/// may have its original in the sample or not. So pairs and what depends on them are ranges.
public struct RunForecast: Sendable {
  /// What was measured.
  public struct Sample: Sendable {
    /// Documents that were read.
    public var documents: Int
    /// Bytes of their texts.
    public var textBytes: Int
    /// How much of the input they are, 0...1.
    public var share: Double
    /// CPU seconds of reading and sketching.
    public var sketching: Double
    /// CPU seconds of all stages after that.
    public var pairing: Double
    /// What the run of the sample met.
    public var statistics: RunStatistics
  }

  /// What was measured.
  public var sample: Sample
  /// Documents of the whole input.
  public var documents: Int
  /// Bytes of their texts.
  public var textBytes: Int
  /// Pairs that sketches propose.
  public var candidates: ClosedRange<Int>
  /// Documents in the largest bucket of a band.
  public var largestBucket: Int
  /// Buckets that are too large for all their pairs.
  public var largeBuckets: Int
  /// CPU seconds of all stages.
  public var seconds: ClosedRange<Double>
  /// Peak memory without a limit, in bytes.
  public var memory: ClosedRange<Int>
  /// The least limit that the run fits in, in bytes.
  public var leastMemory: Int
  /// Bytes of temporary files without a limit: the texts.
  public var disk: Int { textBytes }
  /// Bytes of temporary files with a limit.
  public var boundedDisk: ClosedRange<Int>

  /// Pairs of a document at most: what buckets give in all bands, for corpora seen so far.
  static let mostPairs = 24
  /// Bytes that a pair takes in a run without a limit, edges and families included.
  private static let bytesPerPair = 110
  /// Bytes of a row of the signature matrix.
  private static let signatureBytes = 512
  /// Bytes that a sampled feature takes while postings are made.
  private static let bytesPerSample = 26
  /// Bytes of it in temporary files: itself, the list of who shares it, and lists cut for blocks.
  private static let diskPerSample = 8 + 4 + 12

  /// Forecasts a run.
  ///
  /// - Parameters:
  ///   - sample: what was measured; of at least one document.
  ///   - profile: the parameters of the run.
  ///   - known: how many documents there are, where that is known; else the share says it.
  public init(_ sample: Sample, _ profile: Profile, documents known: Int? = nil) {
    self.sample = sample
    (memory, boundedDisk, leastMemory) = (0...0, 0...0, 0)
    let count = max(1, sample.documents)
    let growth =
      known.map { Double($0) / Double(count) } ?? 1 / max(1e-9, sample.share)
    documents = known ?? Int((Double(count) * growth).rounded())
    textBytes = Int(Double(sample.textBytes) * growth)
    let numbers = sample.statistics
    let proposed = numbers.banding.proposed + numbers.postings.proposed
    let least = Int(Double(proposed) * growth)
    let most = min(Double(proposed) * growth * growth, Double(documents * Self.mostPairs))
    candidates = least...max(least, Int(most))
    largestBucket = Int(Double(numbers.banding.largestBucket) * growth)
    largeBuckets = Int(Double(numbers.banding.largeBuckets) * growth)
    let more = Double(candidates.upperBound) / Double(max(1, least))
    let (sketching, pairing) = (sample.sketching * growth, sample.pairing * growth)
    seconds = sketching + pairing...sketching + pairing * more
    let samples = Int(Double(numbers.postings.samples) * growth)
    let resident =
      documents * (MemoryLimit.bytesPerDocument + Self.signatureBytes)
      + samples * Self.bytesPerSample
    memory = range(from: MemoryLimit.overhead + min(textBytes, 256 << 20) + resident)
    leastMemory = MemoryLimit.least(documents: documents, profile)
    let keys = profile.bands.bands * 8
    boundedDisk = range(
      from: textBytes + documents * (Self.signatureBytes + keys + 16) + samples * Self.diskPerSample
    )
    // Texts and signatures of documents in pairs are written once more.
    let paired = Double(numbers.clustered) / Double(count)
    let gathered = Double(textBytes + documents * Self.signatureBytes)
    boundedDisk =
      boundedDisk.lowerBound + Int(paired * gathered)...boundedDisk.upperBound
      + Int(min(1, paired * more) * gathered)
  }

  /// Bytes with those of the pairs.
  private func range(from bytes: Int) -> ClosedRange<Int> {
    let pairs = (candidates.lowerBound, candidates.upperBound)
    return bytes + pairs.0 * Self.bytesPerPair...bytes + pairs.1 * Self.bytesPerPair
  }
}
