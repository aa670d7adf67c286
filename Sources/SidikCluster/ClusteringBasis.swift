public import SidikCore

/// What edges and families were made with: what an edges file says of its run.
public struct ClusteringBasis: Sendable, Hashable {
  /// All that changed the edges, in one line.
  public var parameters: String
  /// No edge is weaker than this (``Edge/strength``).
  public var threshold: Double
  /// The least average weight at which two groups merge.
  public var linkage: Double

  /// Makes a basis.
  public init(parameters: String, threshold: Double, linkage: Double) {
    self.parameters = parameters
    self.threshold = threshold
    self.linkage = linkage
  }

  /// That of a run on texts.
  public init(_ configuration: PipelineConfiguration) {
    self.init(
      parameters: configuration.textParameters,
      threshold: EdgeWeights.rounded(configuration.profile.rule.leastStrength),
      linkage: configuration.profile.linkage
    )
  }

  /// What was folded before texts were compared; nil where ``parameters`` do not say it, or it was other rules.
  public var normaliser: NormaliserOptions? {
    let prefix = "norm:"
    let part = parameters.split(separator: ";").first { $0.hasPrefix(prefix) }
    return part.flatMap { NormaliserOptions(name: String($0.dropFirst(prefix.count))) }
  }

  /// The same with links, as families have it.
  public func linked(by links: LinkList?) -> ClusteringBasis {
    var basis = self
    if let links { basis.parameters += ";links:" + links.fingerprint }
    return basis
  }

  /// 64 bits that name the parameters: outputs with different fingerprints do not compare.
  public var fingerprint: UInt64 { Self.fingerprint(of: parameters) }

  /// 64 bits that name a line of parameters.
  static func fingerprint(of parameters: String) -> UInt64 {
    unsafe Array(parameters.utf8).withUnsafeBufferPointer {
      unsafe ExactDigest($0, keys: HashKeys()).high
    }
  }
}
