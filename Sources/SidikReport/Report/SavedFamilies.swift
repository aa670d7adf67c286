public import SidikCluster
public import SidikCore

/// Families as `sidik cluster` wrote them, read back line by line.
public struct SavedFamilies {
  /// A member as its line says it.
  struct Member {
    var id: String
    var level: Level
    var similarity: Double?
    var containment: Double?
    var source: String?
    var author: String?
    var time: String?
  }

  /// A family as its line says it.
  struct Saved {
    var identifier: String
    var level: Level
    var weakest: Double
    var median: Double
    var firstSeen: String?
    var template: String?
    var members: [Member]
  }

  private let file: String
  /// The families that were read.
  private(set) var all: [Saved] = []
  /// The version and fingerprint of the run; empty where no line was read.
  public private(set) var stamp = ""

  /// Prepares to read.
  ///
  /// - Parameter file: the name of the file, for messages.
  public init(file: String) { self.file = file }

  /// Takes the next line.
  ///
  /// - Parameters:
  ///   - line: its bytes without the line feed; blank lines are passed over.
  ///   - number: its number from 1.
  /// - Throws: ``SidikError`` where it is no family of this version, or of another run.
  public mutating func take(_ line: [UInt8], number: Int) throws(SidikError) {
    if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { return }
    guard let value = JSONValue(line), let identifier = value["family"]?.id,
      let stamp = value["sidik"]?.id, let level = Self.level(value["level"]),
      let weakest = value["cohesion"]?["min"]?.number,
      let median = value["cohesion"]?["median"]?.number,
      let members = value["members"]?.array, !members.isEmpty
    else {
      throw fault(
        "is no family with family, level, cohesion, members and sidik, as `sidik cluster` writes it",
        number
      )
    }
    guard self.stamp.isEmpty || self.stamp == stamp else {
      throw fault("was made by \(stamp), the lines before by \(self.stamp)", number)
    }
    self.stamp = stamp
    var taken: [Member] = []
    for member in members { taken.append(try self.member(member, number)) }
    all.append(
      Saved(
        identifier: identifier,
        level: level,
        weakest: weakest,
        median: median,
        firstSeen: value["first_seen"]?.id,
        template: value["template"]?.id,
        members: taken
      )
    )
  }

  private func member(_ value: JSONValue, _ line: Int) throws(SidikError) -> Member {
    guard let id = value["id"]?.id, let level = Self.level(value["level"]) else {
      throw fault("has a member without id or with a level that is unknown here", line)
    }
    return Member(
      id: id,
      level: level,
      similarity: value["similarity"]?.number,
      containment: value["containment"]?.number,
      source: value["source"]?.id,
      author: value["author"]?.id,
      time: value["time"]?.id
    )
  }

  private static func level(_ value: JSONValue?) -> Level? {
    value?.id.flatMap { Level(rawValue: $0) }
  }

  private func fault(_ reason: String, _ line: Int) -> SidikError {
    SidikError(.data, reason, file: file, line: line)
  }
}

/// What saved output and its inputs come to together.
public struct SavedReport {
  /// The documents of the inputs, and behind them those that only saved output names.
  public private(set) var documents: DocumentTable
  /// The families, in the order of their file.
  public private(set) var families: [Family] = []
  /// The verified pairs; none where no edges were given.
  public private(set) var edges: [Edge] = []
  /// Members that no input holds.
  public private(set) var missing = 0
  /// The id of the first of them.
  public private(set) var firstMissing: String?

  /// Joins families and edges with documents by their ids.
  ///
  /// - Parameters:
  ///   - saved: the families.
  ///   - edges: the verified pairs of the same run, or nil.
  ///   - documents: the documents of the inputs.
  public init(_ saved: SavedFamilies, edges: SavedEdges?, documents: DocumentTable) {
    self.documents = documents
    var finder = DocumentFinder(documents)
    for family in saved.all { families.append(resolve(family, &finder)) }
    if let edges { take(edges) }
  }

  private mutating func resolve(
    _ saved: SavedFamilies.Saved,
    _ finder: inout DocumentFinder
  ) -> Family {
    let members = saved.members.map { member -> Family.Member in
      let found = finder.next(
        id: member.id,
        source: member.source,
        author: member.author,
        time: member.time
      )
      return Family.Member(
        saved: found ?? lost(member),
        level: member.level,
        scores: member.similarity.map { ($0, member.containment ?? 0) }
      )
    }
    return Family(
      saved: saved.identifier,
      level: saved.level,
      members: members,
      firstSeen: saved.firstSeen,
      cohesion: (saved.weakest, saved.median),
      template: saved.template
    )
  }

  /// A document that is named and not there.
  private mutating func lost(_ member: SavedFamilies.Member) -> Int {
    missing += 1
    firstMissing = firstMissing ?? member.id
    documents.append(
      id: member.id,
      source: member.source,
      author: member.author,
      time: member.time
    )
    return documents.count - 1
  }

  /// Takes the pairs whose documents are known.
  private mutating func take(_ saved: SavedEdges) {
    var finder = DocumentFinder(documents)
    let table = saved.documents
    let places = (0..<table.count).map { document in
      finder.next(
        id: table.id(document),
        source: table.source(document),
        author: table.author(document),
        time: table.time(document)
      )
    }
    for edge in saved.edges {
      guard let a = places[edge.a], let b = places[edge.b] else { continue }
      var placed = edge
      (placed.a, placed.b) = (a, b)
      edges.append(placed)
    }
  }
}
