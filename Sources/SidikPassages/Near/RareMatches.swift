internal import SidikCore

/// Pairs of places of two pieces with the same rare word, those that have another near them.
@safe
final class RareMatches {
  /// One pair of places.
  private struct Match: BitwiseCopyable {
    var first: Int32
    var second: Int32
  }

  /// A word of the pieces.
  private struct Word: BitwiseCopyable {
    /// The first of its places in the second piece, by its number among rare words; -1 for none.
    var head: Int32 = -1
    /// How often the first piece has it, and the second.
    var own: Int32 = 0
    var other: Int32 = 0
    /// How often it stands near the place of the first piece that is looked at.
    var near: Int32 = 0
  }

  /// The ends of a cluster.
  private struct Hull: BitwiseCopyable {
    var first: Int32
    var second: Int32
    var firstLast: Int32
    var secondLast: Int32

    var box: PassageAligner.Box {
      PassageAligner.Box(
        first: Int(first)..<Int(firstLast) + 1,
        second: Int(second)..<Int(secondLast) + 1
      )
    }
  }

  private let rule: NearRule
  private let known = Scratch<Word>()
  private let next = Scratch<Int32>()
  private let matches = Scratch<Match>()
  private let parents = Scratch<Int32>()
  /// The number of each cluster, by its first match, and the clusters.
  private let numbers = Scratch<Int32>()
  private let hulls = Scratch<Hull>()

  init(_ rule: NearRule) { self.rule = rule }

  /// Boxes of matches that hang together: each near another of another word in both pieces.
  ///
  /// - Parameters:
  ///   - words: a document and a piece of another.
  ///   - range: the places of the document that count.
  ///   - isWanted: which boxes are.
  /// - Returns: the boxes, by their first matches.
  func boxes(
    _ words: RegionWords,
    _ range: Range<Int>,
    where isWanted: (PassageAligner.Box) -> Bool
  ) -> [PassageAligner.Box] {
    let count = find(words, range)
    var boxes: [PassageAligner.Box] = []
    for cluster in 0..<clusters(count) {
      let box = unsafe hulls.memory[cluster].box
      if isWanted(box) { boxes.append(box) }
    }
    return boxes
  }

  /// Finds the matches that have one of another word near them in both pieces; tells how many there are.
  private func find(_ words: RegionWords, _ range: Range<Int>) -> Int {
    let (first, second) = unsafe (
      words.rare(inFirst: range), words.rare(inSecond: 0..<words.secondCount)
    )
    let known = unsafe known.reserve(words.numbersInUse)
    let next = unsafe next.reserve(second.count)
    // Of the numbers of a long document few are met in one region, so only those are cleared.
    for index in first.indices { unsafe known[Int(first[index].number)] = Word() }
    for index in second.indices { unsafe known[Int(second[index].number)] = Word() }
    for index in second.indices.reversed() {
      let number = unsafe Int(second[index].number)
      unsafe next[index] = known[number].head
      unsafe known[number].head = Int32(truncatingIfNeeded: index)
      unsafe known[number].other += 1
    }
    for index in first.indices { unsafe known[Int(first[index].number)].own += 1 }
    let (end, most) = unsafe leaveOutFrequent(first, 8 * (range.count + words.secondCount))
    let matches = unsafe matches.reserve(most)
    let reach = Int32(truncatingIfNeeded: rule.pairReach)
    var (low, high, count) = (0, 0, 0)
    for index in 0..<end {
      let rare = unsafe first[index]
      var entry = unsafe known[Int(rare.number)].head
      if entry < 0 { continue }
      while unsafe high < end && first[high].place - rare.place <= reach {
        unsafe known[Int(first[high].number)].near += 1
        high += 1
      }
      while unsafe rare.place - first[low].place > reach {
        unsafe known[Int(first[low].number)].near -= 1
        low += 1
      }
      repeat {
        if unsafe isSeed(Int(entry), second) {
          unsafe matches[count] = Match(first: rare.place, second: second[Int(entry)].place)
          count += 1
        }
        entry = unsafe next[Int(entry)]
      } while entry >= 0
    }
    return count
  }

  /// Takes words that stand too often out; tells how many rare words of the first piece are looked at, and how many
  /// matches they have.
  ///
  /// Crafted texts could have as many matches as one piece has words, for each of the other's.
  private func leaveOutFrequent(
    _ first: UnsafeMutableBufferPointer<RegionWords.Rare>,
    _ most: Int
  ) -> (end: Int, matches: Int) {
    let known = unsafe known.memory
    let limit = Int32(truncatingIfNeeded: rule.mostPlaces)
    var (end, matches) = (0, 0)
    while end < first.count, matches < most {
      let number = unsafe Int(first[end].number)
      let word = unsafe known[number]
      if word.own > limit || word.other > limit {
        // Never near, however often it is counted.
        unsafe (known[number].head, known[number].near) = (-1, Int32.min / 2)
      } else {
        matches += Int(word.other)
      }
      end += 1
    }
    return (end, matches)
  }

  /// Whether another word near a rare word of the second piece stands near the place that is looked at.
  @inline(__always)
  private func isSeed(
    _ entry: Int,
    _ second: UnsafeMutableBufferPointer<RegionWords.Rare>
  ) -> Bool {
    let known = unsafe known.memory
    let reach = Int32(truncatingIfNeeded: rule.pairReach)
    let (place, word) = unsafe (second[entry].place, second[entry].number)
    var other = entry + 1
    while unsafe other < second.count && second[other].place - place <= reach {
      let number = unsafe second[other].number
      if unsafe known[Int(number)].near > 0, number != word { return true }
      other += 1
    }
    other = entry - 1
    while unsafe other >= 0 && place - second[other].place <= reach {
      let number = unsafe second[other].number
      if unsafe known[Int(number)].near > 0, number != word { return true }
      other -= 1
    }
    return false
  }

  /// Joins matches that are near each other; tells how many clusters there are.
  private func clusters(_ count: Int) -> Int {
    let matches = unsafe matches.memory
    let parents = unsafe parents.reserve(count)
    for one in 0..<count { unsafe parents[one] = Int32(truncatingIfNeeded: one) }
    @inline(__always)
    func root(_ member: Int) -> Int {
      var member = member
      while unsafe Int(parents[member]) != member {
        unsafe parents[member] = parents[Int(parents[member])]
        member = unsafe Int(parents[member])
      }
      return member
    }
    let gap = Int32(truncatingIfNeeded: rule.gap)
    for one in 0..<count {
      let match = unsafe matches[one]
      var own = root(one)
      // The next few are enough: those further off hang on them.
      var (joined, two) = (0, one + 1)
      while unsafe two < count && joined < 4 && matches[two].first - match.first <= gap {
        if unsafe abs(matches[two].second - match.second) <= gap {
          // Most hang together already.
          if unsafe Int(parents[two]) != own {
            let other = root(two)
            if other != own {
              unsafe parents[max(own, other)] = Int32(truncatingIfNeeded: min(own, other))
            }
            own = min(own, other)
          }
          joined += 1
        }
        two += 1
      }
    }
    return hull(count, root)
  }

  /// The ends of each cluster; tells how many there are.
  private func hull(_ count: Int, _ root: (Int) -> Int) -> Int {
    let matches = unsafe matches.memory
    let (numbers, hulls) = unsafe (numbers.reserve(count), hulls.reserve(count))
    var clusters = 0
    for one in 0..<count {
      let match = unsafe matches[one]
      // The root is the first of its cluster.
      let key = root(one)
      if key == one {
        unsafe numbers[one] = Int32(truncatingIfNeeded: clusters)
        unsafe hulls[clusters] = Hull(
          first: match.first,
          second: match.second,
          firstLast: match.first,
          secondLast: match.second
        )
        clusters += 1
      } else {
        let number = unsafe Int(numbers[key])
        // Matches stand in order of their first places.
        unsafe hulls[number].firstLast = match.first
        unsafe hulls[number].second = min(hulls[number].second, match.second)
        unsafe hulls[number].secondLast = max(hulls[number].secondLast, match.second)
      }
    }
    return clusters
  }
}
