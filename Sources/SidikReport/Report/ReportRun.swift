public import SidikCluster
public import SidikCore

/// The languages a report can begin in; the page has a switch for the other.
public enum ReportLanguage: String, Sendable, Hashable, CaseIterable {
  /// English.
  case en
  /// Indonesian.
  case id
}

/// What a report says of the run that it shows.
public struct ReportRun: Sendable, Hashable {
  /// The version and fingerprint of the run.
  public var stamp: String
  /// All parameters in one line; empty where they are not known.
  public var parameters = ""
  /// The least strength of an edge, where it is known.
  public var threshold: Double?
  /// The average weight from which groups merged, where it is known.
  public var linkage: Double?
  /// What was folded before texts were compared, where it is known: passages are looked for under the same folds.
  public var normaliser: NormaliserOptions?
  /// Names of the inputs, for people.
  public var inputs: [String] = []
  /// Verified pairs, where they are known.
  public var edges: Int?
  /// Records set aside.
  public var quarantined = 0
  /// Documents in which nothing was left to compare.
  public var empty = 0

  /// A run of which only the stamp is known.
  public init(stamp: String) { self.stamp = stamp }

  /// A run with its parameters.
  ///
  /// - Parameters:
  ///   - basis: what its edges were made with.
  ///   - stamp: its version and fingerprint, links included.
  ///   - edges: its verified pairs.
  public init(_ basis: ClusteringBasis, stamp: String, edges: Int) {
    self.stamp = stamp
    parameters = basis.parameters
    threshold = basis.threshold
    linkage = basis.linkage
    normaliser = basis.normaliser
    self.edges = edges
  }
}
