/// What links ask of a clustering of leaders: by default, nothing.
struct ClusterLinks: Sendable {
  /// Two nodes that must stay apart.
  struct Pair: Sendable, Hashable {
    var a: Int
    var b: Int
  }

  /// Groups of two or more nodes that end in one family, disjoint, members ascending.
  var same: [[Int]] = []
  /// One pair for each two groups, or nodes in none, that must stay apart.
  var apart: [Pair] = []

  /// Whether nothing is asked.
  var isEmpty: Bool { same.isEmpty && apart.isEmpty }
}

/// The links of a clustering while its groups merge.
///
/// Whatever merges is checked against everything it will end up with: a group that links join to
/// another can never take what must stay apart from that other. So the groups that links join can
/// always be united in the end, whole as their texts made them; united first, they would be means
/// over unlike halves, and lose members for it. Constraints and their closure: Wagstaff, Cardie,
/// "Clustering with instance-level constraints", ICML 2000.
final class GroupLinks {
  private var sets: LinkSets

  /// Links among nodes numbered below a count.
  init(_ links: ClusterLinks, nodeCount: Int) {
    sets = LinkSets(nodeCount)
    for group in links.same { for node in group { sets.join(group[0], node) } }
    for pair in links.apart { sets.part(pair.a, pair.b) }
  }

  /// Takes what has merged before, which links let merge.
  func take(_ groups: [[Int]]) {
    for group in groups { for node in group { sets.join(group[0], node) } }
  }

  /// What stands for all that a node ends up with.
  func root(_ node: Int) -> Int { sets.root(node) }

  /// Merges the groups of two nodes, unless they must stay apart.
  ///
  /// - Returns: whether they were merged.
  func merge(_ a: Int, _ b: Int) -> Bool {
    if sets.areApart(a, b) { return false }
    sets.join(a, b)
    return true
  }

  /// The groups of a clustering, those that links join united.
  ///
  /// - Parameters:
  ///   - groups: of two or more nodes.
  ///   - links: the links; what they join may be in no group.
  /// - Returns: members ascending, in order of their first member.
  func united(_ groups: [[Int]], _ links: ClusterLinks) -> [[Int]] {
    var byRoot: [Int: [Int]] = [:]
    for group in groups + links.same { byRoot[sets.root(group[0]), default: []] += group }
    return byRoot.values.map { Set($0).sorted() }.sorted { $0[0] < $1[0] }
  }
}
