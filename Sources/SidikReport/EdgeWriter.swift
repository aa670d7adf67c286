public import SidikCluster
public import SidikFormats

/// Writes verified pairs as the contract in `Documentation/Formats/edges.md` says.
public struct EdgeWriter {
  private let documents: DocumentTable
  private let provenance: Provenance

  /// Makes a writer for the edges of one run.
  public init(_ documents: DocumentTable, provenance: Provenance) {
    self.documents = documents
    self.provenance = provenance
  }

  /// Writes edges as JSON Lines, sorted by the ids, the smaller id first.
  ///
  /// - Parameters:
  ///   - edges: in any order.
  ///   - output: where to.
  /// - Throws: as ``OutputFile/write(_:)``.
  public func write(_ edges: [Edge], to output: OutputFile) throws {
    let named = edges.map { edge -> (a: String, b: String, edge: Edge) in
      let (x, y) = (documents.id(edge.a), documents.id(edge.b))
      return x <= y ? (x, y, edge) : (y, x, edge.swapped)
    }
    for (a, b, edge) in named.sorted(by: { ($0.a, $0.b) < ($1.a, $1.b) }) {
      var json = JSONWriter()
      json.beginObject()
      json.member("a", a)
      json.member("b", b)
      json.member("jaccard", edge.scores.jaccard, decimals: 4)
      json.key("containment")
      json.beginArray()
      json.number(edge.scores.containmentOfFirst, decimals: 4)
      json.number(edge.scores.containmentOfSecond, decimals: 4)
      json.endArray()
      if let coverage = edge.scores.coverage { json.member("coverage", coverage, decimals: 4) }
      json.member("level", edge.level.rawValue)
      json.member("sidik", provenance.stamp)
      json.endObject()
      json.endLine()
      try output.write(json.bytes)
    }
  }
}
