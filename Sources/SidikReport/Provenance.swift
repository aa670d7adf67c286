public import SidikCluster
internal import SidikCore

/// What made an output: the tool's version and the fingerprint of the parameters.
public struct Provenance: Sendable, Hashable {
  /// `0.1.0/5a1c…`: outputs with another value do not compare.
  public let stamp: String
  /// All parameters, in one line.
  public let parameters: String

  /// The provenance of a run.
  public init(_ configuration: PipelineConfiguration) {
    stamp = SidikVersion.current + "/" + Hexadecimal.string(configuration.fingerprint)
    parameters = configuration.parameters
  }

  /// The provenance of passages.
  public init(_ configuration: SpanConfiguration) {
    stamp = SidikVersion.current + "/" + Hexadecimal.string(configuration.fingerprint)
    parameters = configuration.parameters
  }

  /// The provenance of families made from saved edges.
  public init(_ basis: ClusteringBasis) {
    stamp = SidikVersion.current + "/" + Hexadecimal.string(basis.fingerprint)
    parameters = basis.parameters
  }
}
