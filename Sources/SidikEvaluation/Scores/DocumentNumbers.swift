internal import SidikCluster

/// Numbers for ids, those of the truth first.
struct DocumentNumbers {
  private var numbers: [String: Int] = [:]

  /// Numbers given so far.
  var count: Int { numbers.count }

  /// The number of an id, a new one where it has none.
  mutating func number(_ id: String) -> Int {
    if let known = numbers[id] { return known }
    numbers[id] = numbers.count
    return numbers.count - 1
  }

  /// The number of an id, or nil.
  func known(_ id: String) -> Int? { numbers[id] }

  /// The graph of edges by number.
  mutating func graph(_ edges: [FoundEdge]) -> EdgeGraph {
    var numbered: [(a: Int, b: Int, level: Level, jaccard: Double)] = []
    for edge in edges where edge.a != edge.b {
      numbered.append((number(edge.a), number(edge.b), edge.level, edge.jaccard))
    }
    return EdgeGraph(count: count, edges: numbered)
  }
}
