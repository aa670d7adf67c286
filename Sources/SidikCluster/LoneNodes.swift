/// Nodes that clustering left alone although several edges lead into one group.
///
/// A few words of a story stand whole in some of its copies, and not in those that are misspelt just
/// there. The pairs that are no edges pull the mean below the linkage. A node without a group
/// therefore joins where **all** its edges lead, if these are ``leastEdges`` or more. It brings no edge
/// elsewhere, so nothing chains, and no two groups merge.
struct LoneNodes {
  /// So many edges must agree: one may be a chance.
  static let leastEdges = 3

  private let edges: [WeightedEdge]
  private let nodeCount: Int
  /// Nodes of which analysts have said where they belong.
  private let linked: Set<Int>

  init(_ edges: [WeightedEdge], nodeCount: Int, _ linked: Set<Int>) {
    self.edges = edges.filter { $0.weight > 0 }
    self.nodeCount = nodeCount
    self.linked = linked
  }

  /// Lets lone nodes join groups.
  ///
  /// - Parameter groups: groups of two or more nodes, members ascending, in order of their first.
  /// - Complexity: O(n + e log e).
  func attach(to groups: inout [[Int]]) {
    var groupOf = [Int](repeating: -1, count: nodeCount)
    for (group, members) in groups.enumerated() { for node in members { groupOf[node] = group } }
    var targets: [Int: (group: Int, edges: Int)] = [:]
    for edge in edges {
      for (node, other) in [(edge.a, edge.b), (edge.b, edge.a)] where groupOf[node] < 0 {
        let group = groupOf[other]
        let known = targets[node]
        let agrees = group >= 0 && (known.map { $0.group == group } ?? true)
        targets[node] = (agrees ? group : Int.max, (known?.edges ?? 0) + 1)
      }
    }
    for node in targets.keys.sorted() where !linked.contains(node) {
      guard let target = targets[node], target.group < groups.count,
        target.edges >= Self.leastEdges
      else { continue }
      groups[target.group].append(node)
    }
    groups = groups.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }
}
