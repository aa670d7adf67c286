internal import SidikCore

/// Aligns the words of two texts in order: the frame that both have, and what stands between.
///
/// Patience alignment (Cohen): words at both ends that are equal are taken; between them, runs of
/// three words that stand once in either text and keep their order (the longest such chain) are the
/// anchors; what is left between anchors is aligned by pairs of words, then by single words. Every
/// word is looked at once for each width, whatever the texts: one word over and over has no anchors.
@safe
final class SlotAlignment {
  /// Equal words of both texts.
  struct Block: Hashable {
    var first: Int
    var second: Int
    var count: Int
  }

  /// Words of an anchor, from the surest.
  static let widths = [3, 2, 1]

  /// The frame: ascending in both texts, never touching in both.
  private(set) var blocks: [Block] = []
  private let a = Scratch<UInt64>()
  private let b = Scratch<UInt64>()
  /// One for each width: chains are followed while those inside them are found.
  private let finders = widths.map { AnchorFinder(width: $0) }

  /// Aligns two lists of words.
  ///
  /// - Complexity: O(n log n) for n words together.
  func align(_ first: SlotWords, _ second: SlotWords) {
    Self.copy(first, to: a)
    Self.copy(second, to: b)
    // Taken out while it is added to: a property of an object is slow in a loop.
    var blocks: [Block] = []
    swap(&blocks, &self.blocks)
    blocks.removeAll(keepingCapacity: true)
    align(0..<first.count, 0..<second.count, 0, &blocks)
    swap(&blocks, &self.blocks)
  }

  private static func copy(_ words: SlotWords, to memory: Scratch<UInt64>) {
    let all = unsafe words.all
    let hashes = unsafe memory.reserve(all.count)
    for place in 0..<all.count { unsafe hashes[place] = all[place].hash }
  }

  private func align(
    _ first: Range<Int>,
    _ second: Range<Int>,
    _ depth: Int,
    _ blocks: inout [Block]
  ) {
    let (x, y) = unsafe (a.memory, b.memory)
    var (start, other) = (first.lowerBound, second.lowerBound)
    var (end, otherEnd) = (first.upperBound, second.upperBound)
    while unsafe start < end && other < otherEnd && x[start] == y[other] {
      start += 1
      other += 1
    }
    Self.append(first.lowerBound, second.lowerBound, start - first.lowerBound, to: &blocks)
    while unsafe end > start && otherEnd > other && x[end - 1] == y[otherEnd - 1] {
      end -= 1
      otherEnd -= 1
    }
    if start < end, other < otherEnd, depth < finders.count {
      alignInside(start..<end, other..<otherEnd, depth, &blocks)
    }
    Self.append(end, otherEnd, first.upperBound - end, to: &blocks)
  }

  /// Between ends that differ: by the anchors of one width.
  private func alignInside(
    _ first: Range<Int>,
    _ second: Range<Int>,
    _ depth: Int,
    _ blocks: inout [Block]
  ) {
    let finder = finders[depth]
    unsafe finder.find(a.memory, first, b.memory, second)
    var (start, other) = (first.lowerBound, second.lowerBound)
    for number in 0..<finder.count {
      let anchor = finder.anchor(number)
      if anchor.first >= start, anchor.second >= other {
        align(start..<anchor.first, other..<anchor.second, depth + 1, &blocks)
        Self.append(anchor.first, anchor.second, finder.width, to: &blocks)
      } else if anchor.first - start == anchor.second - other, anchor.first + finder.width > start {
        // It overlaps the one before and goes on with it.
        Self.append(start, other, anchor.first + finder.width - start, to: &blocks)
      } else {
        continue
      }
      (start, other) = (anchor.first + finder.width, anchor.second + finder.width)
    }
    align(start..<first.upperBound, other..<second.upperBound, depth + 1, &blocks)
  }

  /// Adds equal words, to the block before where they follow it in both texts.
  private static func append(
    _ first: Int,
    _ second: Int,
    _ count: Int,
    to blocks: inout [Block]
  ) {
    if count == 0 { return }
    if let last = blocks.last, last.first + last.count == first,
      last.second + last.count == second
    {
      blocks[blocks.count - 1].count += count
    } else {
      blocks.append(Block(first: first, second: second, count: count))
    }
  }
}
