internal import SidikCluster
internal import SidikEvaluation
internal import SidikFormats

/// The parts that several outputs have in common.
extension JSONWriter {
  /// The scores of a pair.
  mutating func append(_ scores: PairScores) {
    member("jaccard", scores.jaccard, decimals: 4)
    numbers(
      "containment",
      [scores.containmentOfFirst, scores.containmentOfSecond],
      decimals: 4
    )
    if let coverage = scores.coverage { member("coverage", coverage, decimals: 4) }
  }

  /// Where a document comes from: only members that have a value are written.
  mutating func append(originOf document: Int, _ documents: DocumentTable) {
    if let source = documents.source(document) { member("source", source) }
    if let author = documents.author(document) { member("author", author) }
    if let time = documents.time(document) { member("time", time) }
  }

  /// What is known of a document besides its text, likewise.
  mutating func append(circumstancesOf document: Int, _ documents: DocumentTable) {
    append(originOf: document, documents)
    let repeats = documents.rows[document].repeats
    if repeats > 0 { member("repeats", Double(repeats), decimals: 4) }
  }

  /// Decimals of scores that other programs compute with.
  static let scoreDecimals = 6

  /// Estimates, each as an object under its name.
  mutating func append(_ estimates: [Estimate], decimals: Int = scoreDecimals) {
    for estimate in estimates {
      object(estimate.name) { $0.append(estimate, decimals: decimals) }
    }
  }

  /// The members of an estimate.
  mutating func append(_ estimate: Estimate, decimals: Int = scoreDecimals) {
    member("value", estimate.value, decimals: decimals)
    member("low", estimate.low, decimals: decimals)
    member("high", estimate.high, decimals: decimals)
  }
}
