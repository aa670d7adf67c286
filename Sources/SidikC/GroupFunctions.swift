public import CSidik
internal import Sidik

/// Clusters documents by edges that were verified elsewhere.
@c @implementation
public func sidik_group(
  _ options: OpaquePointer?,
  _ documents: UnsafePointer<sidik_documents>?,
  _ edges: UnsafePointer<sidik_edges>?,
  _ control: OpaquePointer?,
  _ clusters: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Outcome.of {
    let options: Options = try unsafe Handle.object(options, "options")
    let control: Control? = try unsafe Handle.optional(control, "control")
    guard let documents = unsafe documents?.pointee, let edges = unsafe edges?.pointee else {
      throw CallFault.argument("documents or edges are null")
    }
    let given = try unsafe GivenColumns.documents(documents)
    let pairs = try unsafe GivenColumns.edges(edges, among: given.count)
    let basis = ClusteringBasis(try options.configuration())
    let (saved, order) = SavedEdges.given(given, pairs, basis: basis, name: "edges")
    let clustering = try Reclustering(saved)
    try unsafe Handle.give(clusters, "clusters") {
      let result = try BlockingRun.wait(control) { try await clustering.run() }
      return Clusters(result, clustering.basis, rows: order)
    }
  }
}

/// Reads documents and edges from the caller's columns.
private enum GivenColumns {
  static func documents(_ columns: sidik_documents) throws -> [GivenDocument] {
    if unsafe columns.count == 0 { return [] }
    guard unsafe columns.count > 0, unsafe columns.count < Int64(Int32.max),
      let characters = unsafe columns.characters
    else { throw CallFault.argument("documents have no characters, or a count out of range") }
    let count = unsafe Int(columns.count)
    let fields = unsafe columns.fields?.pointee
    let ids = try unsafe Column.optional(fields?.ids, "ids", count: count)
    let sources = try unsafe Column.optional(fields?.sources, "sources", count: count)
    let authors = try unsafe Column.optional(fields?.authors, "authors", count: count)
    let times = try unsafe Column.optional(fields?.times, "times", count: count)
    return (0..<count).map { row in
      let digest = unsafe columns.digests.map { digests in
        unsafe ExactDigest(high: digests[2 * row], low: digests[2 * row + 1])
      }
      let id = string(ids, row)
      var document = GivenDocument(
        id: id.flatMap { $0.isEmpty ? nil : $0 } ?? String(row),
        characters: unsafe Int(clamping: characters[row]),
        digest: digest ?? ExactDigest(high: UInt64(row), low: 0)
      )
      document.isCrowded = unsafe columns.crowded?[row] ?? 0 != 0
      document.repeats = unsafe columns.repeats?[row] ?? 0
      document.source = string(sources, row)
      document.author = string(authors, row)
      document.time = string(times, row)
      return document
    }
  }

  private static func string(_ column: Column?, _ row: Int) -> String? {
    guard let column, let bytes = unsafe column[row] else { return nil }
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  static func edges(_ columns: sidik_edges, among documents: Int) throws -> [Edge] {
    if unsafe columns.count == 0 { return [] }
    guard unsafe columns.count > 0, let first = unsafe columns.first,
      let second = unsafe columns.second, let jaccard = unsafe columns.jaccard,
      let ofFirst = unsafe columns.containment_of_first,
      let ofSecond = unsafe columns.containment_of_second, let levels = unsafe columns.levels,
      let strengths = unsafe columns.strengths, let weights = unsafe columns.weights
    else { throw CallFault.argument("edges lack a column, or their count is negative") }
    return try (0..<(unsafe Int(columns.count))).map { row in
      let (a, b) = unsafe (first[row], second[row])
      guard a >= 0, b >= 0, a < documents, b < documents, a != b else {
        throw CallFault.argument("edge \(row) joins \(a) and \(b) of \(documents) documents")
      }
      let level = unsafe Int(levels[row])
      let origin = unsafe columns.origins.map { unsafe Int($0[row]) } ?? Int(SIDIK_ORIGIN_SKETCH)
      guard Level.allCases.indices.contains(level), Edge.Origin.allCases.indices.contains(origin)
      else { throw CallFault.argument("edge \(row) has the level \(level), origin \(origin)") }
      let shares = unsafe [jaccard[row], ofFirst[row], ofSecond[row], strengths[row], weights[row]]
      guard shares.allSatisfy({ (0...1).contains($0) }) else {
        throw CallFault.argument("edge \(row) has a measure that is not 0...1")
      }
      let coverage = unsafe columns.coverage.flatMap { unsafe $0[row].isNaN ? nil : $0[row] }
      return Edge(
        given: Int(a),
        Int(b),
        PairScores(
          jaccard: shares[0],
          containments: (shares[1], shares[2]),
          coverage: coverage,
          strength: shares[3],
          level: Level.allCases[level]
        ),
        strength: shares[3],
        weight: shares[4],
        origin: Edge.Origin.allCases[origin]
      )
    }
  }
}
