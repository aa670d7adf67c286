public import SidikCore
internal import SidikIndex
internal import SidikStore

/// Finds which documents of shards are to be compared, from their signatures alone.
///
/// Texts are neither read nor unpacked, so a machine that groups needs a third of the bytes of the
/// shards. What is written is a function of the documents: it does not depend on how they were
/// split, or in which order shards are given.
public struct GroupWriter: Sendable {
  private static let pairsPerFrame = 1 << 20

  private let configuration: PipelineConfiguration

  /// Prepares a run.
  ///
  /// - Parameter configuration: profile, keys, threads and limit.
  /// - Throws: ``SidikError`` of code `usage` where pairs depend on more than signatures.
  public init(_ configuration: PipelineConfiguration) throws(SidikError) {
    guard configuration.profile.boilerplate == .none else {
      throw SidikError(
        .usage,
        "the profile \(configuration.profile.name) cuts boilerplate from texts before it groups "
          + "them; take --profile corpus, or --boilerplate none here and in cluster"
      )
    }
    self.configuration = configuration
  }

  /// What a run has found.
  public struct Answer: Sendable, Hashable {
    /// Documents of all shards.
    public var documents = 0
    /// Their distinct texts, by their digests.
    public var texts = 0
    /// Pairs of texts that are to be compared.
    public var pairs = 0
    /// Groups of texts that pairs join, directly or by others.
    public var groups = 0
    /// Texts of the largest one.
    public var largest = 0
  }

  /// Reads shards and writes their groups.
  ///
  /// - Parameters:
  ///   - paths: all shards of a run, in any order.
  ///   - write: takes the bytes of the file, in order.
  /// - Returns: what was found.
  /// - Throws: ``SidikError`` where a shard cannot be read, or what `write` throws.
  /// - Complexity: O(bands * n log n) time; O(n) memory beside the signatures, which have a limit.
  public func run(_ paths: [String], write: ([UInt8]) throws -> Void) async throws -> Answer {
    let source = ShardSource(paths, configuration, readsTexts: false)
    let corpus = try await SketchStage(configuration: configuration).run(source).corpus
    configuration.progress(PipelineProgress(stage: .candidates, done: 0, total: nil))
    let nodes = Nodes(corpus, comparesTexts: false)
    let banding = LSHBanding(
      shape: configuration.profile.bands,
      threshold: configuration.profile.threshold
    )
    try write(ShardFrames.header(.groups, configuration.groupParameters))
    let basis = GroupBasis(banding, corpus.documents, nodes)
    try write(ShardFrames.frame(ShardFrames.basis, basis.encoded))
    var answer = Answer(documents: corpus.documents.count, texts: nodes.count)
    var sets = UnionFind(nodes.count)
    let compressor = try TextCompressor()
    let stages = PairStages(configuration: configuration, corpus: corpus, nodes: nodes)
    let met = try await stages.met((0..<nodes.count).map { nodes.first($0) }) { found in
      answer.pairs += found.pairs.count
      for pair in found.pairs {
        let (a, b) = CandidatePairs.unpack(pair)
        sets.join(a, b)
      }
      for part in Parallel.ranges(found.pairs.count, size: Self.pairsPerFrame) {
        let payload = try found.encoded(part, compressor)
        try write(ShardFrames.frame(ShardFrames.chunk, payload))
      }
      try Task.checkCancellation()
    }
    let end = GroupEnd(pairs: answer.pairs, met.statistics, crowded: met.crowded)
    try write(ShardFrames.frame(ShardFrames.end, end.encoded))
    (answer.groups, answer.largest) = Self.groups(&sets, nodes.count)
    return answer
  }

  /// How many sets have two nodes or more, and the size of the largest.
  private static func groups(_ sets: inout UnionFind, _ count: Int) -> (groups: Int, largest: Int) {
    var sizes = [UInt32](repeating: 0, count: count)
    for node in 0..<count { sizes[sets.root(node)] += 1 }
    let largest = Int(sizes.max() ?? 0)
    return (sizes.count { $0 > 1 }, largest > 1 ? largest : 0)
  }
}

extension PipelineConfiguration {
  /// What decides the pairs of groups beside bands and threshold, which the file says.
  var groupParameters: String { "sidik-groups:1;" + signatureParameters }
}
