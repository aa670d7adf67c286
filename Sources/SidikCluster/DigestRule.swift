/// Finds digests: documents that quote several stories, and so belong to none of them.
///
/// A round-up of the day contains four reports, each of which stands in it whole. Those edges are
/// true, and stay in the output as excerpts, but must not join the stories. A document is a digest
/// where its shorter neighbours stand in disjoint parts of it and belong to different groups when
/// the document itself is left out of account: three of them, or two that each have another
/// document besides. Two single excerpts of one report look the same as two single reports in a
/// digest; they are taken for excerpts.
struct DigestRule {
  /// Parts that overlap by more than this share of the smaller one are one part.
  static let overlap = 0.5

  /// The least average weight at which groups merge while digests are looked for: a constant, so
  /// that saved edges can be clustered at another linkage.
  static let linkage = 0.25
  /// The length of each node, in characters.
  let lengths: [Int]

  /// What stands in one part of a document.
  private struct Part {
    var range: ClosedRange<Double>
    var groups: Set<Int>
  }

  /// Takes the weight from edges between digests and what they quote.
  ///
  /// - Parameter edges: verified edges between nodes.
  /// - Returns: the digests, ascending.
  /// - Complexity: that of clustering, and O(d log d) for a document with d shorter neighbours.
  func apply(to edges: inout [NodeEdge]) -> [Int] {
    var quotes: [Int: [Int]] = [:]
    for (number, edge) in edges.enumerated() where isQuote(edge) {
      quotes[longer(edge), default: []].append(number)
    }
    let candidates = quotes.filter { parts(of: $0.value, edges).count > 1 }
    if candidates.isEmpty { return [] }
    let groupOf = groups(leavingOut: candidates, edges)
    var sizes: [Int: Int] = [:]
    for group in groupOf { sizes[group, default: 0] += 1 }
    let digests = candidates.keys.sorted().filter { document in
      let found = parts(of: candidates[document] ?? [], edges) { groupOf[$0] }
      return isDigest(found, own: groupOf[document], sizes)
    }
    for digest in digests {
      for number in quotes[digest] ?? [] { edges[number].weight = 0 }
    }
    return digests
  }

  private func isQuote(_ edge: NodeEdge) -> Bool {
    edge.scores.level == .excerpt && edge.scores.core != nil
  }

  private func longer(_ edge: NodeEdge) -> Int {
    (lengths[edge.a], edge.b) > (lengths[edge.b], edge.a) ? edge.a : edge.b
  }

  /// The disjoint parts of a document in which its shorter neighbours stand.
  private func parts(
    of quotes: [Int],
    _ edges: [NodeEdge],
    groupOf: (Int) -> Int = { $0 }
  ) -> [Part] {
    var parts: [Part] = []
    let placed = quotes.compactMap { number -> Part? in
      let edge = edges[number]
      let quoted = longer(edge) == edge.a ? edge.b : edge.a
      return edge.scores.core.map { Part(range: $0, groups: [groupOf(quoted)]) }
    }
    for part in placed.sorted(by: {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }) {
      guard var last = parts.last, overlaps(last.range, part.range) else {
        parts.append(part)
        continue
      }
      last.range = last.range.lowerBound...max(last.range.upperBound, part.range.upperBound)
      last.groups.formUnion(part.groups)
      parts[parts.count - 1] = last
    }
    return parts
  }

  private func overlaps(_ first: ClosedRange<Double>, _ second: ClosedRange<Double>) -> Bool {
    let shared =
      min(first.upperBound, second.upperBound) - max(first.lowerBound, second.lowerBound)
    let smaller =
      min(first.upperBound - first.lowerBound, second.upperBound - second.lowerBound)
    return shared > Self.overlap * smaller
  }

  /// For each node its group, when candidates do not join what they quote.
  private func groups(leavingOut candidates: [Int: [Int]], _ edges: [NodeEdge]) -> [Int] {
    let kept = edges.filter { !(isQuote($0) && candidates[longer($0)] != nil) }
    let groups = Clusterer(linkage: Self.linkage)
      .cluster(nodeCount: lengths.count, edges: kept.map(\.weighted))
    var groupOf = Array(lengths.indices)
    for group in groups { for node in group { groupOf[node] = group[0] } }
    return groupOf
  }

  /// Whether parts tell of different stories, those of the document's own group aside.
  private func isDigest(_ parts: [Part], own: Int, _ sizes: [Int: Int]) -> Bool {
    var stories: [Set<Int>] = []
    for part in parts where !part.groups.contains(own) {
      var story = part.groups
      stories.removeAll { other in
        if story.isDisjoint(with: other) { return false }
        story.formUnion(other)
        return true
      }
      stories.append(story)
    }
    let known = stories.count { story in story.contains { (sizes[$0] ?? 1) > 1 } }
    return stories.count > 2 || known > 1
  }
}
