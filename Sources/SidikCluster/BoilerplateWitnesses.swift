internal import SidikCore

/// Decides whether enough of the texts that share a shingle are unrelated.
///
/// Two texts are related if the own words of one stand in the other, by their char-9 grams: those
/// of edited copies do even where hardly five words in a row were left alone, and unrelated
/// texts share few grams of nine characters.
struct BoilerplateWitnesses {
  private static let listsPerPart = 32

  let configuration: PipelineConfiguration
  let reader: BoilerplateReader
  let groups: [BoilerplateGroup]

  /// One list of texts that some shingles share.
  private struct Case: Hashable, Comparable {
    var group: Int32
    var nodes: [Int32]

    static func < (a: Case, b: Case) -> Bool {
      a.group != b.group ? a.group < b.group : a.nodes.lexicographicallyPrecedes(b.nodes)
    }
  }

  /// The shingles that are boilerplate, with their scopes.
  func prove(_ lists: WitnessLists) async throws -> [(number: Int, scope: BoilerplateScope)] {
    var known: Set<Case> = []
    for (number, nodes) in lists.nodes.enumerated() {
      let group = lists.groups[number]
      if nodes.count >= groups[Int(group)].least { known.insert(Case(group: group, nodes: nodes)) }
    }
    let cases = known.sorted()
    let parts = Parallel.ranges(cases.count, size: Self.listsPerPart)
    let (reader, configuration, groups) = (reader, configuration, groups)
    let answers = try await Parallel.map(
      parts: parts.count,
      threads: configuration.threads,
      makeWorker: { WitnessJudge(reader, configuration.keys) }
    ) { judge, part in
      cases[parts[part]].map { judge.hasUnrelated($0.nodes, groups[Int($0.group)]) }
    }
    let proven = Set(zip(cases, answers.joined()).filter(\.1).map(\.0))
    return lists.nodes.indices.compactMap { number in
      let group = lists.groups[number]
      guard proven.contains(Case(group: group, nodes: lists.nodes[number])) else { return nil }
      return (number, groups[Int(group)].zones[reader.common.zone(number)].scope)
    }
  }
}
