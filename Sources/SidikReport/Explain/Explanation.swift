public import SidikCluster
public import SidikCore

/// What a run knows of one document: its family, its pairs, and whom it is compared with.
public struct Explanation: Sendable {
  /// A document that it is compared with, and the verified pair of the two, if there is one.
  public struct Other: Sendable {
    /// The document.
    public var document: Int
    /// The pair, the explained document first.
    public var edge: Edge?
    /// What the document is to the member its family is shown by, where it is in the same family
    /// and one of the two is that member.
    public var member: Family.Member?
    /// The passages that both texts have, the explained document first, where they were looked for.
    public internal(set) var passages: [PassageSpan]?
  }

  /// The document, as an index into the run's table.
  public let document: Int
  /// Its family; nil where it is in none.
  public let family: Family?
  /// Its verified pairs, the strongest first.
  public let edges: [Edge]
  /// The weakest verified pair inside its family.
  public let weakest: Edge?
  /// Whom it is compared with.
  public private(set) var others: [Other]

  /// Gathers what a run knows.
  ///
  /// - Parameters:
  ///   - document: which document.
  ///   - others: whom to compare it with; if empty, the member its family is shown by, or its
  ///     strongest pair.
  ///   - result: the run.
  /// - Throws: ``SidikError`` where a document would be compared with itself.
  /// - Complexity: O(e log e) in the document's edges, O(e) in all.
  public init(of document: Int, with others: [Int], _ result: PipelineResult) throws(SidikError) {
    guard !others.contains(document) else {
      throw SidikError(.usage, "--with names the document itself")
    }
    let family = result.families.first { $0.members.contains { $0.document == document } }
    let table = result.documents
    let edges = result.edges.compactMap { edge -> Edge? in
      edge.a == document ? edge : edge.b == document ? edge.swapped : nil
    }.sorted { x, y in
      x.strength != y.strength
        ? x.strength > y.strength : (table.id(x.b), x.b) < (table.id(y.b), y.b)
    }
    let members = Set(family?.members.map(\.document) ?? [])
    weakest = result.edges.filter {
      $0.level.joins && members.contains($0.a) && members.contains($0.b)
    }
    .min { x, y in
      (x.strength, table.id(x.a), table.id(x.b)) < (y.strength, table.id(y.a), table.id(y.b))
    }
    var chosen = others
    if chosen.isEmpty {
      if let family, family.representative != document {
        chosen = [family.representative]
      } else if let nearest = edges.first(where: { members.contains($0.b) }) ?? edges.first {
        chosen = [nearest.b]
      } else if let second = family?.members.first(where: { $0.document != document }) {
        chosen = [second.document]
      }
    }
    self.others = chosen.map { other in
      let shown = family?.representative
      let spoken = other == shown ? document : document == shown ? other : nil
      return Other(
        document: other,
        edge: edges.first { $0.b == other },
        member: spoken.flatMap { spoken in family?.members.first { $0.document == spoken } }
      )
    }
    self.document = document
    self.family = family
    self.edges = edges
  }

  /// Whether nothing joins the document to any other.
  public var isAlone: Bool { family == nil && edges.isEmpty }

  /// Which documents' texts are shown.
  ///
  /// - Parameter count: documents of the run.
  /// - Returns: for each document whether it is.
  public func isWanted(among count: Int) -> [Bool] {
    var wanted = [Bool](repeating: false, count: count)
    for shown in [document] + others.map(\.document) { wanted[shown] = true }
    return wanted
  }

  /// Finds the passages that the document has in common with those it is compared with.
  ///
  /// - Parameters:
  ///   - texts: their texts.
  ///   - configuration: of the run.
  /// - Throws: ``SidikError`` where a text cannot be read.
  /// - Complexity: O(n) in the words of the texts.
  public mutating func findPassages(
    _ texts: ReportTexts,
    _ configuration: PipelineConfiguration
  ) async throws {
    let finder = SpanFinder(.evidence(configuration))
    let own = try texts.bytes(document)
    for number in others.indices {
      let other = try texts.bytes(others[number].document)
      others[number].passages = try await finder.passages(of: own, other)
    }
  }
}
