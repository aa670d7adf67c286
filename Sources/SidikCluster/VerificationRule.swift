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
  /// And this share of the shorter document stands in shared passages.
  public var coverage: Double
  /// Jaccard similarity from which an edge is a copy.
  public var copyJaccard: Double
  /// Coverage both ways from which an edge is a copy.
  public var copyCoverage: Double
  /// An edge by containment of whose longer document less than this share stands in shared
  /// passages is an excerpt.
  public var excerptCoverage: Double
  /// Texts of fewer characters must be equal after normalisation.
  public var exactBelow: Int
  /// Texts of fewer characters must reach ``strictJaccard``.
  public var strictBelow: Int
  /// Jaccard similarity that short texts must reach.
  public var strictJaccard: Double
  /// The mean weight from which a short text that stands word for word in a longer one is its excerpt.
  ///
  /// Natural logarithm of documents by documents with the feature; nil: never.
  public var verbatimRarity: Double?
  /// When a pair is a template instead; nil finds none.
  public var template: TemplateRule?
  /// The share of the shorter text in shared passages from which separate texts are related; nil
  /// keeps no such pairs.
  public var related: Double?

  /// The share that ``related`` asks for where it is wanted.
  public static let relatedCoverage = 0.1

  /// The rule of articles and chats: Jaccard, or containment in order.
  public static let containing = VerificationRule(
    jaccard: 0.7,
    containment: 0.4,
    leastShared: 12,
    coverage: 0.7,
    copyJaccard: 0.7,
    copyCoverage: 0.9,
    excerptCoverage: 0.6,
    exactBelow: 20,
    strictBelow: 40,
    strictJaccard: 0.8,
    verbatimRarity: 3.5,
    template: .slots
  )

  /// The rule of training corpora: Jaccard only.
  public static let jaccardOnly = VerificationRule(
    jaccard: 0.7,
    containment: nil,
    leastShared: 1,
    coverage: 0,
    copyJaccard: 0.7,
    copyCoverage: 0.9,
    excerptCoverage: 0,
    exactBelow: 0,
    strictBelow: 0,
    strictJaccard: 0.7,
    verbatimRarity: nil,
    template: nil
  )

  /// No edge that joins is weaker than this (``Edge/strength``).
  public var leastStrength: Double { min(jaccard, containment ?? jaccard) }

  /// The stable name, part of the parameter fingerprint.
  public var name: String {
    "j\(jaccard)c\(containment ?? 0)s\(leastShared)v\(coverage)"
      + "k\(copyJaccard)q\(copyCoverage)r\(excerptCoverage)x\(exactBelow)t\(strictBelow)"
      + "u\(strictJaccard)w\(verbatimRarity ?? 0)" + (template.map { "p" + $0.name } ?? "")
      + (related.map { "g\($0)" } ?? "")
  }
}
