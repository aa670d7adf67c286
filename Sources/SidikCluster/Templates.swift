/// Templates: families and lone documents of one frame with other slots.
///
/// Copies make families, and a frame joins none: a letter of another bank is another message. What
/// verified pairs of the level `template` hold together is one template, again by average-link, over
/// families and lone documents as they are.
struct Templates {
  /// For each family the template it belongs to.
  private(set) var ofFamilies: [String?]
  /// Documents in no family that belong to a template, by their place in the table.
  private(set) var ofDocuments: [Int: String] = [:]
  /// How many templates.
  private(set) var count = 0
  /// Documents in them.
  private(set) var documents = 0

  /// Finds the templates.
  ///
  /// - Parameters:
  ///   - families: the families of the run.
  ///   - edges: its verified pairs.
  ///   - linkage: the least share of pairs of families that are templates at which they are taken
  ///     together.
  ///   - table: the run's documents.
  /// - Complexity: O(e log e) for e pairs of the level `template`.
  init(_ families: [Family], _ edges: [Edge], linkage: Double, _ table: DocumentTable) {
    ofFamilies = [String?](repeating: nil, count: families.count)
    let pairs = edges.filter { $0.level == .template }
    if pairs.isEmpty { return }
    // Families first, then lone documents in the order of the table.
    var unitOf: [Int: Int] = [:]
    for (unit, family) in families.enumerated() {
      for member in family.members { unitOf[member.document] = unit }
    }
    var units = families.map { $0.members.map(\.document) }
    for document in Set(pairs.flatMap { [$0.a, $0.b] }).sorted() where unitOf[document] == nil {
      unitOf[document] = units.count
      units.append([document])
    }
    var joined: Set<[Int]> = []
    for pair in pairs {
      guard let a = unitOf[pair.a], let b = unitOf[pair.b], a != b else { continue }
      joined.insert([min(a, b), max(a, b)])
    }
    let links = joined.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
      .map { WeightedEdge(a: $0[0], b: $0[1], weight: 1) }
    let groups = Clusterer(linkage: linkage).cluster(nodeCount: units.count, edges: links)
    count = groups.count
    for group in groups {
      let members = group.flatMap { units[$0] }
      documents += members.count
      let identifier = FamilyBuilder.identifier(of: members.map { table.id($0) })
      for unit in group {
        if unit < families.count {
          ofFamilies[unit] = identifier
        } else {
          ofDocuments[units[unit][0]] = identifier
        }
      }
    }
  }
}

extension PipelineResult {
  /// Finds the templates and marks the families that belong to one.
  mutating func findTemplates(linkage: Double) {
    let templates = Templates(families, edges, linkage: linkage, documents)
    for family in families.indices { families[family].template = templates.ofFamilies[family] }
    templateDocuments = templates.ofDocuments
    statistics.templates = TemplateStatistics(
      count: templates.count,
      documents: templates.documents
    )
  }
}
