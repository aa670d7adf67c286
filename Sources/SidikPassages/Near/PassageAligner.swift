internal import SidikCore

/// Finds the passages of two pieces of text whose wording is alike but was changed.
///
/// Seed, extend, filter, as the text alignment of PAN does (Potthast et al. 2013): two rare words near each other
/// in both pieces are a seed; seeds near each other are a passage; its ends are moved to where wording
/// in common begins and ends; what has too little in common is dropped. Order within a passage counts
/// for nothing, so that sentences may have moved.
final class PassageAligner {
  /// A passage, as places of the pieces.
  struct Box: Hashable {
    var first: Range<Int>
    var second: Range<Int>
    /// Words that both places have, where they were counted.
    var sharedWords: Int?
  }

  private let rule: NearRule
  private let words: RegionWords
  private let matches: RareMatches
  private var start = 0
  private var piece = 0..<0

  init(_ rule: NearRule, _ weights: WordWeights) {
    self.rule = rule
    words = RegionWords(weights)
    matches = RareMatches(rule)
  }

  /// Takes the document of the pairs to come.
  ///
  /// - Parameters:
  ///   - all: the words of all documents.
  ///   - document: its places.
  func take(_ all: UnsafeBufferPointer<UInt64>, document: Range<Int>) {
    start = document.lowerBound
    unsafe words.take(document: document, of: all)
  }

  /// Finds the passages of a piece of the document and a piece of another.
  ///
  /// - Parameters:
  ///   - all: the words of all documents.
  ///   - a: a piece of the document that was taken.
  ///   - b: a piece of another.
  ///   - known: places in both whose wording is known to be alike, so that only its ends are looked for;
  ///     nil where nothing is known.
  /// - Returns: places of both in `all`.
  /// - Complexity: O(n) expected in words of the pieces, with a large constant.
  func align(
    _ all: UnsafeBufferPointer<UInt64>,
    _ a: Range<Int>,
    _ b: Range<Int>,
    known: Box? = nil
  ) -> [Box] {
    // Most pieces have too little in common, whatever its order.
    guard unsafe words.take(piece: b, of: all) >= rule.leastWeight * WordWeights.nat else {
      return []
    }
    piece = a.lowerBound - start..<a.upperBound - start
    if let known, let box = unsafe aligned(all, known, b) { return [box] }
    // No box has more in common than the pieces.
    guard isHeavy(Box(first: piece, second: 0..<words.secondCount)) else { return [] }
    var boxes = matches.boxes(words, piece) { isHeavy($0) }
    if boxes.isEmpty { return [] }
    join(&boxes, gap: { min(80, min($0.first.count, $1.first.count) / 2) })
    boxes = boxes.map { unsafe exactEnds(all, refined($0), b) }
    boxes.removeAll { $0.first.isEmpty || $0.second.isEmpty }
    join(&boxes, gap: { _, _ in self.rule.join })
    return boxes.compactMap { unsafe passage(all, $0, b) }
  }

  /// The passage at known places; nil where they have too little in common.
  private func aligned(
    _ all: UnsafeBufferPointer<UInt64>,
    _ known: Box,
    _ b: Range<Int>
  ) -> Box? {
    let box = Box(
      first: known.first.lowerBound - start..<known.first.upperBound - start,
      second: known.second.lowerBound - b.lowerBound..<known.second.upperBound - b.lowerBound
    )
    return unsafe passage(all, exactEnds(all, refined(box), b), b)
  }

  /// A box as places of all documents, and what it shares; nil where that is too little.
  private func passage(
    _ all: UnsafeBufferPointer<UInt64>,
    _ box: Box,
    _ b: Range<Int>
  ) -> Box? {
    guard hasWeight(box) else { return nil }
    let second = box.second.lowerBound + b.lowerBound..<box.second.upperBound + b.lowerBound
    let shared = unsafe words.sharedWords(box.first, second, of: all)
    let score = 2 * Double(shared) / Double(box.first.count + box.second.count)
    let length = min(box.first.count, box.second.count, rule.longWords)
    let missing = 1 - Double(length) / Double(rule.longWords)
    guard score >= rule.leastScore + rule.shortScore * missing else { return nil }
    let first = box.first.lowerBound + start..<box.first.upperBound + start
    return Box(first: first, second: second, sharedWords: shared)
  }

  static func hull(_ a: Box, _ b: Box) -> Box {
    Box(
      first: min(
        a.first.lowerBound,
        b.first.lowerBound
      )..<max(
        a.first.upperBound,
        b.first.upperBound
      ),
      second: min(
        a.second.lowerBound,
        b.second.lowerBound
      )..<max(
        a.second.upperBound,
        b.second.upperBound
      )
    )
  }

  /// Whether two boxes are one passage of one text that stands in two places of the other.
  static func areTwoPlaces(_ a: Box, _ b: Box) -> Bool {
    let first = -2 * distance(a.first, b.first) > min(a.first.count, b.first.count)
    let second = -2 * distance(a.second, b.second) > min(a.second.count, b.second.count)
    return first != second
  }

  /// Words between two ranges; below 0 where they overlap.
  static func distance(_ a: Range<Int>, _ b: Range<Int>) -> Int {
    max(a.lowerBound, b.lowerBound) - min(a.upperBound, b.upperBound)
  }

  /// Makes one of boxes that are near each other in both pieces.
  private func join(_ boxes: inout [Box], gap: (Box, Box) -> Int) {
    guard boxes.count > 1 else { return }
    var number = 0
    boxes.sort {
      ($0.first.lowerBound, $0.second.lowerBound) < ($1.first.lowerBound, $1.second.lowerBound)
    }
    while number < boxes.count {
      let near = boxes.indices.first { other in
        let most = other == number ? 0 : max(0, gap(boxes[number], boxes[other]))
        return other != number && !Self.areTwoPlaces(boxes[number], boxes[other])
          && Self.distance(boxes[number].first, boxes[other].first) <= most
          && Self.distance(boxes[number].second, boxes[other].second) <= most
      }
      guard let near else {
        number += 1
        continue
      }
      boxes[min(near, number)] = Self.hull(boxes[near], boxes[number])
      boxes.remove(at: max(near, number))
      number = 0
    }
  }

  private func isHeavy(_ box: Box) -> Bool {
    words.likeness(box.first, box.second).shared >= rule.leastWeight * WordWeights.nat
  }

  /// Whether the places of a passage are long enough, and have enough in common by weight.
  private func hasWeight(_ box: Box) -> Bool {
    guard min(box.first.count, box.second.count) >= rule.leastWords else { return false }
    let likeness = words.likeness(box.first, box.second)
    let (low, high) = (
      min(likeness.first, likeness.second), max(likeness.first, likeness.second)
    )
    return likeness.shared >= rule.leastWeight * WordWeights.nat
      && Double(likeness.shared) >= rule.leastShare * Double(low)
      && Double(likeness.shared) >= rule.leastShareOfHeavier * Double(high)
  }

  /// Moves the ends to where wording in common begins and ends: where it is half as dense as within.
  private func refined(_ box: Box) -> Box {
    var box = box
    for _ in 0..<3 {
      let before = box
      let likeness = words.likeness(box.first, box.second)
      guard likeness.shared > 0 else { return box }
      let share = Double(likeness.shared) / 2
      box.first = words.bestStretch(
        wider(box.first, piece),
        ofFirst: true,
        like: box.second,
        share: share / Double(likeness.first)
      )
      box.second = words.bestStretch(
        wider(box.second, 0..<words.secondCount),
        ofFirst: false,
        like: box.first,
        share: share / Double(likeness.second)
      )
      if box == before || box.first.isEmpty || box.second.isEmpty { return box }
    }
    return box
  }

  private func wider(_ range: Range<Int>, _ limits: Range<Int>) -> Range<Int> {
    max(
      limits.lowerBound,
      range.lowerBound - rule.reach
    )..<min(
      limits.upperBound,
      range.upperBound + rule.reach
    )
  }

  /// Takes in equal words beyond the ends, common ones too.
  private func exactEnds(
    _ all: UnsafeBufferPointer<UInt64>,
    _ box: Box,
    _ far: Range<Int>
  ) -> Box {
    guard !box.first.isEmpty, !box.second.isEmpty else { return box }
    var (a, b) = (box.first, box.second)
    let (own, other) = (start, far.lowerBound)
    while a.lowerBound > 0, b.lowerBound > 0,
      unsafe all[own + a.lowerBound - 1] == all[other + b.lowerBound - 1]
    {
      a = a.lowerBound - 1..<a.upperBound
      b = b.lowerBound - 1..<b.upperBound
    }
    while a.upperBound < words.firstCount, b.upperBound < far.count,
      unsafe all[own + a.upperBound] == all[other + b.upperBound]
    {
      a = a.lowerBound..<a.upperBound + 1
      b = b.lowerBound..<b.upperBound + 1
    }
    return Box(first: a, second: b)
  }
}
