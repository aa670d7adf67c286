internal import SidikPassages

extension Parallel {
  /// Runs the phases of a search over places with keys.
  ///
  /// - Returns: what the buckets give, in order.
  /// - Throws: `CancellationError`.
  static func search<Search: KeyedSearch>(
    _ search: Search,
    threads: Int
  ) async throws -> [Search.Found] {
    search.makeRoom(
      try await map(parts: search.parts, threads: threads, makeWorker: {}) { search.count($1) }
    )
    var found: [Search.Found] = []
    for round in 0..<search.rounds {
      let buckets = search.begin(round)
      _ = try await map(parts: search.parts, threads: threads, makeWorker: {}) {
        search.spread($1)
      }
      found += try await map(
        parts: buckets.count,
        threads: threads,
        makeWorker: { Search.makeTable() }
      ) { table, bucket in search.resolve(buckets.lowerBound + bucket, table) }
    }
    return found
  }
}
