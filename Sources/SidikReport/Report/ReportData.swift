public import SidikCluster
internal import SidikCore

/// All that a report shows beside the texts, in the order of its families.
///
/// `Documentation/Formats/report.md` describes how it is written.
public struct ReportData {
  /// What it says of the run.
  public let run: ReportRun
  /// The families, in output order.
  public let families: [Family]
  /// The documents in report order, by their number in the input: members family by family, then
  /// documents that only ``pairs`` speak of.
  public let order: [Int]
  /// Verified pairs inside families, by family and place.
  let edges: [PlacedEdge]
  /// Pairs for an analyst to decide about.
  let pairs: [BorderlinePair]
  let documents: DocumentTable

  /// A verified pair whose two documents stand in one family.
  struct PlacedEdge {
    var family: Int
    /// Places of the two documents in the family, the smaller first.
    var a: Int
    var b: Int
    var edge: Edge
  }

  /// Collects what a report shows.
  ///
  /// - Parameters:
  ///   - documents: all documents of the run, in input order.
  ///   - families: in output order; families of one are shown, but not counted.
  ///   - edges: the verified pairs, as indexes into the documents.
  ///   - run: what is said of the run.
  /// - Complexity: O(n + e log e) for n documents and e edges.
  public init(
    _ documents: DocumentTable,
    families: [Family],
    edges: [Edge],
    run: ReportRun
  ) {
    self.documents = documents
    self.families = families
    self.run = run
    var home = [Int32](repeating: -1, count: documents.count)
    var place = home
    var order: [Int] = []
    for (index, family) in families.enumerated() {
      for (offset, member) in family.members.enumerated() {
        home[member.document] = Int32(index)
        place[member.document] = Int32(offset)
        order.append(member.document)
      }
    }
    var inside: [PlacedEdge] = []
    for edge in edges where home[edge.a] >= 0 && home[edge.a] == home[edge.b] {
      let (x, y) = (Int(place[edge.a]), Int(place[edge.b]))
      inside.append(PlacedEdge(family: Int(home[edge.a]), a: min(x, y), b: max(x, y), edge: edge))
    }
    inside.sort { ($0.family, $0.a, $0.b) < ($1.family, $1.a, $1.b) }
    self.edges = inside
    pairs = BorderlinePair.choose(documents, edges, home: home)
    for document in pairs.flatMap({ [$0.a, $0.b] }) where home[document] < 0 {
      // Noted as placed, so that it stands once.
      home[document] = Int32.max
      order.append(document)
    }
    self.order = order
  }

  /// Which documents of the input have their text in the report.
  public var isWanted: [Bool] {
    var wanted = [Bool](repeating: false, count: documents.count)
    for document in order { wanted[document] = true }
    return wanted
  }
}

/// A pair near the thresholds.
struct BorderlinePair {
  /// Why it is worth a look.
  enum Kind: String {
    /// Among the weakest links inside families.
    case weak
    /// A verified pair whose two documents are in different families, or in none.
    case apart
  }

  var kind: Kind
  /// The documents, by their number in the input, the smaller id first.
  var a: Int
  var b: Int
  var strength: Double
  var level: Level

  /// Pairs of a kind that a report holds at most.
  static let most = 100
  /// Pairs that one family, or two groups kept apart, give at most.
  static let mostOfOne = 2

  /// Chooses the weakest pairs inside families and the strongest between them.
  ///
  /// - Parameters:
  ///   - documents: for the ids, which break ties.
  ///   - edges: the verified pairs.
  ///   - home: the family of each document, -1 for none.
  /// - Returns: the weak ones first, each kind by how near the border it is.
  static func choose(
    _ documents: DocumentTable,
    _ edges: [Edge],
    home: [Int32]
  ) -> [BorderlinePair] {
    func chosen(_ kind: Kind, _ candidates: [Edge]) -> [BorderlinePair] {
      let named = candidates.map { edge in
        let (x, y) = (documents.id(edge.a), documents.id(edge.b))
        let isOrdered = x != y ? x < y : edge.a < edge.b
        return (
          ids: isOrdered ? (x, y) : (y, x), a: isOrdered ? edge.a : edge.b,
          b: isOrdered ? edge.b : edge.a, edge: edge
        )
      }
      let sorted = named.sorted { x, y in
        let (first, second) = (x.edge.strength, y.edge.strength)
        if first != second { return kind == .weak ? first < second : first > second }
        return (x.ids.0, x.ids.1, x.a, x.b) < (y.ids.0, y.ids.1, y.a, y.b)
      }
      var taken: [Meeting: Int] = [:]
      var pairs: [BorderlinePair] = []
      for entry in sorted where pairs.count < most {
        taken[Meeting(entry.a, entry.b, home), default: 0] += 1
        guard taken[Meeting(entry.a, entry.b, home), default: 0] <= mostOfOne else { continue }
        pairs.append(
          BorderlinePair(
            kind: kind,
            a: entry.a,
            b: entry.b,
            strength: entry.edge.strength,
            level: entry.edge.level
          )
        )
      }
      return pairs
    }
    // Equal texts are never in doubt; templates and related texts join no family.
    let doubtful = edges.filter { $0.level != .exact && $0.level.joins }
    return chosen(.weak, doubtful.filter { home[$0.a] >= 0 && home[$0.a] == home[$0.b] })
      + chosen(.apart, doubtful.filter { home[$0.a] < 0 || home[$0.a] != home[$0.b] })
  }

  /// The two groups that a pair stands in or between; a document in no family is its own.
  private struct Meeting: Hashable {
    var low: Int
    var high: Int

    init(_ a: Int, _ b: Int, _ home: [Int32]) {
      let (x, y) = (home[a] < 0 ? -1 - a : Int(home[a]), home[b] < 0 ? -1 - b : Int(home[b]))
      (low, high) = (min(x, y), max(x, y))
    }
  }
}
