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
  func run(_ leads: DocumentLists<PassageLead>) async throws -> [Passage] {
    let weights = WordWeights(words, memory: memory)
    if scope == .within { return try await passages(leads, nil, weights) }
    let isKnown = Self.places(of: leads, count: words.words.count)
    let pairs = try await pairLeads(weights, isKnown: isKnown)
    return try await passages(leads, pairs, weights)
  }

  /// Leads of equal runs of words.
  func leads(_ runs: RepeatedWindows) async throws -> DocumentLists<PassageLead> {
    let words = words
    let parts = words.parts(ofWords: 1 << 17)
    let found = try await Parallel.map(parts: parts.count, threads: threads, makeWorker: {}) {
      (_: Void, part) in
      let search = ExactPassages(words, runs)
      var leads = DocumentLists<PassageLead>()
      for document in parts[part] {
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
        leads.endDocument()
      }
      return leads
    }
    var all = DocumentLists<PassageLead>()
    for leads in found { all.append(contentsOf: leads) }
    return all
  }

  /// The places that leads of runs cover.
  private static func places(of leads: DocumentLists<PassageLead>, count: Int) -> [Bool] {
    var isKnown = [Bool](repeating: false, count: count)
    for lead in leads.elements {
      for offset in 0..<lead.length {
        isKnown[lead.place + offset] = true
        isKnown[lead.other + offset] = true
      }
    }
    return isKnown
  }

  /// Leads of pairs of rare words.
  private func pairLeads(
    _ weights: WordWeights,
    isKnown: [Bool]
  ) async throws -> DocumentLists<PassageLead> {
    let pairs = RareWordPairs(words, weights, isKnown: isKnown, rule, memory: memory)
    let found = try await Parallel.search(pairs, threads: threads)
    return DocumentLists(
      found.joined(),
      of: words.count,
      home: { Int($0.document) },
      element: \.lead
    )
  }

  private func passages(
    _ runs: DocumentLists<PassageLead>,
    _ pairs: DocumentLists<PassageLead>?,
    _ weights: WordWeights
  ) async throws -> [Passage] {
    let (words, rule) = (words, rule)
    let parts = words.parts(ofWords: 1 << 15)
    let found = try await Parallel.map(
      parts: parts.count,
      threads: threads,
      makeWorker: { NearPassages(words, weights, rule) }
    ) { search, part in
      var leads: [PassageLead] = []
      return parts[part].flatMap { document -> [Passage] in
        leads.removeAll(keepingCapacity: true)
        leads += runs[document]
        if let pairs { leads += pairs[document] }
        return leads.isEmpty ? [] : search.find(document, &leads)
      }
    }
    return Array(found.joined())
  }
}
