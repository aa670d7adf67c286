/// Disjoint sets with path halving; the smallest member is the root.
struct UnionFind {
  private var parents: [UInt32]

  init(_ count: Int) { parents = (0..<count).map { UInt32($0) } }

  mutating func root(_ node: Int) -> Int {
    var node = node
    while Int(parents[node]) != node {
      parents[node] = parents[Int(parents[node])]
      node = Int(parents[node])
    }
    return node
  }

  /// The root, found without shortening the way to it.
  func find(_ node: Int) -> Int {
    var node = node
    while Int(parents[node]) != node { node = Int(parents[node]) }
    return node
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (first, second) = (root(a), root(b))
    if first != second { parents[max(first, second)] = UInt32(min(first, second)) }
  }
}
