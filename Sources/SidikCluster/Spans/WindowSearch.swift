internal import SidikPassages

/// Runs the phases of a search for equal runs of words on several threads.
struct WindowSearch {
  let words: WordTexts
  let threads: Int
  /// Used again by every search, one at a time.
  let memory: KeyedMemory

  /// Finds equal runs of `width` words.
  func run(
    width: Int,
    scope: PassageScope,
    counts: Bool = false,
    among shorter: RepeatedPlaces? = nil
  ) async throws -> RepeatedWindows {
    let windows = RepeatedWindows(
      words,
      width: width,
      scope: scope,
      counts: counts,
      among: shorter,
      memory: memory
    )
    _ = try await Parallel.search(windows, threads: threads)
    windows.finish()
    return windows
  }

  /// The passages that stand in at least so many places, where they stand first.
  func commonPassages(
    width: Int,
    scope: PassageScope,
    least: Int
  ) async throws -> [CommonPassages.Found] {
    let windows = try await run(width: width, scope: scope, counts: true)
    let words = words
    let parts = words.parts(ofWords: 1 << 17)
    let found = try await Parallel.map(parts: parts.count, threads: threads, makeWorker: {}) {
      (_: Void, part) in
      let search = CommonPassages(words, windows)
      return parts[part].flatMap { search.find($0, least: least) }
    }
    return Array(found.joined())
  }

  /// The passages of at least so many words in a row that stand twice, in order of the later place.
  ///
  /// - Parameters:
  ///   - width: words.
  ///   - scope: which places belong together.
  ///   - shorter: where shorter runs stand twice, if that is known.
  /// - Returns: the passages.
  /// - Throws: where the task is cancelled.
  func exactPassages(
    width: Int,
    scope: PassageScope,
    among shorter: RepeatedPlaces? = nil
  ) async throws -> [Passage] {
    let windows = try await run(width: width, scope: scope, among: shorter)
    let words = words
    let parts = words.parts(ofWords: 1 << 17)
    let found = try await Parallel.map(parts: parts.count, threads: threads, makeWorker: {}) {
      (_: Void, part) in
      let search = ExactPassages(words, windows)
      var found: [Passage] = []
      for document in parts[part] {
        let start = words.starts[document]
        search.find(document) { place, other, length in
          let second = words.document(at: other)
          let otherStart = other - words.starts[second]
          let own = Passage.Place(document: document, words: place - start..<place - start + length)
          let far = Passage.Place(document: second, words: otherStart..<otherStart + length)
          let isOrdered = (far.document, otherStart) < (document, place - start)
          found.append(
            Passage(
              earlier: isOrdered ? far : own,
              later: isOrdered ? own : far,
              score: 1,
              isExact: true
            )
          )
        }
      }
      return found
    }
    return Array(found.joined())
  }
}
