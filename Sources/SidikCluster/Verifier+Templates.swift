internal import SidikPassages

extension Verifier {
  /// Makes a compared pair a template where its slots say so; `known` is how much of it is covered,
  /// where that was measured.
  func judgeSlots(_ scores: inout PairScores, _ a: Int, _ b: Int, _ known: PassageCoverage?) {
    guard let template = rule.template, scores.jaccard < template.belowJaccard else { return }
    if scores.level == nil, scores.coverage == nil {
      scores.coverage = (known ?? coverage(a, b)).ofShorter
    }
    let isCopy = scores.jaccard >= rule.copyJaccard
    if isTemplate(a, b, scores.coverage, isCopy: isCopy) { scores.level = .template }
  }

  /// The share of the shorter of two nodes that passages must cover for the pair to be an edge.
  func leastCoverage(_ a: Int, _ b: Int) -> Double {
    let least = min(rule.coverage, rule.related ?? 1)
    guard let templates, min(scalars(a), scalars(b)) >= rule.strictBelow else { return least }
    let (longer, shorter) = isLonger(a, than: b) ? (a, b) : (b, a)
    return min(least, templates.leastCoverage(longer: longer, shorter: shorter) ?? 1)
  }

  /// Whether two nodes are one frame with other slots.
  ///
  /// - Parameters:
  ///   - a: a node.
  ///   - b: another node.
  ///   - coverage: the share of the shorter in shared passages; nil where they are alike enough
  ///     without.
  ///   - isCopy: whether they are copies but for their slots.
  /// - Returns: whether they are a template.
  func isTemplate(_ a: Int, _ b: Int, _ coverage: Double?, isCopy: Bool = false) -> Bool {
    guard let templates, min(scalars(a), scalars(b)) >= rule.strictBelow else { return false }
    let (longer, shorter) = isLonger(a, than: b) ? (a, b) : (b, a)
    return templates.isTemplate(
      TemplatePair(longer: longer, shorter: shorter, isCopy: isCopy, coverage: coverage)
    )
  }

  /// Where a template's texts differ.
  ///
  /// - Parameters:
  ///   - a: the first node.
  ///   - b: the second node.
  ///   - most: slots wanted, at most.
  /// - Returns: what stands in the first and in the second, in order.
  func slots(_ a: Int, _ b: Int, most: Int) -> [(first: String, second: String)] {
    guard let templates else { return [] }
    if isLonger(a, than: b) {
      return templates.slots(longer: a, shorter: b, most: most).map { ($0.longer, $0.shorter) }
    }
    return templates.slots(longer: b, shorter: a, most: most).map { ($0.shorter, $0.longer) }
  }
}
