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
    JSONWriter.line { json in
      json.member("sidik", provenance.stamp)
      json.member("format", SavedEdges.format)
      json.member("parameters", basis.parameters)
      json.member("threshold", basis.threshold, decimals: 4)
      json.member("linkage", basis.linkage, decimals: 4)
      json.member("documents", documents.count)
      json.member("edges", result.edges.count)
    }
  }

  private func line(_ document: Int, text: Int) -> [UInt8] {
    let row = documents.rows[document]
    return JSONWriter.line { json in
      json.member("id", documents.id(document))
      json.member("text", text)
      json.member("characters", row.scalars)
      json.append(circumstancesOf: document, documents)
      if result.texts.crowded[text] { json.member("crowded", true) }
    }
  }

  private func line(_ a: String, _ b: String, _ edge: Edge, _ numbers: (Int, Int)) -> [UInt8] {
    JSONWriter.line { json in
      json.member("a", a)
      json.member("b", b)
      json.append(edge.scores)
      json.member("level", edge.level.rawValue)
      json.member("strength", edge.strength, decimals: 4)
      json.member("weight", edge.weight, decimals: 4)
      json.member("origin", edge.origin.rawValue)
      json.integers("documents", [numbers.0, numbers.1])
      json.member("sidik", provenance.stamp)
    }
  }
}
