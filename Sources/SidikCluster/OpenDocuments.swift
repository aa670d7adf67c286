/// The documents of one family that are neither kept nor removed yet, by their nodes.
struct OpenDocuments {
  private let leaders: [Int]
  private let equalOnly: Bool
  /// Open documents of each node.
  private var documents: [Int: [Int]] = [:]
  private var home: [Int: Int] = [:]
  /// Nodes that a leader stands for, in order.
  private var followers: [Int: [Int]] = [:]
  /// Leaders that verified edges link to a leader, in order.
  private var linked: [Int: [Int]] = [:]

  /// Opens all documents of a family.
  ///
  /// - Parameters:
  ///   - family: its nodes and edges.
  ///   - nodes: the documents of each node.
  ///   - leaders: for each node the one that stands for it.
  ///   - equalOnly: whether only equal texts are near each other.
  init(_ family: FamilyBuilder.Group, _ nodes: Nodes, _ leaders: [Int], equalOnly: Bool) {
    self.leaders = leaders
    self.equalOnly = equalOnly
    for node in family.nodes {
      documents[node] = nodes.documents[node].map { Int($0) }.sorted()
      for document in nodes.documents[node] { home[Int(document)] = node }
      followers[leaders[node], default: []].append(node)
    }
    for edge in family.edges where leaders[edge.a] != leaders[edge.b] {
      linked[leaders[edge.a], default: []].append(leaders[edge.b])
      linked[leaders[edge.b], default: []].append(leaders[edge.a])
    }
  }

  /// Whether a document is neither kept nor removed.
  func contains(_ document: Int) -> Bool { home[document] != nil }

  /// Closes a document.
  mutating func remove(_ document: Int) {
    guard let node = home.removeValue(forKey: document) else { return }
    documents[node]?.removeAll { $0 == document }
  }

  /// Nodes with open documents that may be copies of a node: itself, those of its leader, and
  /// those of the leaders that edges link to that.
  func nodes(near node: Int) -> [Int] {
    let leader = leaders[node]
    let near =
      equalOnly ? [node] : ([leader] + (linked[leader] ?? [])).flatMap { followers[$0] ?? [] }
    return near.filter { documents[$0]?.isEmpty == false }
  }

  /// Closes all open documents of a node and returns them in input order.
  mutating func take(node: Int) -> [Int] {
    let taken = documents[node] ?? []
    documents[node] = []
    for document in taken { home[document] = nil }
    return taken
  }
}
