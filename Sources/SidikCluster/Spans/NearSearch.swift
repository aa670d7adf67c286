internal import SidikCore
internal import SidikPassages

/// Finds passages that were changed, on several threads.
struct NearSearch {
  let words: WordTexts
  let threads: Int
  let rule: NearRule
  let scope: PassageScope
  /// Used again by every search, one at a time.
  let memory: KeyedMemory

  /// The passages of every document with those before it, in order of the later place.
  ///
  /// - Parameter leads: what ``leads(_:)`` gave.
  /// - Returns: the passages.
  /// - Throws: where the task is cancelled.
  /// - Complexity: O(n) expected in words: a place leads to one earlier place by its run of words, and to
  ///   a few by its pairs of rare words.
  func run(_ leads: [[PassageLead]]) async throws -> [Passage] {
    let weights = WordWeights(words, memory: memory)
    let pairs =
      scope == .within
      ? [] : try await pairLeads(weights, isKnown: Self.places(of: leads, count: words.words.count))
    return try await passages(leads, pairs, weights)
  }

  /// Leads of equal runs of words, a list a document.
  func leads(_ runs: RepeatedWindows) async throws -> [[PassageLead]] {
    let words = words
    let parts = words.parts(ofWords: 1 << 17)
    let found = try await Parallel.map(parts: parts.count, threads: threads, makeWorker: {}) {
      (_: Void, part) in
      let search = ExactPassages(words, runs)
      return parts[part].map { document -> [PassageLead] in
        var leads: [PassageLead] = []
        search.find(document) { place, other, length in
          leads.append(
            PassageLead(
              document: words.document(at: other),
              place: place,
              other: other,
              length: length
            )
          )
        }
        return leads
      }
    }
    return Array(found.joined())
  }

  /// The places that leads of runs cover.
  private static func places(of leads: [[PassageLead]], count: Int) -> [Bool] {
    var isKnown = [Bool](repeating: false, count: count)
    for lead in leads.joined() {
      for offset in 0..<lead.length {
        isKnown[lead.place + offset] = true
        isKnown[lead.other + offset] = true
      }
    }
    return isKnown
  }

  /// Leads of pairs of rare words, sorted by the later document.
  private func pairLeads(_ weights: WordWeights, isKnown: [Bool]) async throws -> [PassageLead] {
    let pairs = RareWordPairs(words, weights, isKnown: isKnown, rule, memory: memory)
    let counts = try await Parallel.map(parts: pairs.parts, threads: threads, makeWorker: {}) {
      pairs.count($1)
    }
    pairs.makeRoom(counts)
    _ = try await Parallel.map(parts: pairs.parts, threads: threads, makeWorker: {}) {
      pairs.spread($1)
    }
    let found = try await Parallel.map(
      parts: pairs.buckets,
      threads: threads,
      makeWorker: { RareWordPairs.Table() }
    ) { table, bucket in pairs.resolve(bucket, table) }
    return found.joined().map {
      PassageLead(
        document: words.document(at: $0.earlier),
        place: $0.later,
        other: $0.earlier,
        length: 0
      )
    }
  }

  private func passages(
    _ runs: [[PassageLead]],
    _ pairs: [PassageLead],
    _ weights: WordWeights
  ) async throws -> [Passage] {
    let (words, rule) = (words, rule)
    // Pairs by their later document: counted, then put in place.
    var starts = [Int](repeating: 0, count: words.count + 1)
    let homes = pairs.map { words.document(at: $0.place) }
    for home in homes { starts[home + 1] += 1 }
    for document in 0..<words.count { starts[document + 1] += starts[document] }
    var next = starts
    var sorted = [PassageLead](
      repeating: PassageLead(document: 0, place: 0, other: 0, length: 0),
      count: pairs.count
    )
    for (pair, home) in zip(pairs, homes) {
      sorted[next[home]] = pair
      next[home] += 1
    }
    let (places, ends) = (sorted, starts)
    let parts = words.parts(ofWords: 1 << 15)
    let found = try await Parallel.map(
      parts: parts.count,
      threads: threads,
      makeWorker: { NearPassages(words, weights, rule) }
    ) { search, part in
      parts[part].flatMap { document -> [Passage] in
        var leads = runs[document]
        leads += places[ends[document]..<ends[document + 1]]
        return leads.isEmpty ? [] : search.find(document, &leads)
      }
    }
    return Array(found.joined())
  }
}
