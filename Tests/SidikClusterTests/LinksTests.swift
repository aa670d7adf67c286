import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

/// Random links over ids that do not contradict each other.
func randomLinks(
  _ ids: [String],
  same: Int,
  different: Int,
  _ generator: inout SeededGenerator
) throws -> LinkList {
  var links: [Link] = []
  var seen: Set<String> = []
  while links.count < same + different, seen.count < 40 * (same + different) {
    guard let a = ids.randomElement(using: &generator),
      let b = ids.randomElement(using: &generator)
    else { break }
    seen.insert("\(a) \(b) \(seen.count)")
    let link = Link(a, b, links.count < same ? .same : .different, line: links.count + 1)
    if a != b, (try? LinkList(links + [link], file: "l")) != nil { links.append(link) }
  }
  return try LinkList(links, file: "l")
}

/// Clusters records under links.
func cluster(
  _ documents: [TestDocument],
  links: LinkList?,
  threads: Int = 2
) async throws -> PipelineResult {
  try await Pipeline(PipelineConfiguration(threads: threads, links: links))
    .run(RecordSource(documents))
}

@Suite struct LinksTests {
  private func read(_ text: String) throws(SidikError) -> LinkList {
    try LinkList(
      lines: text.utf8.split(separator: 10, omittingEmptySubsequences: false).enumerated()
        .map { (Array($1), $0 + 1) },
      file: "l.tsv"
    )
  }

  // MARK: Files

  @Test(arguments: [
    "a\tb\tsame\nb\tc\tdifferent\twhy\tIda\t2024",
    "# a comment\n\na\tb\tSame\r\n  # another\nb\tc\tdifferent\twhy\tIda\t2024\textra\r",
    "by\ttime\tverdict\tb\ta\tnote\n\t\tsame\tb\ta\t\nIda\t2024\tdifferent\tc\tb\twhy",
    "a,b,same\nb,c,different,why,Ida,2024",
    "a;b;verdict;note;by;time\na;b;same\n\"b\";\"c\";different;why;Ida;2024",
    #"{"a":"a","b":"b","verdict":"same"}"# + "\n"
      + #"{"verdict":"different","time":"2024","by":"Ida","note":"why","b":"c","a":"b"}"#,
  ])
  func forms(_ text: String) throws {
    let links = try read(text).links
    #expect(
      links.map { [$0.a, $0.b, $0.verdict.rawValue] } == [
        ["a", "b", "same"], ["b", "c", "different"],
      ]
    )
    #expect(links[1].note == "why" && links[1].by == "Ida" && links[1].time == "2024")
    #expect(links[0].note == nil && links[0].by == nil && links[0].time == nil)
  }

  @Test func quotedFields() throws {
    let links = try read("a,b,verdict,note\n\"x,\"\"1\"\"\",y,same,\"two\nlines\"\ny,z,same").links
    #expect(links.map(\.a) == ["x,\"1\"", "y"] && links[0].note == "two\nlines")
    #expect(links.map(\.line) == [2, 4])
  }

  @Test func noLinks() throws {
    #expect(try read("").links.isEmpty && read("# nothing yet\n").links.isEmpty)
  }

  @Test(
    arguments: [
      ("a\tb", 1, "is no link"), ("hello", 1, "is no link"),
      ("a\tb\tsame\na\tc", 2, "has 2 fields"),
      ("a\tb\tsame\na\tc\tmaybe", 2, "not 'maybe'"),
      ("a\tb\tsame\n\tc\tsame", 2, "lacks the id"),
      ("a\tb\tsame\nc\tc\tsame", 2, "'c' with itself"),
      ("a,b,same\n\"c,d,same", 2, "not closed"),
      ("{\"a\":\"x\"}", 1, "lacks the id"), ("{\"a\":", 1, "no JSON object"),
      ("{\"a\":\"x\",\"b\":\"y\"}", 1, "not ''"),
      ("a\tb\tsame\nb\ta\tdifferent", 2, "but line 1 says"),
      ("a\tb\tdifferent\nb\tc\tsame\nx\ty\tsame\nc\ta\tsame", 1, "but lines 2 and 4 together say"),
      ("a\tb\tsame\nb\ta\tdifferent\na\tb\tdifferent", 2, "1 more such"),
    ] as [(String, Int, String)]
  )
  func damagedFiles(_ text: String, _ line: Int, _ reason: String) {
    let error = #expect(throws: SidikError.self) { try read(text) }
    #expect(error?.line == line && error?.file == "l.tsv" && error?.code == .data)
    #expect(error?.message.contains(reason) == true, "\(String(describing: error))")
  }

  @Test func theFingerprint() throws {
    let one = try read("a\tb\tsame\nc\td\tdifferent")
    #expect(
      try read("d\tc\tdifferent\tnote\nb\ta\tsame\nb\ta\tsame").fingerprint == one.fingerprint
    )
    #expect(try read("a\tb\tsame\nc\td\tsame").fingerprint != one.fingerprint)
    let plain = PipelineConfiguration()
    #expect(PipelineConfiguration(links: one).fingerprint != plain.fingerprint)
    #expect(ClusteringBasis(PipelineConfiguration(links: one)) == ClusteringBasis(plain))
  }

  // MARK: Graphs

  /// Average-link under links, as plainly as possible: groups of groups, all means anew each time.
  private func naive(
    _ count: Int,
    _ edges: [WeightedEdge],
    _ links: ClusterLinks,
    _ linkage: Double
  ) -> [[Int]] {
    var weight = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for edge in edges {
      weight[edge.a][edge.b] = edge.weight
      weight[edge.b][edge.a] = edge.weight
    }
    var groups = (0..<count).map { [$0] }
    var together = Array(0..<count)
    func join(_ a: Int, _ b: Int) {
      let (x, y) = (together[a], together[b])
      for node in together.indices where together[node] == y { together[node] = x }
    }
    for group in links.same { for node in group { join(group[0], node) } }
    func mayMerge(_ a: [Int], _ b: [Int]) -> Bool {
      !links.apart.contains { pair in
        let ends = [together[pair.a], together[pair.b]]
        return ends == [together[a[0]], together[b[0]]] || ends == [together[b[0]], together[a[0]]]
      }
    }
    while true {
      var best: (mean: Double, a: Int, b: Int)?
      for a in groups.indices {
        for b in groups.indices where b > a {
          let sum = groups[a].reduce(0.0) { sum, x in groups[b].reduce(sum) { $0 + weight[x][$1] } }
          let mean = sum / Double(groups[a].count * groups[b].count)
          guard mean >= linkage, mean > best?.mean ?? 0, mayMerge(groups[a], groups[b]) else {
            continue
          }
          best = (mean, a, b)
        }
      }
      guard let best else { break }
      join(groups[best.a][0], groups[best.b][0])
      groups[best.a] += groups.remove(at: best.b)
    }
    return Dictionary(grouping: 0..<count) { together[$0] }.values.map { $0.sorted() }
      .filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  private func randomGraph(
    _ count: Int,
    _ generator: inout SeededGenerator
  ) throws -> ([WeightedEdge], ClusterLinks) {
    var edges: [WeightedEdge] = []
    for a in 0..<count {
      for b in 0..<count where a < b && Int.random(in: 0..<4, using: &generator) == 0 {
        // Weights without ties, so that the order of merges is one.
        edges.append(
          WeightedEdge(a: a, b: b, weight: Double.random(in: 0.1...1, using: &generator))
        )
      }
    }
    let links = try randomLinks(
      (0..<count).map { String($0) },
      same: Int.random(in: 0...3, using: &generator),
      different: Int.random(in: 0...6, using: &generator),
      &generator
    )
    var sets = UnionFind(count)
    for link in links.links where link.verdict == .same {
      sets.join(Int(link.a) ?? 0, Int(link.b) ?? 0)
    }
    let same = Dictionary(grouping: 0..<count) { sets.root($0) }.values.filter { $0.count > 1 }
    let apart = links.links.filter { $0.verdict == .different }
      .map { ClusterLinks.Pair(a: Int($0.a) ?? 0, b: Int($0.b) ?? 0) }
    return (
      edges, ClusterLinks(same: same.map { $0.sorted() }.sorted { $0[0] < $1[0] }, apart: apart)
    )
  }

  @Test(arguments: 1...200)
  func averageLinkUnderLinks(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let count = Int.random(in: 4...16, using: &generator)
    let (edges, links) = try randomGraph(count, &generator)
    let asked = GroupLinks(links, nodeCount: count)
    let groups = Clusterer(linkage: 0.3, links: (asked, Array(0..<count)))
      .cluster(nodeCount: count, edges: edges)
    #expect(asked.united(groups, links) == naive(count, edges, links, 0.3))
  }

  /// Components too large for average-link: what is linked is together, what is parted apart.
  @Test func theLeaderMethodUnderLinks() {
    let count = Clusterer.largestAverageLink + 100
    let edges = (1..<count).map { WeightedEdge(a: 0, b: $0, weight: 0.5 + Double($0) / 20_000) }
    let links = ClusterLinks(
      same: [[3, 4]],
      apart: [.init(a: 0, b: 10), .init(a: 3, b: 5), .init(a: 6, b: 7)]
    )
    let asked = GroupLinks(links, nodeCount: count)
    let groups = Clusterer(linkage: 0.3, links: (asked, Array(0..<count)))
      .cluster(nodeCount: count, edges: edges)
    let united = asked.united(groups, links)
    func group(_ node: Int) -> [Int]? { united.first { $0.contains(node) } }
    #expect(group(3)?.contains(4) == true && group(10) == nil)
    #expect(group(3)?.contains(5) != true && group(6)?.contains(7) != true)
    // The stronger tie of two that exclude each other stays.
    #expect(group(0)?.contains(7) == true && group(6) == nil && united[0].count > count - 10)
  }

  // MARK: Runs

  private func expectObeyed(
    _ links: LinkList,
    _ result: PipelineResult,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let familyOf = result.familyOf
    let known = Set((0..<result.documents.count).map { result.documents.id($0) })
    for link in links.links where known.contains(link.a) && known.contains(link.b) {
      let (x, y) = (familyOf[link.a], familyOf[link.b])
      #expect((x != nil && x == y) == (link.verdict == .same), "\(link)", sourceLocation: location)
      for family in Set([x, y].compactMap { $0 }) {
        let said = result.families[family].links
        #expect((link.verdict == .same ? said?.same : said?.different)?.contains(link) == true)
      }
    }
  }

  @Test(arguments: 1...(runsSlowTests ? 40 : 8))
  func linksAreObeyed(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let documents =
      Array(try BundledReposts().documents.shuffled(using: &generator)[..<200])
      + (0..<6).map {
        TestDocument("equal\($0)", "Harga beras di Pasar Sirih naik lagi pekan ini, kata warga.")
      }
      + [TestDocument("blank", "")]
    let links = try randomLinks(
      documents.map(\.id) + (0..<6).map { "equal\($0)" } + ["not here"],
      same: 12,
      different: 40,
      &generator
    )
    let plain = try await cluster(documents, links: nil)
    let result = try await cluster(documents, links: links)
    expectObeyed(links, result)
    #expect(result.edges == plain.edges, "links changed what was verified")
    let other = try await cluster(documents.shuffled(using: &generator), links: links, threads: 3)
    #expect(other.transcript == result.transcript)
    // The same from the edges, whether or not the run that saved them had the links.
    let basis = ClusteringBasis(PipelineConfiguration(links: links))
    let lines = try result.savedLines(basis)
    #expect(try plain.savedLines(basis) == lines)
    let again = try await Reclustering(saved(lines), links: links).run()
    #expect(again.bareFamilies == result.bareFamilies)
    expectObeyed(links, again)
    #expect(try await Reclustering(saved(lines)).run().bareFamilies == plain.bareFamilies)
  }

  /// Links that only join unite families as they are, and leave all others alone.
  @Test func joiningUnitesFamilies() async throws {
    let documents = try BundledReposts().documents
    let plain = try await cluster(documents, links: nil)
    let (x, y) = (plain.familyIDs[0], plain.familyIDs[3])
    let links = try LinkList([Link(x[2], y[1], .same), Link("lonely", x[0], .same)], file: "l")
    let result = try await cluster(documents + [TestDocument("lonely", "")], links: links)
    let sets = Set(result.familyIDs.map(Set.init))
    #expect(sets.contains(Set(x + y + ["lonely"])))
    #expect(sets.subtracting(plain.familyIDs.map(Set.init)).count == 1)
    #expect(result.families.count == plain.families.count - 1)
    let lonely = result.families[0].members.first { result.documents.id($0.document) == "lonely" }
    #expect(lonely?.level == .copy && lonely?.similarity == 0)
  }

  @Test func equalTextsThatAreParted() async throws {
    let text = "Harga beras di Pasar Sirih naik lagi pekan ini, kata warga."
    let documents =
      ["a", "b", "c", "d"].map { TestDocument($0, text) }
      + [TestDocument("e", text + " Benarkah?")]
    let links = try LinkList([Link("b", "c", .different), Link("c", "d", .same)], file: "l")
    let result = try await cluster(documents, links: links)
    #expect(Set(result.familyIDs.map { $0.sorted() }) == [["a", "b", "e"], ["c", "d"]])
    #expect(result.statistics.links?.applied == 2 && result.statistics.links?.missing == 0)
  }

  /// Crowded stories: further rounds unite nothing that is parted.
  @Test func roundsUnderLinks() async throws {
    var generator = SeededGenerator(seed: 5)
    let base = randomText(words: 80, &generator)
    let documents = (0..<400).map { TestDocument("d\($0)", edited(base, words: 5, &generator)) }
    let links = try randomLinks(documents.map(\.id), same: 20, different: 60, &generator)
    let result = try await cluster(documents, links: links)
    #expect(result.edges.contains { $0.origin == .sample })
    expectObeyed(links, result)
    let lines = try result.savedLines(ClusteringBasis(PipelineConfiguration(links: links)))
    let again = try await Reclustering(saved(lines), links: links).run()
    #expect(again.bareFamilies == result.bareFamilies)
  }

  // MARK: Deduplication

  @Test(arguments: 1...(runsSlowTests ? 30 : 6))
  func deduplicationUnderLinks(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let documents = Array(try BundledReposts().documents.shuffled(using: &generator)[..<150])
    let links = try randomLinks(documents.map(\.id), same: 15, different: 60, &generator)
    let loosest: Level = seed % 2 == 0 ? .excerpt : .variant
    let result = try await Deduplication(PipelineConfiguration(links: links), loosest: loosest)
      .run(RecordSource(documents))
    let resolved = ResolvedLinks(links, result.documents)
    var kept: [Int: Int] = [:]
    for (document, decision) in result.decisions.enumerated() {
      switch decision {
      case .kept:
        if let number = resolved.number(document) {
          kept[resolved.sets.root(number), default: 0] += 1
        }
      case .removed(let keeper, let level, _, _):
        #expect(result.decisions[keeper].isKept && level <= loosest)
        #expect(!resolved.areApart(document, keeper))
      }
    }
    // Of documents that links join one is left at most; none where it has another copy.
    #expect(kept.values.allSatisfy { $0 <= 1 })
    let plain = try await Deduplication(PipelineConfiguration(), loosest: loosest)
      .run(RecordSource(documents))
    #expect(plain.decisions != result.decisions)
  }
}
