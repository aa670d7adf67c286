public import SidikCluster
public import SidikCore

/// What is known about the documents of a corpus: which belong together.
public enum Truth: Sendable, Hashable {
  /// Groups of ids that belong together, from `{"ids":[…]}` lines.
  case groups([[String]])
  /// Pairs that were labelled one by one, from lines of id, id, label.
  case pairs([LabelledPair])

  /// Reads a truth file; its first line says which of the two forms it has.
  ///
  /// - Parameters:
  ///   - lines: the lines of the file without line feeds; empty ones are passed over.
  ///   - file: the name of the file, for messages.
  /// - Throws: ``SidikError`` where a line has neither form, or none is there.
  public init(lines: [[UInt8]], file: String) throws(SidikError) {
    let first = lines.first { !$0.isEmpty } ?? []
    if first.first == UInt8(ascii: "{") {
      self = .groups(try FoundFamilies.read(lines, file: file))
      return
    }
    var pairs: [LabelledPair] = []
    for (number, line) in lines.enumerated() where !line.isEmpty {
      let fields = line.split(separator: 9, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard fields.count >= 3 else {
        throw SidikError(
          .data,
          "a truth has lines of {\"ids\":[…]}, or of id, id and label with tabs between",
          file: file,
          line: number + 1
        )
      }
      pairs.append(LabelledPair(fields[0], fields[1], label: fields[2]))
    }
    guard !pairs.isEmpty else { throw SidikError(.data, "holds no truth", file: file) }
    self = .pairs(pairs)
  }
}

/// Families in the forms engines write them.
public enum FoundFamilies {
  /// Reads lines of `{"ids":[…]}` or `{"members":[…]}`, members as ids or as objects with one.
  ///
  /// - Parameters:
  ///   - lines: the lines without line feeds; empty ones are passed over.
  ///   - file: the name of the file, for messages.
  /// - Returns: the ids of each family.
  /// - Throws: ``SidikError`` at the first line of another form.
  public static func read(_ lines: [[UInt8]], file: String) throws(SidikError) -> [[String]] {
    var families: [[String]] = []
    for (number, line) in lines.enumerated() where !line.isEmpty {
      let value = JSONValue(line)
      let members = (value?["members"] ?? value?["ids"])?.array
      let ids = members?.compactMap { $0.id ?? $0["id"]?.id }
      guard let members, let ids, ids.count == members.count else {
        throw SidikError(
          .data,
          "is no {\"ids\":[…]} or {\"members\":[…]} with an id for each member",
          file: file,
          line: number + 1
        )
      }
      families.append(ids)
    }
    return families
  }

  /// The families of a run.
  public static func of(_ result: PipelineResult) -> [[String]] {
    result.families.map { $0.members.map { result.documents.id($0.document) } }
  }
}

/// A verified pair by the ids of its documents.
public struct FoundEdge: Sendable, Hashable {
  /// The one id.
  public var a: String
  /// The other id.
  public var b: String
  /// What the pair is; ``Level/copy`` where the file does not say.
  public var level: Level
  /// Its Jaccard similarity; 0 where the file does not say.
  public var jaccard: Double

  /// Makes an edge.
  public init(_ a: String, _ b: String, level: Level = .copy, jaccard: Double = 0) {
    self.a = a
    self.b = b
    self.level = level
    self.jaccard = jaccard
  }

  /// Reads lines of `{"a":…,"b":…,"level":…,"jaccard":…}`, as `--edges` writes them.
  ///
  /// - Parameters:
  ///   - lines: the lines without line feeds; empty ones are passed over.
  ///   - file: the name of the file, for messages.
  /// - Returns: the edges.
  /// - Throws: ``SidikError`` at the first line of another form.
  public static func read(_ lines: [[UInt8]], file: String) throws(SidikError) -> [FoundEdge] {
    var edges: [FoundEdge] = []
    for (number, line) in lines.enumerated() where !line.isEmpty {
      let value = JSONValue(line)
      // The lines about the run and its documents, which stand before the edges.
      if let value, value["a"] == nil, value["format"] != nil || value["text"] != nil { continue }
      guard let a = value?["a"]?.id, let b = value?["b"]?.id else {
        throw SidikError(.data, "is no edge with \"a\" and \"b\"", file: file, line: number + 1)
      }
      let named = value?["level"]?.id
      guard let level = named.map({ Level(rawValue: $0) }) ?? .copy else {
        throw SidikError(
          .data,
          "there is no level '\(named ?? "")'",
          file: file,
          line: number + 1
        )
      }
      edges.append(FoundEdge(a, b, level: level, jaccard: value?["jaccard"]?.number ?? 0))
    }
    return edges
  }

  /// The edges of a run.
  public static func of(_ result: PipelineResult) -> [FoundEdge] {
    result.edges.map { edge in
      FoundEdge(
        result.documents.id(edge.a),
        result.documents.id(edge.b),
        level: edge.level,
        jaccard: edge.scores.jaccard
      )
    }
  }
}
