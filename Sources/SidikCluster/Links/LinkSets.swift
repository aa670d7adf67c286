/// Which of numbered things are together and which must stay apart, as more are joined.
struct LinkSets: Sendable {
  private var sets: UnionFind
  /// For each root the roots it must stay apart from.
  private var apart: [Int: Set<Int>] = [:]

  /// Things that are neither together nor apart.
  init(_ count: Int) { sets = UnionFind(count) }

  /// What stands for all that is together with a thing.
  func root(_ thing: Int) -> Int { sets.find(thing) }

  /// Keeps two things apart that are not together.
  mutating func part(_ a: Int, _ b: Int) {
    let (x, y) = (root(a), root(b))
    apart[x, default: []].insert(y)
    apart[y, default: []].insert(x)
  }

  /// Whether two things must stay apart.
  func areApart(_ a: Int, _ b: Int) -> Bool { apart[root(a)]?.contains(root(b)) ?? false }

  /// Joins two things that need not stay apart.
  mutating func join(_ a: Int, _ b: Int) {
    let (x, y) = (root(a), root(b))
    if x == y { return }
    sets.join(x, y)
    let (kept, gone) = (min(x, y), max(x, y))
    for other in apart.removeValue(forKey: gone) ?? [] {
      apart[other]?.remove(gone)
      apart[other]?.insert(kept)
      apart[kept, default: []].insert(other)
    }
  }

  /// Pairs of roots that must stay apart, the smaller first, ascending.
  var apartPairs: [(Int, Int)] {
    apart.flatMap { root, others in others.filter { $0 > root }.map { (root, $0) } }
      .sorted { $0 < $1 }
  }
}
