public import SidikCore

/// Reads an edges file line by line.
public struct SavedEdgesReader {
  /// What the first line says of the run.
  private struct Header {
    var stamp: String
    var documents: Int
    var edges: Int
  }

  private let file: String
  private var saved: SavedEdges
  private var header: Header?

  /// Prepares to read.
  ///
  /// - Parameter file: the name of the file, for messages.
  public init(file: String) {
    self.file = file
    saved = SavedEdges(file: file)
  }

  /// Takes the next line.
  ///
  /// - Parameters:
  ///   - line: its bytes without the line feed; blank lines are passed over.
  ///   - number: its number from 1.
  /// - Throws: ``SidikError`` where it is not what the format has in this place.
  public mutating func take(_ line: [UInt8], number: Int) throws(SidikError) {
    if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { return }
    guard let value = JSONValue(line), value.isObject else {
      throw fault("is no JSON object", number)
    }
    guard let header else { return try takeHeader(value, number) }
    if value["format"] != nil {
      let isOther = value["sidik"]?.id != header.stamp
      throw fault(
        "another run begins here"
          + (isOther
            ? " (\(value["sidik"]?.id ?? "?") after \(header.stamp), made with other parameters or versions)"
            : "") + "; edges of several runs cannot be clustered together",
        number
      )
    }
    if value["a"] != nil {
      try takeEdge(value, number, header)
    } else {
      try takeDocument(value, number, header)
    }
  }

  /// What was read.
  ///
  /// - Throws: ``SidikError`` where the file ends early.
  public func finish() throws(SidikError) -> SavedEdges {
    guard let header else {
      throw SidikError(
        .data,
        "is empty: an edges file begins with a line about its run",
        file: file
      )
    }
    guard saved.documents.count == header.documents, saved.edges.count == header.edges else {
      throw SidikError(
        .data,
        "holds \(saved.documents.count) of \(header.documents) documents and "
          + "\(saved.edges.count) of \(header.edges) edges; part of it is missing",
        file: file
      )
    }
    return saved
  }

  private func fault(_ reason: String, _ line: Int) -> SidikError {
    SidikError(.data, reason, file: file, line: line)
  }

  private mutating func takeHeader(_ value: JSONValue, _ line: Int) throws(SidikError) {
    guard let format = value["format"]?.number else {
      throw fault(
        "does not begin with a line about its run (\"format\"), so it cannot be clustered again; "
          + "write it anew with `sidik cluster --edges`",
        line
      )
    }
    guard format == Double(SavedEdges.format) else {
      throw fault(
        "is of format \(value["format"]?.id ?? "?"); this version reads \(SavedEdges.format)",
        line
      )
    }
    guard let stamp = value["sidik"]?.id, let parameters = value["parameters"]?.id,
      let threshold = value["threshold"]?.share, let linkage = value["linkage"]?.share,
      let documents = value["documents"]?.count, let edges = value["edges"]?.count
    else {
      throw fault(
        "the line about the run lacks one of sidik, parameters, threshold, linkage, documents, edges",
        line
      )
    }
    header = Header(stamp: stamp, documents: documents, edges: edges)
    saved.basis = ClusteringBasis(parameters: parameters, threshold: threshold, linkage: linkage)
  }

  private mutating func takeDocument(
    _ value: JSONValue,
    _ line: Int,
    _ header: Header
  ) throws(SidikError) {
    guard let id = value["id"]?.id, let text = value["text"]?.count,
      let characters = value["characters"]?.count
    else { throw fault("is neither an edge (a, b) nor a document (id, text, characters)", line) }
    let last = saved.textOf.last ?? -1
    guard text == last || text == last + 1 else {
      throw fault("text \(text) does not follow \(last): texts are numbered without gaps", line)
    }
    guard saved.textOf.count < header.documents, saved.edges.isEmpty else {
      throw fault("a document more than the \(header.documents) of the first line", line)
    }
    func field(_ name: String) -> ArraySlice<UInt8>? {
      value[name]?.id.map { ArraySlice($0.utf8) }
    }
    saved.documents.append(
      DocumentTable.Row(
        textOffset: 0,
        textLength: 0,
        scalars: characters,
        digest: ExactDigest(high: 0, low: UInt64(text)),
        repeats: Float(value["repeats"]?.share ?? 0)
      ),
      id: ArraySlice(id.utf8),
      source: field("source"),
      author: field("author"),
      time: field("time")
    )
    saved.textOf.append(text)
    saved.crowded.append(value["crowded"] == .bool(true))
  }

  private mutating func takeEdge(
    _ value: JSONValue,
    _ line: Int,
    _ header: Header
  ) throws(SidikError) {
    guard let a = value["a"]?.id, let b = value["b"]?.id, let jaccard = value["jaccard"]?.share,
      let containment = value["containment"]?.array?.compactMap(\.share), containment.count == 2,
      let strength = value["strength"]?.share, let weight = value["weight"]?.share,
      let level = value["level"]?.id.flatMap({ Level(rawValue: $0) }),
      let origin = value["origin"]?.id.flatMap({ Edge.Origin(rawValue: $0) }),
      let places = value["documents"]?.array?.compactMap(\.count), places.count == 2
    else {
      throw fault(
        "is no edge with a, b, jaccard, containment, level, strength, weight, origin and documents",
        line
      )
    }
    if let stamp = value["sidik"]?.id, stamp != header.stamp {
      throw fault(
        "was made by \(stamp), the run of the first line is \(header.stamp); edges of several "
          + "runs cannot be clustered together",
        line
      )
    }
    let table = saved.documents
    guard places.allSatisfy({ $0 < table.count }), places[0] != places[1],
      table.id(places[0]) == a, table.id(places[1]) == b
    else { throw fault("its documents \(places) are not '\(a)' and '\(b)'", line) }
    guard level.joins || weight == 0 else {
      throw fault("an edge of the level \(level.rawValue) joins nothing: its weight is 0", line)
    }
    saved.edges.append(
      Edge(
        a: places[0],
        b: places[1],
        scores: PairScores(
          jaccard: jaccard,
          containmentOfFirst: containment[0],
          containmentOfSecond: containment[1],
          weighted: strength,
          coverage: value["coverage"]?.share,
          level: level
        ),
        strength: strength,
        weight: weight,
        origin: origin
      )
    )
  }
}

extension JSONValue {
  fileprivate var isObject: Bool {
    if case .object = self { true } else { false }
  }

  /// A number of 0...1, or nil.
  fileprivate var share: Double? { number.flatMap { (0...1).contains($0) ? $0 : nil } }

  /// A whole number from 0, or nil.
  fileprivate var count: Int? {
    number.flatMap { $0 >= 0 && $0 < 1e9 && $0 == $0.rounded() ? Int($0) : nil }
  }
}
