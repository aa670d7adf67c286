internal import SidikCluster

/// Verified pairs, read as the engine means them: near-identical documents share their edges.
///
/// Equal texts are joined in a star, and a text that is almost another is joined to that other
/// alone, which is then compared in its place. So the edge of two texts may stand between the
/// texts that stand for them; a document stands for another when the two are equal, or when an
/// edge of at least ``collapse`` is the other's only one.
struct EdgeGraph {
  /// The Jaccard similarity from which one text stands for another.
  static let collapse = 0.85

  /// The class of each document: the number of the document that stands for it.
  private(set) var classOf: [Int]
  /// Edges between classes, the closest of each pair.
  private(set) var levels: [UInt64: Level] = [:]
  private var exact: [Int]
  private var direct: [UInt64: Level] = [:]

  /// Builds the graph.
  ///
  /// - Parameters:
  ///   - count: documents are numbered below this.
  ///   - edges: in any order, an edge never with itself.
  init(count: Int, edges: [(a: Int, b: Int, level: Level, jaccard: Double)]) {
    exact = Array(0..<count)
    for edge in edges where edge.level == .exact { Self.join(edge.a, edge.b, &exact) }
    for document in 0..<count { exact[document] = Self.root(document, exact) }
    var similarity: [UInt64: Double] = [:]
    var neighbours = [Int](repeating: -1, count: count)
    var degree = [Int](repeating: 0, count: count)
    for edge in edges {
      let (x, y) = (exact[edge.a], exact[edge.b])
      guard x != y else { continue }
      let key = Self.key(x, y)
      if direct[key] == nil {
        for (me, other) in [(x, y), (y, x)] {
          neighbours[me] = other
          degree[me] += 1
        }
      }
      direct[key] = min(direct[key] ?? edge.level, edge.level)
      similarity[key] = max(similarity[key] ?? 0, edge.jaccard)
    }
    var standIn = Array(0..<count)
    for node in 0..<count where exact[node] == node && degree[node] == 1 {
      let other = neighbours[node]
      // Two texts that have each other alone: the smaller number stands for both.
      let leads = degree[other] > 1 || other < node
      if leads, similarity[Self.key(node, other)] ?? 0 >= Self.collapse { standIn[node] = other }
    }
    classOf = exact.map { standIn[$0] }
    for (key, level) in direct {
      let (x, y) = (standIn[Int(key >> 32)], standIn[Int(key & 0xFFFF_FFFF)])
      guard x != y else { continue }
      let key = Self.key(x, y)
      levels[key] = min(levels[key] ?? level, level)
    }
  }

  /// The level of the edge between two documents or the texts that stand for them.
  func level(_ a: Int, _ b: Int) -> Level? {
    if exact[a] == exact[b] { return .exact }
    if let level = direct[Self.key(exact[a], exact[b])] { return level }
    if classOf[a] == classOf[b] { return .copy }
    return levels[Self.key(classOf[a], classOf[b])]
  }

  private static func key(_ a: Int, _ b: Int) -> UInt64 {
    UInt64(min(a, b)) << 32 | UInt64(max(a, b))
  }

  private static func root(_ node: Int, _ parents: [Int]) -> Int {
    var node = node
    while parents[node] != node { node = parents[node] }
    return node
  }

  private static func join(_ a: Int, _ b: Int, _ parents: inout [Int]) {
    let (x, y) = (root(a, parents), root(b, parents))
    parents[max(x, y)] = min(x, y)
    // Halves the way of the two that were asked for, so that stars stay flat.
    (parents[a], parents[b]) = (min(x, y), min(x, y))
  }
}
