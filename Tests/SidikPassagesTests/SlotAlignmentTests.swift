import SidikTestSupport
import Testing

@testable import SidikPassages

@Suite struct SlotAlignmentTests {
  /// What every alignment keeps to, against the naive table.
  private func check(_ aligned: Aligned) {
    let (a, b) = (aligned.first, aligned.second)
    var (x, y) = (0, 0)
    var last: SlotAlignment.Block?
    for block in aligned.blocks {
      #expect(block.count > 0 && block.first >= x && block.second >= y)
      if let last {
        let touches =
          block.first == last.first + last.count
          && block.second == last.second + last.count
        #expect(!touches, "two blocks that are one")
      }
      guard block.first + block.count <= a.count, block.second + block.count <= b.count else {
        Issue.record("a block beyond the end")
        return
      }
      #expect(
        Array(a[block.first..<block.first + block.count])
          == Array(b[block.second..<block.second + block.count])
      )
      (x, y) = (block.first + block.count, block.second + block.count)
      last = block
    }
    #expect(aligned.frame <= longestCommon(a, b))
    let prefix = zip(a, b).prefix { $0 == $1 }.count
    let suffix = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
    if prefix > 0 { #expect(aligned.blocks.first?.first == 0) }
    #expect(aligned.frame >= min(prefix + suffix, min(a.count, b.count)))
  }

  /// Any words at all: the frame is one that both have, no longer than the longest, and holds the
  /// ends that are equal.
  @Test(arguments: [2, 3, 6, 20, 60])
  func theFrameIsInBoth(vocabulary: Int) {
    var generator = SeededGenerator(seed: UInt64(vocabulary))
    let alignment = SlotAlignment()
    for _ in 0..<300 {
      let lengths = (0..<2).map { _ in Int.random(in: 0...30, using: &generator) }
      let lists = lengths.map { count in
        randomWords(count, vocabulary: vocabulary, &generator).map(letters)
      }
      check(Aligned(lists[0], lists[1], alignment))
    }
  }

  /// Where every word stands once, words that were put in, left out and exchanged are exactly what
  /// the frame lacks.
  @Test func editsOfUniqueWordsAreFound() {
    var generator = SeededGenerator(seed: 7)
    let alignment = SlotAlignment()
    for round in 0..<200 {
      let a = (0..<Int.random(in: 0...60, using: &generator)).map(letters)
      var b: [String] = []
      for (place, word) in a.enumerated() {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: continue
        case 1: b.append(letters(1000 + 100 * round + place))
        case 2: b += [word, letters(100_000 + 100 * round + place)]
        default: b.append(word)
        }
      }
      let one = Aligned(a, b, alignment)
      check(one)
      #expect(one.frame == longestCommon(a, b))
      // And the other way round the same words stand in the frame.
      let back = Aligned(b, a, alignment)
      #expect(
        back.blocks
          == one.blocks.map {
            SlotAlignment.Block(first: $0.second, second: $0.first, count: $0.count)
          }
      )
    }
  }

  /// Half of the words stand often: the frame is nearly the longest there is.
  @Test func ordinaryTextsLoseLittle() {
    var generator = SeededGenerator(seed: 8)
    var (found, best) = (0, 0)
    for _ in 0..<60 {
      let a = (0..<120).map { _ in
        letters(
          Bool.random(using: &generator)
            ? Int.random(in: 0..<8, using: &generator) : Int.random(in: 8..<800, using: &generator)
        )
      }
      let b = a.map { word in
        Int.random(in: 0..<8, using: &generator) == 0
          ? letters(Int.random(in: 8..<800, using: &generator)) : word
      }
      let aligned = Aligned(a, b)
      check(aligned)
      found += aligned.frame
      best += longestCommon(a, b)
    }
    #expect(Double(found) >= 0.98 * Double(best), "\(found) of \(best)")
  }

  /// Texts made to be slow: nothing is looked at more than once for each width.
  @Test func hostileTextsEnd() {
    let same = [String](repeating: "sama", count: 100_000)
    #expect(Aligned(same, Array(same.dropLast(3))).frame == 99_997)
    let two = (0..<100_000).map { $0 % 2 == 0 ? "ya" : "tidak" }
    let turned = (0..<99_999).map { $0 % 3 == 0 ? "ya" : "tidak" }
    #expect(Aligned(two, turned).frame < 100_000)
    let unique = (0..<60_000).map(letters)
    #expect(Aligned(unique, unique.reversed()).frame == 1)
    var generator = SeededGenerator(seed: 9)
    let shuffled = unique.shuffled(using: &generator)
    let frame = Aligned(unique, shuffled).frame
    // The longest ascending run of a random order is about twice the root of its length.
    #expect(frame > 400 && frame < 520)
    #expect(Aligned(unique, []).blocks.isEmpty && Aligned([], []).blocks.isEmpty)
    #expect(Aligned(unique, (60_000..<120_000).map(letters)).blocks.isEmpty)
  }
}
