internal import SidikCore

/// Documents joined by verified edges.
public struct Family: Sendable {
  /// One document of a family.
  public struct Member: Sendable {
    /// The document, as an index into the document table.
    public var document: Int
    /// What it is to the representative; where their texts alone make no edge, the level of
    /// its closest edge inside the family.
    public var level: Level
    /// Its Jaccard similarity to the representative.
    public var similarity: Double
    /// The larger containment between it and the representative.
    public var containment: Double
    /// Whether the two were compared.
    ///
    /// Families made from saved edges know only the pairs that were saved; where this is false,
    /// `similarity` and `containment` are 0 and mean nothing.
    public var isMeasured = true
  }

  /// Links of analysts that concern a family.
  public struct Links: Sendable, Hashable {
    /// Those that join two of its members.
    public var same: [Link] = []
    /// Those that keep one of its members apart from a document elsewhere.
    public var different: [Link] = []
  }

  /// 16 hexadecimal digits made from the members' ids.
  public var identifier: String
  /// The document the family is shown by.
  public var representative: Int
  /// The loosest level among the members; `template` for a document that has no copies and belongs
  /// to a template.
  public var level: Level
  /// The members, the representative first, then by time, then by id.
  public var members: [Member]
  /// The earliest time among the members, as its record says it.
  public var firstSeen: String?
  /// The weakest of the verified edges inside the family.
  public var weakest: Double
  /// The median of the verified edges inside the family.
  public var median: Double
  /// The links that concern it; nil where none does.
  public var links: Links?
  /// What families and lone documents of one frame with other slots have in common; nil where
  /// there is no other.
  public var template: String?
}

extension Family {
  /// A document that is alone, as a family of one.
  ///
  /// - Parameters:
  ///   - document: its index in the table.
  ///   - table: the run's documents.
  ///   - template: the template it belongs to, which makes its level `template`; nil: none.
  public init(single document: Int, in table: DocumentTable, template: String? = nil) {
    let time = table.time(document)
    self.init(
      identifier: FamilyBuilder.identifier(of: [table.id(document)]),
      representative: document,
      level: template == nil ? .exact : .template,
      members: [Member(document: document, level: .exact, similarity: 1, containment: 1)],
      firstSeen: time.flatMap { Timestamp($0) == nil ? nil : time },
      weakest: 1,
      median: 1,
      template: template
    )
  }
}
