internal import SidikCore
public import SidikIndex
internal import SidikStore

/// Pairs that ``GroupWriter`` has proposed, for a run over the same shards.
///
/// A run with them answers what a run without them answers that has the same bands.
public struct GroupFile: Sendable {
  private let path: String
  private let parameters: String
  private let basis: GroupBasis

  /// The shape of the bands that proposed them.
  public var shape: BandParameters { basis.shape }

  /// Opens a file and reads what it is of.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - configuration: the run that it is for.
  /// - Throws: ``SidikError`` where it cannot be read, is damaged, or was made for other signatures
  ///   or a higher threshold.
  public init(_ path: String, _ configuration: PipelineConfiguration) throws {
    let parameters = configuration.groupParameters
    guard configuration.profile.boilerplate == .none else {
      throw SidikError(
        .usage,
        "groups are of whole texts: take --profile corpus, or --boilerplate none",
        file: path
      )
    }
    let file = try FrameFile(path, .groups, parameters)
    let basis = try Self.basis(file)
    let threshold = configuration.profile.threshold
    let banding = LSHBanding(shape: basis.shape, threshold: threshold)
    guard banding.leastEqualSlots >= Int(basis.leastEqualSlots) else {
      throw file.damage(
        "was made for a higher threshold than \(threshold): pairs with fewer "
          + "than \(basis.leastEqualSlots) equal slots are missing"
      )
    }
    (self.path, self.parameters, self.basis) = (path, parameters, basis)
  }

  private static func basis(_ file: FrameFile) throws -> GroupBasis {
    let head = try file.head()
    guard head.kind == ShardFrames.basis, let basis = GroupBasis(try file.payload(head)) else {
      throw file.frameDamage
    }
    return basis
  }

  /// Gives the pairs.
  ///
  /// - Parameters:
  ///   - nodes: the distinct texts of the run.
  ///   - corpus: its documents.
  ///   - least: pairs with fewer equal slots are left out.
  ///   - take: takes pairs in the order of the file.
  /// - Returns: which nodes stand in large buckets, and statistics.
  /// - Throws: ``SidikError`` where the file is damaged or of other documents, or what `take` throws.
  func read(
    _ nodes: Nodes,
    _ corpus: Corpus,
    least: Int,
    _ take: (MetPairs) throws -> Void
  ) throws -> (crowded: [Bool], statistics: LSHBanding.Statistics) {
    let file = try FrameFile(path, .groups, parameters)
    let banding = LSHBanding(shape: shape, threshold: 1)
    var own = GroupBasis(banding, corpus.documents, nodes)
    own.leastEqualSlots = basis.leastEqualSlots
    guard try Self.basis(file) == basis, own == basis else {
      throw file.damage(
        "is of other documents: \(basis.documents) with \(basis.nodes) distinct texts, not "
          + "\(own.documents) with \(own.nodes)" + (own.nodes == basis.nodes ? " others" : "")
      )
    }
    let decompressor = try TextDecompressor()
    var (count, proposed) = (0, 0)
    while true {
      let head = try file.head()
      let payload = try file.payload(head)
      if head.kind == ShardFrames.end {
        guard let end = GroupEnd(payload, nodes: nodes.count), end.pairs == count, file.isAtEnd
        else { throw file.damage("the file of groups lacks pairs") }
        var crowded = [Bool](repeating: false, count: nodes.count)
        for node in end.crowded { crowded[Int(node)] = true }
        var statistics = end.statistics
        statistics.proposed = proposed
        return (crowded, statistics)
      }
      guard head.kind == ShardFrames.chunk,
        var pairs = MetPairs(payload, nodes: nodes.count, decompressor)
      else { throw file.frameDamage }
      count += pairs.pairs.count
      if least > Int(basis.leastEqualSlots) { pairs.keep(atLeast: least) }
      proposed += pairs.pairs.count
      try take(pairs)
    }
  }
}

extension MetPairs {
  /// Drops pairs with fewer equal slots.
  fileprivate mutating func keep(atLeast least: Int) {
    let kept = pairs.indices.filter { Int(slots[$0]) >= least }
    (pairs, slots) = (kept.map { pairs[$0] }, kept.map { slots[$0] })
  }
}
