/// When a compared pair is an edge, and of which level.
///
/// Thresholds come from the experiments described in `Documentation/Guides/Clustering.md`;
/// each is a property of a profile, not of a data set.
public struct VerificationRule: Sendable, Hashable {
  /// Pairs at or above this Jaccard similarity are edges.
  public var jaccard: Double
  /// Pairs at or above this weighted containment are edges too; nil turns containment off.
  public var containment: Double?
  /// A pair by containment shares at least this many features.
  public var leastShared: Int
  /// Below this Jaccard similarity, containment counts only with order.
  public var orderedBelow: Double
  /// The share of the shorter document's places that must lie in shared passages then.
  public var coverage: Double
  /// Jaccard similarity from which an edge is a copy.
  public var copyJaccard: Double
  /// Coverage both ways from which an edge is a copy.
  public var copyCoverage: Double
  /// An edge whose shorter document has less than this share of the longer one's features,
  /// and stands in it, is an excerpt.
  public var excerptRatio: Double
  /// Texts of fewer characters must be equal after normalisation.
  public var exactBelow: Int
  /// Texts of fewer characters must reach ``strictJaccard``.
  public var strictBelow: Int
  /// Jaccard similarity that short texts must reach.
  public var strictJaccard: Double

  /// The rule of articles and chats: Jaccard, or containment in order.
  public static let containing = VerificationRule(
    jaccard: 0.7,
    containment: 0.6,
    leastShared: 12,
    orderedBelow: 0.7,
    coverage: 0.6,
    copyJaccard: 0.7,
    copyCoverage: 0.9,
    excerptRatio: 0.67,
    exactBelow: 20,
    strictBelow: 40,
    strictJaccard: 0.8
  )

  /// The rule of training corpora: Jaccard only.
  public static let jaccardOnly = VerificationRule(
    jaccard: 0.7,
    containment: nil,
    leastShared: 1,
    orderedBelow: 0,
    coverage: 0,
    copyJaccard: 0.7,
    copyCoverage: 0.9,
    excerptRatio: 0,
    exactBelow: 0,
    strictBelow: 0,
    strictJaccard: 0.7
  )

  /// The stable name, part of the parameter fingerprint.
  public var name: String {
    "j\(jaccard)c\(containment ?? 0)s\(leastShared)o\(orderedBelow)v\(coverage)"
      + "k\(copyJaccard)q\(copyCoverage)r\(excerptRatio)x\(exactBelow)t\(strictBelow)"
      + "u\(strictJaccard)"
  }
}
