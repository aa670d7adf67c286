internal import SidikCore

/// Pairs of places of two pieces with the same rare word, those that have another near them.
@safe
final class RareMatches {
  /// One pair of places.
  private struct Match: BitwiseCopyable {
    var first: Int32
    var second: Int32
    var word: Int32
    var isSeed: Bool
  }

  private let rule: NearRule
  private let heads = Scratch<Int32>()
  private let times = Scratch<SIMD2<Int32>>()
  private let next = Scratch<Int32>()
  private let matches = Scratch<Match>()
  private let parents = Scratch<Int32>()
  /// The box of each cluster, by its first match.
  private let numbers = Scratch<Int32>()
  private var count = 0

  init(_ rule: NearRule) { self.rule = rule }

  /// Boxes of matches that hang together: each near another of another word in both pieces.
  ///
  /// - Parameters:
  ///   - words: a document and a piece of another.
  ///   - range: the places of the document that count.
  /// - Returns: the boxes, by their first matches.
  func boxes(_ words: RegionWords, _ range: Range<Int>) -> [PassageAligner.Box] {
    find(words, range)
    keepSeeds()
    return count == 0 ? [] : clusters()
  }

  private func find(_ words: RegionWords, _ range: Range<Int>) {
    let (first, second, weights) = unsafe (words.first, words.second, words.firstWeights)
    let heads = unsafe heads.reserve(words.numbersInUse)
    let times = unsafe times.reserve(words.numbersInUse)
    let next = unsafe next.reserve(words.secondCount)
    for number in 0..<words.numbersInUse {
      unsafe heads[number] = -1
      unsafe times[number] = .zero
    }
    for place in stride(from: words.secondCount - 1, through: 0, by: -1) {
      let number = unsafe Int(second[place])
      if number == 0 { continue }
      unsafe next[place] = heads[number]
      unsafe heads[number] = Int32(truncatingIfNeeded: place)
      unsafe times[number].y += 1
    }
    for place in range { unsafe times[Int(first[place])].x += 1 }
    // Crafted texts could have as many matches as one piece has words, for each of the other's.
    let most = 8 * (range.count + words.secondCount)
    let matches = unsafe matches.reserve(most + rule.mostPlaces)
    let limit = Int32(truncatingIfNeeded: rule.mostPlaces)
    count = 0
    for place in range where count < most {
      let number = unsafe Int(first[place])
      guard unsafe weights[place] > 0 && times[number].x <= limit && times[number].y <= limit
      else { continue }
      var other = unsafe heads[number]
      while other >= 0 {
        unsafe matches[count] = Match(
          first: Int32(truncatingIfNeeded: place),
          second: other,
          word: Int32(truncatingIfNeeded: number),
          isSeed: false
        )
        count += 1
        other = unsafe next[Int(other)]
      }
    }
  }

  /// Drops matches that have none of another word near them in both pieces.
  private func keepSeeds() {
    let matches = unsafe matches.memory
    let reach = Int32(truncatingIfNeeded: rule.pairReach)
    for one in 0..<count {
      let match = unsafe matches[one]
      var two = one + 1
      while unsafe two < count && matches[two].first - match.first <= reach {
        let other = unsafe matches[two]
        let distance = abs(other.second - match.second)
        if distance > 0, distance <= reach, other.first > match.first, other.word != match.word {
          unsafe matches[one].isSeed = true
          unsafe matches[two].isSeed = true
        }
        two += 1
      }
    }
    var kept = 0
    for one in 0..<count where unsafe matches[one].isSeed {
      unsafe matches[kept] = matches[one]
      kept += 1
    }
    count = kept
  }

  private func clusters() -> [PassageAligner.Box] {
    let matches = unsafe matches.memory
    let parents = unsafe parents.reserve(count)
    for one in 0..<count { unsafe parents[one] = Int32(truncatingIfNeeded: one) }
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
      // The next few are enough: those further off hang on them.
      var (joined, two) = (0, one + 1)
      while unsafe two < count && joined < 4 && matches[two].first - matches[one].first <= gap {
        if unsafe abs(matches[two].second - matches[one].second) <= gap {
          let (a, b) = (root(one), root(two))
          if a != b { unsafe parents[max(a, b)] = Int32(truncatingIfNeeded: min(a, b)) }
          joined += 1
        }
        two += 1
      }
    }
    var boxes: [PassageAligner.Box] = []
    let numbers = unsafe numbers.reserve(count)
    for one in 0..<count {
      let match = unsafe matches[one]
      let own = PassageAligner.Box(
        first: Int(match.first)..<Int(match.first) + 1,
        second: Int(match.second)..<Int(match.second) + 1
      )
      // The root is the first of its cluster.
      let key = root(one)
      if key == one {
        unsafe numbers[one] = Int32(truncatingIfNeeded: boxes.count)
        boxes.append(own)
      } else {
        let number = unsafe Int(numbers[key])
        boxes[number] = PassageAligner.hull(boxes[number], own)
      }
    }
    return boxes
  }
}
