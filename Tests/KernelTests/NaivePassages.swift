import CSidikKernels

/// The passage rule as it is described, with a dictionary of bands for lanes: for documents so
/// small that the lanes of different bands never meet in one slot.
struct NaivePassages {
  struct Passage: Hashable {
    var i: ClosedRange<Int>
    var j: ClosedRange<Int>
    var matches = 1

    var diagonal: Int { j.upperBound - i.upperBound }

    mutating func take(_ place: Int, _ other: Int) {
      i = i.lowerBound...place
      j = j.lowerBound...other
      matches += 1
    }
  }

  let shorter: [UInt64]
  let longer: [UInt64]
  let rule: sidik_passage_rule
  private var lanes: [Int: Passage] = [:]
  private var current = 0
  private(set) var found: [Passage] = []

  init(_ shorter: [UInt64], _ longer: [UInt64], _ rule: sidik_passage_rule) {
    self.shorter = shorter
    self.longer = longer
    self.rule = rule
    for (place, gram) in shorter.enumerated() {
      if follows(place, gram) { continue }
      let others = longer.indices.filter { longer[$0] == gram }
      if others.count <= rule.most_places { for other in others { match(place, other) } }
    }
    for band in lanes.keys.sorted() { close(band) }
  }

  private func band(_ diagonal: Int) -> Int { (diagonal + shorter.count) / 8 }

  private mutating func close(_ band: Int) {
    guard let passage = lanes.removeValue(forKey: band) else { return }
    let length = passage.i.count
    if passage.matches >= rule.least_matches, length >= rule.least_length,
      passage.matches * 100 >= length * Int(rule.least_density)
    {
      found.append(passage)
    }
  }

  private func isOpen(_ band: Int, at place: Int) -> Bool {
    lanes[band].map { place - $0.i.upperBound <= rule.gap } ?? false
  }

  /// Continues the lane of the last match on its diagonal, however common the gram.
  private mutating func follows(_ place: Int, _ gram: UInt64) -> Bool {
    guard isOpen(current, at: place), let lane = lanes[current] else { return false }
    let other = lane.diagonal + place
    guard longer.indices.contains(other), longer[other] == gram else { return false }
    lanes[current]?.take(place, other)
    return true
  }

  private mutating func match(_ place: Int, _ other: Int) {
    let home = band(other - place)
    var best: Int?
    for near in home - 1...home + 1 where isOpen(near, at: place) {
      guard let lane = lanes[near], abs(lane.diagonal - (other - place)) <= rule.drift else {
        continue
      }
      if best.map({ lane.matches > lanes[$0]?.matches ?? 0 }) ?? true { best = near }
    }
    guard let best, var lane = lanes[best] else {
      close(home)
      lanes[home] = Passage(i: place...place, j: other...other)
      return
    }
    guard other > lane.j.upperBound, place > lane.i.upperBound else { return }
    lane.take(place, other)
    lanes[best] = lane
    current = best
    if best == home { return }
    if isOpen(home, at: place), lanes[home]?.matches ?? 0 > lane.matches {
      close(best)
    } else {
      close(home)
      lanes[best] = nil
      lanes[home] = lane
      current = home
    }
  }
}
