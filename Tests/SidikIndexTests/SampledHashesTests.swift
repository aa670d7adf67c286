import SidikCore
import SidikTestSupport
import Testing

@testable import SidikIndex

/// Samples of some nodes, and what is made of them on one thread.
struct SampledNodes {
  let entries: SampleEntries
  private var parts: [[UInt64]]
  private let nodeCount: Int

  init(nodeCount: Int, partBits: Int = 5) {
    self.nodeCount = nodeCount
    entries = SampleEntries(nodeCount: nodeCount, partBits: partBits)
    parts = [[UInt64]](repeating: [], count: entries.partCount)
  }

  mutating func add(node: Int, samples: [UInt64]) {
    for sample in samples {
      let (part, entry) = entries.entry(sample, node: UInt32(node))
      parts[part].append(entry)
    }
  }

  func lists() -> SampleLists {
    var lists = SampleLists(entries)
    for (part, entries) in parts.enumerated() {
      lists.append(Set(entries).sorted(), part: part)
    }
    return lists
  }

  func pairs() -> (pairs: [UInt64], statistics: SampledHashes.Statistics) {
    let (lists, all) = (lists(), 0..<nodeCount)
    let postings = SamplePostings(lists.nodes, counts: lists.counts, rows: all, partners: all)
    let pairs = postings.propose(all, SamplePostings.Counters(nodeCount: nodeCount))
    return (pairs, lists.statistics)
  }
}

@Suite struct SampledHashesTests {
  private func sample(_ features: [UInt64], rate: UInt64) -> [UInt64] {
    unsafe features.sorted().withUnsafeBufferPointer {
      unsafe SampledHashes.sample($0, rate: rate)
    }
  }

  /// The rule by sets: shared features below the cap, at least three, and a share of the node
  /// that has fewer such features, the larger the longer the other is.
  private func naive(_ samples: [[UInt64]]) -> (pairs: Set<[Int]>, capped: Int) {
    var nodesOf: [UInt64: Set<Int>] = [:]
    for (node, list) in samples.enumerated() {
      for value in list { nodesOf[value, default: []].insert(node) }
    }
    let useful = nodesOf.filter {
      $0.value.count > 1 && $0.value.count <= SampledHashes.documentFrequencyCap
    }
    let own = samples.map { list in Set(list.filter { useful[$0] != nil }) }
    var pairs: Set<[Int]> = []
    for a in samples.indices {
      for b in samples.indices where a < b {
        let shared = own[a].intersection(own[b]).count
        let (few, many) = (min(own[a].count, own[b].count), max(own[a].count, own[b].count))
        let doublings = few > 0 ? (Double(many) / Double(few)).log2Floor : 0
        let least = Double(few) * min(0.4, 0.15 + 0.0625 * Double(doublings))
        if shared >= SampledHashes.leastShared, Double(shared) >= least { pairs.insert([a, b]) }
      }
    }
    let capped = nodesOf.values.count { $0.count > SampledHashes.documentFrequencyCap }
    return (pairs, capped)
  }

  @Test(arguments: [(2, 5), (3, 40), (60, 90), (150, 60), (150, 400)])
  func followsTheRule(size: (nodes: Int, vocabulary: Int)) {
    var generator = SeededGenerator(seed: UInt64(size.nodes * 1000 + size.vocabulary))
    let vocabulary = (0..<size.vocabulary).map { _ in generator.next() }
    let samples = (0..<size.nodes).map { _ in
      let count = Int.random(in: 0...min(60, size.vocabulary), using: &generator)
      return Array(vocabulary.shuffled(using: &generator)[..<count])
    }
    var postings = SampledNodes(nodeCount: size.nodes, partBits: size.nodes % 8)
    for (node, list) in samples.enumerated() { postings.add(node: node, samples: list) }
    let answer = postings.pairs()
    let expected = naive(samples)
    #expect(members(answer.pairs) == expected.pairs)
    #expect(Set(answer.pairs).count == answer.pairs.count)
    #expect(answer.statistics.cappedFeatures == expected.capped)
    #expect(answer.statistics.samples == samples.reduce(0) { $0 + $1.count })
  }

  /// Blocks of nodes, however they are cut, propose each pair once.
  @Test(arguments: [1, 2, 7, 40, 150])
  func blocksGiveThePairsOfTheWhole(width: Int) {
    var generator = SeededGenerator(seed: UInt64(width))
    let vocabulary = (0..<120).map { _ in generator.next() >> UInt64(generator.next() % 9) }
    var samples = SampledNodes(nodeCount: 150)
    for node in 0..<150 {
      let count = Int.random(in: 0...40, using: &generator)
      samples.add(node: node, samples: Array(vocabulary.shuffled(using: &generator)[..<count]))
    }
    let (lists, all) = (samples.lists(), samples.pairs().pairs)
    let rows = stride(from: 0, to: 150, by: width).map { $0..<min(150, $0 + width) }
    var tails = [[UInt32]](repeating: [], count: rows.count)
    SampleLists.forEachTail(lists.nodes, by: rows) { tails[$0] += lists.nodes[$1] }
    let counters = SamplePostings.Counters(nodeCount: 150)
    var (found, picked): ([UInt64], [UInt64]) = ([], [])
    for (row, tail) in zip(rows, tails) {
      let rest = row.lowerBound..<150
      found += SamplePostings(tail, counts: lists.counts, rows: row, partners: rest)
        .propose(row, counters)
      for start in stride(from: row.lowerBound, to: 150, by: 2 * width) {
        let partners = start..<min(150, start + 2 * width)
        var own: [UInt32] = []
        SampleLists.pick(from: lists.nodes, rows: row, partners: partners, into: &own)
        picked += SamplePostings(own, counts: lists.counts, rows: row, partners: partners)
          .propose(row, counters)
      }
    }
    #expect(found.sorted() == all.sorted() && !all.isEmpty)
    #expect(picked.sorted() == all.sorted())
  }

  /// Samples that are equal but for the bits of the node meet, whatever their size; others do not.
  @Test(arguments: [2, 1000, 1 << 24], [0, 3, 7])
  func entriesKeepTheirOrder(nodeCount: Int, partBits: Int) {
    var generator = SeededGenerator(seed: UInt64(nodeCount + partBits))
    let entries = SampleEntries(nodeCount: nodeCount, partBits: partBits)
    let mask = UInt64(nodeCount - 1).leadingZeroBitCount
    let values = (0..<4000).map { _ in
      generator.next() >> UInt64.random(in: 0...50, using: &generator)
    }
    let made = (values + [0, 1, .max, .max - 1]).map { value in
      let node = UInt32(Int.random(in: 0..<nodeCount, using: &generator))
      let (part, entry) = entries.entry(value, node: node)
      return (sample: value >> UInt64(64 - mask), node: node, part: part, entry: entry)
    }
    #expect(made.allSatisfy { $0.part < entries.partCount })
    let bySample = made.sorted { ($0.sample, $0.node) < ($1.sample, $1.node) }
    let byEntry = made.sorted { ($0.part, $0.entry) < ($1.part, $1.entry) }
    #expect(zip(bySample, byEntry).allSatisfy { $0.sample == $1.sample && $0.node == $1.node })
    for (a, b) in zip(bySample, bySample.dropFirst()) where a.sample == b.sample {
      #expect(a.part == b.part && (a.entry == b.entry) == (a.node == b.node))
    }
  }

  @Test func aFeatureOfTooManyNodesProposesNothing() {
    var generator = SeededGenerator(seed: 3)
    let common = (0..<50).map { _ in generator.next() }
    for nodes in [SampledHashes.documentFrequencyCap, SampledHashes.documentFrequencyCap + 1] {
      var postings = SampledNodes(nodeCount: nodes)
      for node in 0..<nodes { postings.add(node: node, samples: common) }
      let answer = postings.pairs()
      let isCapped = nodes > SampledHashes.documentFrequencyCap
      #expect(answer.pairs.count == (isCapped ? 0 : nodes * (nodes - 1) / 2))
      #expect(answer.statistics.cappedFeatures == (isCapped ? 50 : 0))
    }
  }

  @Test func fewNodes() {
    let none = SampledNodes(nodeCount: 0)
    #expect(none.pairs().pairs.isEmpty)
    var one = SampledNodes(nodeCount: 1)
    one.add(node: 0, samples: [1 << 60, 2 << 60, 3 << 60])
    #expect(one.pairs().pairs.isEmpty)
    var two = SampledNodes(nodeCount: 2)
    for node in 0..<2 { two.add(node: node, samples: [1 << 60, 2 << 60, 3 << 60]) }
    #expect(members(two.pairs().pairs) == [[0, 1]])
  }

  @Test func theSampleIsThatOfTheRule() {
    var generator = SeededGenerator(seed: 4)
    for (count, rate) in [(0, 16), (1, 16), (20, 16), (31, 1), (400, 16), (900, 16), (5000, 64)] {
      let features = (0..<count).map { _ in generator.next() }
      // A feature alone is always kept: that gives the mixed hash of each.
      let mixed = features.map { sample([$0], rate: 16)[0] }.sorted()
      let limit = UInt64.max / UInt64(rate)
      let below = mixed.count { $0 <= limit }
      let kept = sample(features, rate: UInt64(rate))
      #expect(kept == Array(mixed.prefix(max(below, min(count, SampledHashes.leastSamples)))))
    }
  }

  @Test func theSampleHasItsShare() {
    var generator = SeededGenerator(seed: 5)
    let features = (0..<40_000).map { _ in generator.next() }
    for rate in [4, 16, 64] {
      let expected = Double(features.count) / Double(rate)
      let kept = Double(sample(features, rate: UInt64(rate)).count)
      #expect(abs(kept - expected) < 4 * expected.squareRoot())
    }
  }

  /// A short text inside a long page: MinHash cannot see it, shared samples do.
  ///
  /// Of k common features a share 1/16 lies below the limit, and three must: the recall is
  /// that of a binomial distribution.
  @Test(arguments: [40, 80, 150, 400])
  func containedTextsAreFound(short: Int) {
    var generator = SeededGenerator(seed: 77 + UInt64(short))
    let (trials, rate) = (runsSlowTests ? 2000 : 100, UInt64(16))
    var postings = SampledNodes(nodeCount: 2 * trials)
    for trial in 0..<trials {
      let long = (0..<2000).map { _ in generator.next() }
      // A tenth of the short text was edited.
      let kept = long[500..<500 + short * 9 / 10] + (0..<short / 10).map { _ in generator.next() }
      postings.add(node: 2 * trial, samples: sample(long, rate: rate))
      postings.add(node: 2 * trial + 1, samples: sample(Array(kept), rate: rate))
    }
    let found = members(postings.pairs().pairs)
    #expect(found.allSatisfy { $0[0] / 2 == $0[1] / 2 }, "strangers were paired")
    let chance = atLeastThree(of: short * 9 / 10, each: 1 / 16)
    let recall = Double(found.count) / Double(trials)
    let error = (chance * (1 - chance) / Double(trials)).squareRoot()
    #expect(abs(recall - chance) < 4 * error + 0.005, "recall \(recall), expected \(chance)")
    if short >= 150 { #expect(recall > 0.97) }
  }

  private func atLeastThree(of count: Int, each chance: Double) -> Double {
    var term = (0..<count).reduce(1.0) { product, _ in product * (1 - chance) }
    var fewer = 0.0
    for hits in 0..<3 {
      fewer += term
      term *= Double(count - hits) / Double(hits + 1) * chance / (1 - chance)
    }
    return 1 - fewer
  }
}

extension Double {
  /// How often 2 goes into it.
  fileprivate var log2Floor: Int {
    var (value, count) = (self, 0)
    while value >= 2 {
      value /= 2
      count += 1
    }
    return count
  }
}
