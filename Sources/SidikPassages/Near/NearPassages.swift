@_spi(Kernels) internal import SidikCore

/// Makes passages of what leads from one document to those before it.
///
/// Scratch memory belongs to the object and is used again; one object serves one thread.
public final class NearPassages {
  private let texts: WordTexts
  private let rule: NearRule
  private let aligner: PassageAligner
  private let counter = SharedWords()
  private var isTaken = false

  /// Prepares for many documents.
  public init(_ texts: WordTexts, _ weights: WordWeights, _ rule: NearRule) {
    self.texts = texts
    self.rule = rule
    aligner = PassageAligner(rule, weights)
  }

  /// Leads near each other in both documents.
  private struct Region {
    var first: Range<Int>
    var second: Range<Int>
    /// Words that stand in equal runs.
    var equal: Int
    /// Pairs of rare words.
    var pairs: Int
    /// Where the last run ends, so that runs which overlap count once.
    var end: Int

    init(_ lead: PassageLead) {
      let length = max(1, lead.length)
      first = lead.place..<lead.place + length
      second = lead.other..<lead.other + length
      equal = lead.length
      pairs = lead.length == 0 ? 1 : 0
      end = lead.length == 0 ? 0 : first.upperBound
    }

    var box: PassageAligner.Box { PassageAligner.Box(first: first, second: second) }

    /// Takes in the region of a lead that begins no earlier.
    mutating func add(_ other: Region) {
      first = first.lowerBound..<max(first.upperBound, other.first.upperBound)
      second =
        min(
          second.lowerBound,
          other.second.lowerBound
        )..<max(
          second.upperBound,
          other.second.upperBound
        )
      pairs += other.pairs
      if other.equal == 0 { return }
      equal += max(0, other.end - max(end, other.first.lowerBound))
      end = max(end, other.end)
    }
  }

  /// The passages of one document with those before it.
  ///
  /// - Parameters:
  ///   - document: the later document.
  ///   - leads: what leads from it, in any order; those within the document are runs.
  /// - Returns: the passages, by earlier document and place.
  /// - Complexity: O(k log k) in leads, and O(n) in the words that are aligned.
  public func find(_ document: Int, _ leads: inout [PassageLead]) -> [Passage] {
    isTaken = false
    prefetch(leads)
    leads.sort()
    var passages: [Passage] = []
    var start = 0
    while start < leads.count {
      let other = leads[start].document
      var end = start + 1
      while end < leads.count, leads[end].document == other { end += 1 }
      defer { start = end }
      // One pair of words says nothing.
      if end - start == 1, leads[start].length == 0 { continue }
      let boxes =
        other == document
        ? repeats(leads[start..<end]) : boxes(document, other, leads[start..<end])
      passages += withoutDoubtful(boxes.map { passage($0, document, other) })
    }
    return passages
  }

  /// Asks for the words at both ends of what runs lead to: they stand anywhere, and are met one after another.
  private func prefetch(_ leads: [PassageLead]) {
    unsafe texts.words.withUnsafeBufferPointer { words in
      guard let base = words.baseAddress else { return }
      for lead in leads where lead.length > 0 {
        unsafe Kernels.prefetch(base + lead.other)
        unsafe Kernels.prefetch(base + lead.other + lead.length - 1)
      }
    }
  }

  /// Passages of two documents without the weak of which a place stands in a much better one.
  private func withoutDoubtful(_ passages: [Passage]) -> [Passage] {
    guard passages.count > 1, passages.contains(where: { $0.score < rule.doubtfulScore }) else {
      return passages
    }
    return passages.filter { passage in
      passage.score >= rule.doubtfulScore
        || !passages.contains { other in
          other.score >= 1.5 * passage.score
            && (other.earlier.words.overlaps(passage.earlier.words)
              || other.later.words.overlaps(passage.later.words))
        }
    }
  }

  /// Takes the words of the later document where they were not.
  private func take(_ document: Int) {
    if isTaken { return }
    isTaken = true
    let range = texts.range(of: document)
    unsafe texts.words.withUnsafeBufferPointer { unsafe aligner.take($0, document: range) }
  }

  /// Leads in groups that are near each other in both places.
  private func regions(_ leads: ArraySlice<PassageLead>, gap: Int) -> [Region] {
    if leads.count == 1, let lead = leads.first { return [Region(lead)] }
    var done: [Region] = []
    var open: [Region] = []
    for lead in leads {
      let single = Region(lead)
      for number in open.indices.reversed()
      where single.first.lowerBound - open[number].first.upperBound > gap {
        done.append(open.remove(at: number))
      }
      let near = open.indices.last { number in
        guard PassageAligner.distance(open[number].second, single.second) <= gap else {
          return false
        }
        return lead.length == 0 || !PassageAligner.areTwoPlaces(open[number].box, single.box)
      }
      if let near {
        var region = open.remove(at: near)
        region.add(single)
        open.append(region)
      } else {
        open.append(single)
      }
      // So many beginnings at once have only texts that say one thing again and again.
      if open.count > 8 { done.append(open.removeFirst()) }
    }
    return done + open
  }

  /// Passages of two documents.
  private func boxes(
    _ document: Int,
    _ other: Int,
    _ leads: ArraySlice<PassageLead>
  ) -> [PassageAligner.Box] {
    var boxes: [PassageAligner.Box] = []
    for found in regions(leads, gap: rule.leadGap) {
      let region = found.equal > 0 ? extended(found, document, other) : found
      let length = max(region.first.count, region.second.count)
      if region.equal >= rule.leastWords,
        Double(region.equal) >= rule.evidentShare * Double(length)
      {
        boxes.append(PassageAligner.Box(first: region.first, second: region.second))
      } else if region.equal >= 12 || region.equal > 0 && region.pairs > 0
        || region.pairs >= rule.leastPairs
      {
        take(document)
        let (own, far) = (wider(region.first, in: document), wider(region.second, in: other))
        boxes += unsafe texts.words.withUnsafeBufferPointer {
          unsafe aligner.align($0, own, far, known: isInOrder(region) ? region.box : nil)
        }
      }
    }
    return joined(boxes)
  }

  /// Whether much of a region is the same wording, in much the same order.
  private func isInOrder(_ region: Region) -> Bool {
    let (less, more) = (
      min(region.first.count, region.second.count), max(region.first.count, region.second.count)
    )
    return region.equal >= rule.leastWords
      && Double(region.equal) >= rule.orderlyShare * Double(more)
      && Double(less) >= rule.orderlyLength * Double(more)
  }

  /// The region with what goes on beyond its ends, word by word.
  private func extended(_ region: Region, _ document: Int, _ other: Int) -> Region {
    let (whole, far) = (texts.range(of: document), texts.range(of: other))
    var region = region
    unsafe texts.words.withUnsafeBufferPointer { words in
      let ends = unsafe PassageEnds(words: words)
      let (x, y) = (region.first, region.second)
      let before = ends.reach(
        x.lowerBound - 1,
        whole.lowerBound - 1,
        y.lowerBound - 1,
        far.lowerBound - 1,
        step: -1
      )
      let after = ends.reach(
        x.upperBound,
        whole.upperBound,
        y.upperBound,
        far.upperBound,
        step: 1
      )
      region.first = x.lowerBound - before.first..<x.upperBound + after.first
      region.second = y.lowerBound - before.second..<y.upperBound + after.second
      region.equal += before.equal + after.equal
    }
    return region
  }

  private func wider(_ range: Range<Int>, in document: Int) -> Range<Int> {
    let whole = texts.range(of: document)
    return max(
      whole.lowerBound,
      range.lowerBound - rule.margin
    )..<min(
      whole.upperBound,
      range.upperBound + rule.margin
    )
  }

  /// Makes one of passages that overlap, or are nearer than they are long.
  private func joined(_ boxes: [PassageAligner.Box]) -> [PassageAligner.Box] {
    guard boxes.count > 1 else { return boxes }
    var rest = boxes.sorted {
      ($0.first.lowerBound, $0.second.lowerBound) < ($1.first.lowerBound, $1.second.lowerBound)
    }
    var done: [PassageAligner.Box] = []
    while var box = rest.first {
      rest.removeFirst()
      while let near = rest.firstIndex(where: { areOne(box, $0) }) {
        box = PassageAligner.hull(box, rest.remove(at: near))
      }
      done.append(box)
    }
    return done
  }

  private func areOne(_ a: PassageAligner.Box, _ b: PassageAligner.Box) -> Bool {
    let most = min(rule.join, min(a.first.count, b.first.count))
    return !PassageAligner.areTwoPlaces(a, b)
      && PassageAligner.distance(a.first, b.first) <= most
      && PassageAligner.distance(a.second, b.second) <= most
  }

  /// What a document says again, from runs of equal words with little between them.
  private func repeats(_ leads: ArraySlice<PassageLead>) -> [PassageAligner.Box] {
    regions(leads, gap: rule.runWords).filter { region in
      region.equal >= rule.leastWords
        && Double(region.equal) >= rule.evidentShare * Double(region.first.count)
        && Double(region.equal) >= rule.evidentShare * Double(region.second.count)
    }.map { PassageAligner.Box(first: $0.first, second: $0.second) }
  }

  private func passage(_ box: PassageAligner.Box, _ document: Int, _ other: Int) -> Passage {
    let (start, otherStart) = (texts.starts[document], texts.starts[other])
    let isExact = unsafe texts.words.withUnsafeBufferPointer { words in
      unsafe box.first.count == box.second.count
        && words[box.first].elementsEqual(words[box.second])
    }
    var score = 1.0
    if !isExact {
      let shared =
        unsafe box.sharedWords
        ?? texts.words.withUnsafeBufferPointer { unsafe counter.count($0, box.first, box.second) }
      score = 2 * Double(shared) / Double(box.first.count + box.second.count)
    }
    let far = Passage.Place(
      document: other,
      words: box.second.lowerBound - otherStart..<box.second.upperBound - otherStart
    )
    let own = Passage.Place(
      document: document,
      words: box.first.lowerBound - start..<box.first.upperBound - start
    )
    // Across documents, what a place leads to may come later in the input.
    let isOrdered = box.second.lowerBound <= box.first.lowerBound
    return Passage(
      earlier: isOrdered ? far : own,
      later: isOrdered ? own : far,
      score: score,
      isExact: isExact
    )
  }
}
