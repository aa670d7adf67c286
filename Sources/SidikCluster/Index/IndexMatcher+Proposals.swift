public import SidikStore

extension IndexMatcher {
  /// All that sketches propose for a text, unverified, the most similar first.
  ///
  /// - Parameters:
  ///   - text: what is asked for.
  ///   - snapshot: the index.
  ///   - times: documents of other times are passed over; nil takes all.
  ///   - most: candidates wanted, at most.
  /// - Returns: candidates by estimated similarity, then in the order of adding; none has a level.
  /// - Throws: ``SidikError`` where the index is damaged.
  /// - Complexity: O(keys * segments).
  public func proposals(
    _ text: SketchedText,
    in snapshot: IndexSnapshot,
    times: ClosedRange<Int64>? = nil,
    most: Int = .max
  ) throws -> [IndexMatch] {
    let candidates = try candidates(text, in: snapshot, times: times)
    let findings = candidates.map { candidate in
      Finding(
        candidate: candidate,
        similarity: candidate.hasEqualDigest
          ? 1 : SignatureBits.jaccard(agreeing: candidate.agreeing)
      )
    }
    let order = findings.indices.sorted { a, b in
      let (x, y) = (findings[a].similarity, findings[b].similarity)
      return x != y ? x > y : candidates[a].place < candidates[b].place
    }
    return try order.prefix(most).map { try match(findings[$0], snapshot) }
  }
}
