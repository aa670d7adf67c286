@_spi(Kernels) internal import SidikCore

/// What the set of a node's features comes to.
struct NodeSize: Sendable, Hashable {
  /// How many distinct features; negative where it is not known.
  var distinct: Int32 = -1
  /// Whether most characters are of scripts of syllables or words (CJK, Hangul).
  var isDense = false
  /// The sum of their weights.
  var mass: UInt64 = 0

  /// Whether it was measured.
  var isKnown: Bool { distinct >= 0 }

  /// A size that is not known yet.
  init() {}

  /// Measures the features of a text.
  ///
  /// - Parameters:
  ///   - features: in any order, repeats included.
  ///   - text: the normalised text they are of.
  ///   - weights: what each weighs; nil weighs nothing.
  ///   - census: counts them.
  init(
    _ features: UnsafeBufferPointer<UInt64>,
    _ text: UnsafeBufferPointer<UInt8>,
    _ weights: GramWeights?,
    _ census: GramCensus
  ) {
    let counted = unsafe census.count(features, weights)
    unsafe self.init(distinct: counted.distinct, text)
    mass = counted.weight
  }

  /// A size without weights.
  ///
  /// - Parameters:
  ///   - distinct: distinct features of the text.
  ///   - text: the normalised text.
  init(distinct: Int, _ text: UnsafeBufferPointer<UInt8>) {
    self.distinct = Int32(distinct)
    isDense = unsafe 6 * DenseScripts.leads(in: text) > text.count
  }

  /// Measures the nodes of pairs, each once, on all threads.
  ///
  /// - Parameters:
  ///   - pairs: packed pairs.
  ///   - corpus: the sketched documents.
  ///   - nodes: their distinct texts.
  ///   - configuration: unit, keys, threads.
  ///   - weights: what each feature weighs; nil weighs nothing.
  /// - Returns: for each node its size; not known where it is in no pair.
  /// - Throws: what ends the task.
  static func measure(
    _ pairs: [UInt64],
    _ corpus: Corpus,
    _ nodes: Nodes,
    _ configuration: PipelineConfiguration,
    _ weights: GramWeights?
  ) async throws -> [NodeSize] {
    let list = nodes.members(of: pairs)
    let parts = Parallel.ranges(list.count, size: 1024)
    let found = try await Parallel.map(
      parts: parts.count,
      threads: configuration.threads,
      makeWorker: {
        (
          FeatureExtractor(unit: configuration.profile.unit, keys: configuration.keys),
          GramCensus(),
          TextReader(corpus)
        )
      }
    ) { tools, part in
      tools.2.prefetch(list[parts[part]].lazy.map { nodes.first($0) })
      return list[parts[part]].map { node in
        let text = unsafe tools.2.text(nodes.first(node))
        return unsafe NodeSize(tools.0.sequence(text), text, weights, tools.1)
      }
    }
    var sizes = [NodeSize](repeating: NodeSize(), count: nodes.count)
    for (node, size) in zip(list, found.joined()) { sizes[node] = size }
    return sizes
  }
}
