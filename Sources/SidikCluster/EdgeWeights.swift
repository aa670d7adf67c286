/// How strong an edge is: the only place where that is decided.
///
/// Both numbers are rounded to the four decimals that the edges file holds, so that clustering
/// again from the file sees what the run saw.
struct EdgeWeights: Sendable {
  private let rule: VerificationRule
  private let table: DocumentTable
  private let nodes: Nodes

  init(_ rule: VerificationRule, _ table: DocumentTable, _ nodes: Nodes) {
    self.rule = rule
    self.table = table
    self.nodes = nodes
  }

  /// What a threshold is compared with: Jaccard similarity or, where the rule has it, the weighted
  /// containment, whichever is larger.
  func strength(_ scores: PairScores) -> Double {
    if rule.containment == nil { return Self.rounded(scores.jaccard) }
    return Self.rounded(max(scores.jaccard, min(1, scores.weighted)))
  }

  /// How strongly an edge joins two groups.
  ///
  /// Its strength, less where one document is much the longer, since a digest contains many
  /// strangers. Templates and related texts join nothing.
  func weight(_ scores: PairScores, _ a: Int, _ b: Int) -> Double {
    if let level = scores.level, !level.joins { return 0 }
    if rule.containment == nil { return Self.rounded(scores.jaccard) }
    let lengths = [a, b].map { Double(table.rows[nodes.first($0)].scalars) }
    let ratio = (lengths.min() ?? 0) / max(1, lengths.max() ?? 1)
    return Self.rounded(max(scores.jaccard, min(1, scores.weighted)) * (0.4 + 0.6 * ratio))
  }

  /// The number that four decimals hold; reading them back gives the same number.
  static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
