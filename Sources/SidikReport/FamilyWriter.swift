public import SidikCluster
internal import SidikCore
public import SidikFormats

/// Writes families as the contract in `Documentation/Formats/families.md` says.
public struct FamilyWriter {
  private let documents: DocumentTable
  private let provenance: Provenance

  /// Makes a writer for the families of one run.
  public init(_ documents: DocumentTable, provenance: Provenance) {
    self.documents = documents
    self.provenance = provenance
  }

  /// Writes all families.
  ///
  /// - Parameters:
  ///   - families: in the order in which they are to stand.
  ///   - format: JSON Lines, CSV or TSV.
  ///   - output: where to.
  ///   - forSpreadsheets: whether rows begin with a byte order mark and hold no formulas.
  /// - Throws: as ``OutputFile/write(_:)``.
  public func write(
    _ families: [Family],
    as format: ResultFormat,
    to output: OutputFile,
    forSpreadsheets: Bool = false
  ) throws {
    guard let delimiter = format.delimiter else {
      for family in families { try output.write(line(family)) }
      return
    }
    var rows = CSVWriter(delimiter: delimiter, guardsFormulas: forSpreadsheets)
    if forSpreadsheets { try output.write(CSVWriter.byteOrderMark) }
    for name in [
      "family", "size", "family_level", "representative", "id", "level", "similarity",
      "containment", "source", "author", "time", "repeats", "template", "sidik",
    ] { rows.field(name) }
    rows.endRow()
    try output.write(rows.bytes)
    for family in families {
      rows.removeAll()
      for member in family.members { append(member, of: family, to: &rows) }
      try output.write(rows.bytes)
    }
  }

  /// One family as a line of JSON.
  public func line(_ family: Family) -> [UInt8] {
    JSONWriter.line { json in
      json.member("family", family.identifier)
      json.member("size", family.members.count)
      json.member("level", family.level.rawValue)
      if let template = family.template { json.member("template", template) }
      json.member("representative", documents.id(family.representative))
      if let time = family.firstSeen { json.member("first_seen", time) }
      json.object("cohesion") { json in
        json.member("min", family.weakest, decimals: 4)
        json.member("median", family.median, decimals: 4)
      }
      json.objects("members", family.members) { json, member in append(member, to: &json) }
      if let links = family.links { append(links, to: &json) }
      json.member("sidik", provenance.stamp)
    }
  }

  /// The links that concern a family, each as its two ids.
  private func append(_ links: Family.Links, to json: inout JSONWriter) {
    json.object("links") { json in
      for (name, list) in [("same", links.same), ("different", links.different)]
      where !list.isEmpty {
        json.array(name, list) { json, link in
          json.array([link.a, link.b]) { $0.string($1) }
        }
      }
    }
  }

  private func append(_ member: Family.Member, to json: inout JSONWriter) {
    json.member("id", documents.id(member.document))
    json.member("level", member.level.rawValue)
    if member.isMeasured {
      json.member("similarity", member.similarity, decimals: 4)
      json.member("containment", member.containment, decimals: 4)
    }
    json.append(circumstancesOf: member.document, documents)
  }

  private func append(_ member: Family.Member, of family: Family, to rows: inout CSVWriter) {
    rows.field(family.identifier)
    rows.field(family.members.count)
    rows.field(family.level.rawValue)
    rows.field(documents.id(family.representative))
    rows.field(documents.id(member.document))
    rows.field(member.level.rawValue)
    if member.isMeasured {
      rows.field(member.similarity, decimals: 4)
      rows.field(member.containment, decimals: 4)
    } else {
      rows.field("")
      rows.field("")
    }
    rows.field(documents.source(member.document) ?? "")
    rows.field(documents.author(member.document) ?? "")
    rows.field(documents.time(member.document) ?? "")
    rows.field(Double(documents.rows[member.document].repeats), decimals: 4)
    rows.field(family.template ?? "")
    rows.field(provenance.stamp)
    rows.endRow()
  }
}

extension PipelineResult {
  /// The families and, as families of one, documents without copies that belong to a template;
  /// every other document too where asked for.
  ///
  /// - Parameter singletons: whether all documents without a family are wanted. Families of one
  ///   follow the others, by id.
  /// - Returns: families in output order.
  public func families(withSingletons singletons: Bool) -> [Family] {
    if !singletons, templateDocuments.isEmpty { return families }
    var isMember = [Bool](repeating: false, count: documents.count)
    for family in families {
      for member in family.members { isMember[member.document] = true }
    }
    let single = isMember.indices
      .filter { !isMember[$0] && (singletons || templateDocuments[$0] != nil) }
      .map { (id: documents.id($0), document: $0) }
      .sorted { ($0.id, $0.document) < ($1.id, $1.document) }
    return families
      + single.map { _, document in
        Family(single: document, in: documents, template: templateDocuments[document])
      }
  }
}
