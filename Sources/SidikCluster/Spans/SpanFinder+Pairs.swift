/// What two texts have in common.
public enum SharedWording: Sendable, Hashable {
  /// All their words, in the same order.
  case whole
  /// These passages; none where nothing was found.
  case passages([PassageSpan])
}

/// Two texts of many, by their numbers.
public struct TextPair: Sendable, Hashable {
  /// The number of the first.
  public var a: Int
  /// The number of the second.
  public var b: Int

  /// Makes a pair.
  public init(_ a: Int, _ b: Int) { (self.a, self.b) = (a, b) }
}

extension SpanFinder {
  /// Finds the passages that two texts share.
  ///
  /// - Parameters:
  ///   - a: UTF-8; broken bytes count as breaks between words.
  ///   - b: likewise.
  /// - Returns: the passages; ``PassageSpan/a`` is a place of the first text, ``PassageSpan/b`` one of
  ///   the second.
  /// - Throws: ``SidikError`` where there is no room.
  /// - Complexity: as ``run(_:)``.
  public func passages(of a: [UInt8], _ b: [UInt8]) async throws -> [PassageSpan] {
    let search = PairSearch(configuration)
    search.take(first: a)
    search.take(second: b)
    return try await search.passages()
  }

  /// Finds the passages that texts share two by two.
  ///
  /// - Parameters:
  ///   - pairs: which texts; pairs in a row with one first text read it once.
  ///   - text: gives the text of a number, from any thread.
  /// - Returns: what each pair has in common; of a text that passages were found in, ``PassageSpan/Place/document``
  ///   is 0 for the first and 1 for the second.
  /// - Throws: what `text` throws, ``SidikError`` where there is no room, or `CancellationError`.
  /// - Complexity: O(n) expected in the words of all pairs.
  public func passages(
    of pairs: [TextPair],
    text: @escaping @Sendable (Int) throws -> [UInt8]
  ) async throws -> [SharedWording] {
    let configuration = configuration
    let ranges = Parallel.ranges(pairs.count, size: 32)
    let found = try await Parallel.mapSearches(
      parts: ranges.count,
      threads: max(1, configuration.run.threads),
      makeWorker: { PairSearch(configuration) }
    ) { (search: PairSearch, part: Int) async throws -> [SharedWording] in
      var first: Int?
      var found: [SharedWording] = []
      for pair in pairs[ranges[part]] {
        if first != pair.a { search.take(first: try text(pair.a)) }
        first = pair.a
        search.take(second: try text(pair.b))
        found.append(search.areEqual ? .whole : .passages(try await search.passages()))
      }
      return found
    }
    return Array(found.joined())
  }
}
