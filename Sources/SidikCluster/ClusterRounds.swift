internal import SidikIndex

/// Clusters the leaders; in rounds where buckets were too large for all their pairs.
///
/// Of a bucket of m nodes only O(m) pairs are compared, so among hundreds of edited copies of
/// one story most pairs are unknown, not unlike. Average-link, to which a missing pair is unlike,
/// leaves such a story in many groups. Further rounds therefore estimate the mean weight between
/// crowded groups that have edges between them from a sample of their pairs, which they compare,
/// and merge those that are alike beyond doubt. Where no bucket was too large there are no further
/// rounds.
struct ClusterRounds {
  /// The least mean weight between samples at which groups merge, or the profile's where that is
  /// more.
  ///
  /// More is asked than in the first round: look-alike families, such as licences of one kind,
  /// are held apart by pairs that are no edges, and a sample sees few of those.
  static let linkage = 0.6
  /// So many members speak for a group, evenly spaced over its numbers, which are random.
  static let sampleSize = 6
  /// A group is compared with so many others, the most closely linked ones.
  static let mostPartners = 32
  static let mostRounds = 16

  /// The least mean weight at which groups merge in the first round.
  let linkage: Double

  /// Clusters leaders.
  ///
  /// - Parameters:
  ///   - pairs: receives the edges that further rounds verify.
  ///   - verify: the edges among wanted pairs, which come ascending, the smaller node first.
  /// - Returns: groups of two or more leaders, ascending, in order of their first member.
  /// - Throws: what `verify` throws.
  func run(
    _ pairs: inout PairStages.Output,
    verify: ([UInt64]) async throws -> [NodeEdge]
  ) async throws -> [[Int]] {
    let asked = asked(pairs)
    var state = State(groups: first(pairs, asked))
    if pairs.crowded.contains(true), !pairs.edges.isEmpty {
      for _ in 0..<Self.mostRounds {
        if try await !step(&state, &pairs, asked, verify: verify).isChanged { break }
      }
    }
    return finish(state.groups, pairs, asked)
  }

  /// What rounds hand to each other.
  struct State {
    /// Groups of two or more leaders, ascending, in order of their first member.
    var groups: [[Int]]
    /// Pairs that earlier rounds have compared.
    var compared: Set<UInt64> = []
  }

  /// The groups of the first round.
  func first(_ pairs: PairStages.Output, _ asked: GroupLinks? = nil) -> [[Int]] {
    let count = pairs.leaders.count
    return Clusterer(linkage: linkage, links: asked.map { ($0, Array(0..<count)) })
      .cluster(nodeCount: count, edges: pairs.edges.map(\.weighted))
  }

  /// One further round: merges crowded groups that samples show to be alike.
  ///
  /// - Returns: whether groups have changed, and whether nothing would change in any later round.
  func step(
    _ state: inout State,
    _ pairs: inout PairStages.Output,
    _ asked: GroupLinks? = nil,
    verify: ([UInt64]) async throws -> [NodeEdge]
  ) async throws -> (isChanged: Bool, isSettled: Bool) {
    let round = Round(state.groups, pairs.edges.map(\.weighted), crowded: pairs.crowded)
    let known = Set(pairs.edges.map { CandidatePairs.pack($0.a, $0.b) })
    let wanted = round.samplePairs().filter {
      !known.contains($0) && state.compared.insert($0).inserted
    }
    let found = try await verify(wanted)
    pairs.edges += found.map { $0.sampled }
    pairs.edges.sort { ($0.a, $0.b) < ($1.a, $1.b) }
    let merged = round.merged(
      by: pairs.edges.map(\.weighted),
      linkage: max(Self.linkage, linkage),
      asked
    )
    let isChanged = merged != state.groups
    state.groups = merged
    return (isChanged, !isChanged && found.isEmpty)
  }

  /// Ends the rounds: what was left alone joins where all its edges lead, then links are kept.
  func finish(
    _ groups: [[Int]],
    _ pairs: PairStages.Output,
    _ asked: GroupLinks? = nil
  ) -> [[Int]] {
    var groups = groups
    let linked = Set(pairs.links.same.joined()).union(pairs.links.apart.flatMap { [$0.a, $0.b] })
    LoneNodes(pairs.edges.map(\.weighted), nodeCount: pairs.leaders.count, linked)
      .attach(to: &groups)
    return asked?.united(groups, pairs.links) ?? groups
  }

  /// What links ask of groups.
  ///
  /// - Parameters:
  ///   - pairs: with the links.
  ///   - groups: what earlier rounds have merged.
  /// - Returns: nil where nothing is asked.
  func asked(_ pairs: PairStages.Output, _ groups: [[Int]] = []) -> GroupLinks? {
    if pairs.links.isEmpty { return nil }
    let asked = GroupLinks(pairs.links, nodeCount: pairs.leaders.count)
    asked.take(groups)
    return asked
  }
}

/// One further round: the groups so far, what links them, and who speaks for them.
private struct Round {
  /// Groups and single crowded nodes; the first ``crowdedCount`` may merge.
  private var units: [[Int]]
  private var crowdedCount: Int
  private var samples: [[Int]] = []
  /// Pairs of crowded units by their closeness.
  private var partners: [(a: Int, b: Int)] = []

  init(_ groups: [[Int]], _ edges: [WeightedEdge], crowded: [Bool]) {
    var unitOf = [Int](repeating: -1, count: crowded.count)
    for group in groups { for node in group { unitOf[node] = 0 } }
    let singles = crowded.indices.filter { crowded[$0] && unitOf[$0] < 0 }.map { [$0] }
    units = groups.filter { group in group.contains { crowded[$0] } } + singles
    crowdedCount = units.count
    for (unit, members) in units.enumerated() { for node in members { unitOf[node] = unit } }
    units += groups.filter { group in !group.contains { crowded[$0] } }
    for unit in units[crowdedCount...] { for node in unit { unitOf[node] = -1 } }
    samples = units[..<crowdedCount].map(Self.sample)
    findPartners(edges, unitOf)
  }

  /// Evenly spaced members.
  private static func sample(_ members: [Int]) -> [Int] {
    let size = ClusterRounds.sampleSize
    if members.count <= size { return members }
    return (0..<size).map { members[$0 * members.count / size] }
  }

  private mutating func findPartners(_ edges: [WeightedEdge], _ unitOf: [Int]) {
    var links: [UInt64: Double] = [:]
    for edge in edges where edge.weight > 0 {
      let (a, b) = (unitOf[edge.a], unitOf[edge.b])
      if a >= 0, b >= 0, a != b { links[CandidatePairs.pack(a, b), default: 0] += edge.weight }
    }
    var taken = [Int](repeating: 0, count: crowdedCount)
    for (pair, _) in links.sorted(by: { (-$0.value, $0.key) < (-$1.value, $1.key) }) {
      let (a, b) = CandidatePairs.unpack(pair)
      guard min(taken[a], taken[b]) < ClusterRounds.mostPartners else { continue }
      taken[a] += 1
      taken[b] += 1
      partners.append((a, b))
    }
  }

  /// The pairs to compare, the smaller member first, ascending.
  func samplePairs() -> [UInt64] {
    partners.flatMap { pair in
      samples[pair.a].flatMap { a in samples[pair.b].map { CandidatePairs.pack(a, $0) } }
    }.sorted()
  }

  /// The groups after those whose samples are alike in the mean are merged.
  func merged(
    by edges: [WeightedEdge],
    linkage: Double,
    _ asked: GroupLinks?
  ) -> [[Int]] {
    var weights: [UInt64: Double] = [:]
    for edge in edges { weights[CandidatePairs.pack(edge.a, edge.b)] = edge.weight }
    let between = partners.map { pair -> WeightedEdge in
      let (first, second) = (samples[pair.a], samples[pair.b])
      let sum = first.reduce(0.0) { sum, a in
        second.reduce(sum) { $0 + (weights[CandidatePairs.pack(a, $1)] ?? 0) }
      }
      return WeightedEdge(a: pair.a, b: pair.b, weight: sum / Double(first.count * second.count))
    }
    let clusters = Clusterer(linkage: linkage, links: asked.map { ($0, units.map { $0[0] }) })
      .cluster(nodeCount: crowdedCount, edges: between)
    var isMerged = [Bool](repeating: false, count: units.count)
    for unit in clusters.joined() { isMerged[unit] = true }
    let alone = units.indices.filter { !isMerged[$0] }.map { units[$0] }
    return (clusters.map { $0.flatMap { units[$0] }.sorted() } + alone)
      .filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}
