internal import SidikCore

/// The common shingles of one text.
struct CommonPlaces: Sendable {
  /// For each zone of the group the places of its common shingles with their numbers, ascending;
  /// at the end of a text places are counted from there.
  var zones: [[(place: Int, number: Int)]] = [[], []]
  /// Words of the text.
  var words: Int
}

/// Tells the common words of a text from its own.
struct BoilerplateReader: Sendable {
  let texts: BoilerplateTexts
  let common: CommonShingles

  /// The common shingles of a text.
  func places(
    _ node: Int,
    _ group: BoilerplateGroup,
    _ shingler: BoilerplateShingler
  ) -> CommonPlaces {
    let text = unsafe texts.text(node)
    var places = CommonPlaces(words: unsafe shingler.wordCount(text))
    for (index, zone) in group.zones.enumerated() {
      unsafe shingler.forEach(text, zone.scope.place) { place, shingle in
        let number = common.number(shingle ^ zone.salt)
        if number >= 0 { places.zones[index].append((place, number)) }
        return true
      }
    }
    return places
  }

  /// What of a text could be boilerplate, and which runs of its words are its own.
  ///
  /// - Returns: numbers of shingles, and ranges of words.
  func read(
    _ places: CommonPlaces,
    _ group: BoilerplateGroup
  ) -> (numbers: [Int32], own: [Range<Int>]) {
    var numbers: [Int32] = []
    var own: [Range<Int>] = []
    if group.source != nil {
      var chain = CommonChain(common, group)
      var next = 0
      for (place, number) in places.zones[0] {
        chain.add(number, at: place, &numbers)
        if place > next { own.append(next..<place) }
        next = max(next, place + BoilerplateRule.words)
      }
      chain.close(&numbers)
      if places.words > next { own.append(next..<places.words) }
    } else {
      var lengths = [0, 0]
      for zone in 0...1 {
        var run = EdgeRun()
        for (place, number) in places.zones[zone] where run.take(place) {
          numbers.append(Int32(number))
        }
        lengths[zone] = run.words
      }
      let end = places.words - lengths[1]
      if lengths[0] < end { own.append(lengths[0]..<end) }
    }
    let least = group.source == nil ? BoilerplateRule.ownWordsAtEdges : BoilerplateRule.ownWords
    return (numbers, own.filter { $0.count >= least })
  }
}

/// Common shingles one after the other: those that are often enough for their length are taken.
private struct CommonChain {
  private let common: CommonShingles
  private let frequent: Int
  private var numbers: [Int32] = []
  private var last = -1

  init(_ common: CommonShingles, _ group: BoilerplateGroup) {
    self.common = common
    frequent = group.frequent
  }

  mutating func add(_ number: Int, at place: Int, _ taken: inout [Int32]) {
    if place != last + 1 { close(&taken) }
    numbers.append(Int32(number))
    last = place
  }

  /// Ends the chain: a long one is taken whole, of a short one what stands in many texts.
  mutating func close(_ taken: inout [Int32]) {
    let words = numbers.count + BoilerplateRule.words - 1
    taken +=
      words >= BoilerplateRule.longWords
      ? numbers : numbers.filter { common.textCount(Int($0)) >= frequent }
    numbers.removeAll(keepingCapacity: true)
  }
}

/// The words that boilerplate covers from an edge of a text without a gap.
struct EdgeRun {
  /// How many words there are.
  private(set) var words = 0

  /// Covers the words of a shingle that is boilerplate; shingles come from the edge inwards.
  ///
  /// - Returns: false behind a gap.
  mutating func take(_ place: Int) -> Bool {
    guard place <= words else { return false }
    words = place + BoilerplateRule.words
    return true
  }
}
