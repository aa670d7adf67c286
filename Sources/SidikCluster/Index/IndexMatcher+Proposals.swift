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
    let estimates = candidates.map { candidate in
      candidate.hasEqualDigest ? 1 : SignatureBits.jaccard(agreeing: candidate.agreeing)
    }
    let order = candidates.indices.sorted { a, b in
      estimates[a] != estimates[b]
        ? estimates[a] > estimates[b] : candidates[a].place < candidates[b].place
    }
    return try order.prefix(most).map { number in
      let candidate = candidates[number]
      let source = try snapshot.source(candidate.place)
      return IndexMatch(
        id: String(decoding: try snapshot.id(candidate.place), as: UTF8.self),
        source: source.isEmpty ? nil : String(decoding: source, as: UTF8.self),
        time: candidate.record.hasOwnTime ? candidate.record.time : nil,
        similarity: estimates[number],
        hasEqualDigest: candidate.hasEqualDigest
      )
    }
  }
}
