public import SidikCluster
public import SidikFormats

/// Writes verified pairs, and all that clustering them again takes, as the contract in
/// `Documentation/Formats/edges.md` says.
public struct EdgeWriter {
  private let result: PipelineResult
  private let provenance: Provenance
  private let basis: ClusteringBasis
  private var documents: DocumentTable { result.documents }

  /// Makes a writer for the edges of one run.
  ///
  /// - Parameters:
  ///   - result: the answer of the run.
  ///   - basis: what the run made its edges with; links are no part of that.
  public init(_ result: PipelineResult, basis: ClusteringBasis) {
    self.result = result
    self.basis = basis
    provenance = Provenance(basis)
  }

  /// Writes all lines.
  ///
  /// - Parameter output: where to.
  /// - Throws: as ``OutputFile/write(_:)``.
  public func write(to output: OutputFile) throws { try forEachLine { try output.write($0) } }

  /// Makes a line about the run, a line a document in the order of their texts, and a line an
  /// edge, sorted by the ids, the smaller id first.
  ///
  /// - Parameter body: takes each line with its line feed.
  /// - Throws: what `body` throws.
  /// - Complexity: O(e log e) for e edges.
  public func forEachLine(_ body: ([UInt8]) throws -> Void) throws {
    try body(header())
    var numbers = [Int](repeating: 0, count: documents.count)
    var count = 0
    for (text, members) in result.texts.documents.enumerated() {
      for document in members {
        numbers[Int(document)] = count
        count += 1
        try body(line(Int(document), text: text))
      }
    }
    let named = result.edges.map { edge -> (a: String, b: String, edge: Edge) in
      let (x, y) = (documents.id(edge.a), documents.id(edge.b))
      let isOrdered = x != y ? x < y : numbers[edge.a] < numbers[edge.b]
      return isOrdered ? (x, y, edge) : (y, x, edge.swapped)
    }
    for (a, b, edge) in named.sorted(by: { x, y in
      (x.a, x.b, numbers[x.edge.a], numbers[x.edge.b])
        < (y.a, y.b, numbers[y.edge.a], numbers[y.edge.b])
    }) {
      try body(line(a, b, edge, (numbers[edge.a], numbers[edge.b])))
    }
  }

  private func header() -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("sidik", provenance.stamp)
    json.member("format", SavedEdges.format)
    json.member("parameters", basis.parameters)
    json.member("threshold", basis.threshold, decimals: 4)
    json.member("linkage", basis.linkage, decimals: 4)
    json.member("documents", documents.count)
    json.member("edges", result.edges.count)
    json.endObject()
    json.endLine()
    return json.bytes
  }

  private func line(_ document: Int, text: Int) -> [UInt8] {
    let row = documents.rows[document]
    var json = JSONWriter()
    json.beginObject()
    json.member("id", documents.id(document))
    json.member("text", text)
    json.member("characters", row.scalars)
    if let source = documents.source(document) { json.member("source", source) }
    if let author = documents.author(document) { json.member("author", author) }
    if let time = documents.time(document) { json.member("time", time) }
    if row.repeats > 0 { json.member("repeats", Double(row.repeats), decimals: 4) }
    if result.texts.crowded[text] { json.member("crowded", true) }
    json.endObject()
    json.endLine()
    return json.bytes
  }

  private func line(_ a: String, _ b: String, _ edge: Edge, _ numbers: (Int, Int)) -> [UInt8] {
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
    json.member("strength", edge.strength, decimals: 4)
    json.member("weight", edge.weight, decimals: 4)
    json.member("origin", edge.origin.rawValue)
    json.key("documents")
    json.beginArray()
    json.number(numbers.0)
    json.number(numbers.1)
    json.endArray()
    json.member("sidik", provenance.stamp)
    json.endObject()
    json.endLine()
    return json.bytes
  }
}
