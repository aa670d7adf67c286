internal import SidikCluster
internal import SidikCore
internal import SidikFormats

/// The JSON of a report: columns, which are small when compressed and quick to read.
struct ReportJSON {
  static let format = 2

  private let data: ReportData
  private let blocks: ReportBlocks
  private let texts: ReportTexts
  private let levels = Level.allCases

  init(_ data: ReportData, _ blocks: ReportBlocks, _ texts: ReportTexts) {
    self.data = data
    self.blocks = blocks
    self.texts = texts
  }

  /// The first block: all but texts and edges.
  func run() throws -> [UInt8] {
    let openings = try data.families.map {
      try Opening.of(texts.bytes($0.representative, most: 1024))
    }
    return JSONWriter.line { json in
      json.member("format", Self.format)
      json.member("sidik", data.run.stamp)
      json.member("parameters", data.run.parameters)
      json.member("threshold", data.run.threshold, decimals: 4)
      json.member("linkage", data.run.linkage, decimals: 4)
      json.strings("inputs", data.run.inputs)
      json.object("totals") { totals(&$0) }
      var sources = NumberedNames()
      var authors = NumberedNames()
      counts(&json, &sources)
      json.strings("levels", levels.map(\.rawValue))
      json.object("documents") { documents(&$0, &sources, &authors) }
      json.strings("sources", sources.names)
      json.strings("authors", authors.names)
      json.object("members") { members(&$0) }
      json.object("families") { families(openings, &$0) }
      json.object("pairs") { pairs(&$0) }
    }
  }

  /// The verified pairs inside families.
  func edges() -> [UInt8] {
    var first = [Int](repeating: 0, count: data.families.count + 1)
    for edge in data.edges { first[edge.family + 1] += 1 }
    for index in first.indices.dropFirst() { first[index] += first[index - 1] }
    return JSONWriter.line { json in
      json.integers("first", first)
      json.integers("a", data.edges.map(\.a))
      json.integers("b", data.edges.map(\.b))
      json.integers("jaccard", data.edges.map { Self.parts($0.edge.scores.jaccard) })
      json.integers("containment", data.edges.map { Self.parts($0.edge.scores.containment) })
      json.integers("level", data.edges.map { number($0.edge.level) })
    }
  }

  /// The passages of members with the first of their family, and of further pairs.
  func passages(_ passages: ReportPassages) -> [UInt8] {
    let places = places
    return JSONWriter.line { json in
      json.key("least")
      if let least = passages.leastWords { json.number(least) } else { json.null() }
      json.integers("members", passages.members)
      json.object("pairs") { json in
        json.integers("a", passages.pairs.map { places[$0.a] ?? 0 })
        json.integers("b", passages.pairs.map { places[$0.b] ?? 0 })
        json.integers("count", passages.counts)
      }
      json.integers("a", passages.all.map(\.a.lowerBound))
      json.integers("a_length", passages.all.map(\.a.count))
      json.integers("b", passages.all.map(\.b.lowerBound))
      json.integers("b_length", passages.all.map(\.b.count))
      json.integers("words", passages.all.map(\.words))
      json.integers("score", passages.all.map { Self.parts($0.score) })
      json.integers("exact", passages.all.map { $0.isExact ? 1 : 0 })
    }
  }

  private func totals(_ json: inout JSONWriter) {
    let shared = data.families.filter { $0.members.count > 1 }
    json.member("documents", data.documents.count)
    json.member("families", shared.count)
    json.member("members", shared.reduce(0) { $0 + $1.members.count })
    json.member("edges", data.run.edges)
    json.member("quarantined", data.run.quarantined)
    json.member("empty", data.run.empty)
  }

  /// Documents and members of families by source and by day, over the whole run.
  private func counts(_ json: inout JSONWriter, _ sources: inout NumberedNames) {
    let table = data.documents
    var isMember = [Bool](repeating: false, count: table.count)
    var isCopy = isMember
    for family in data.families where family.members.count > 1 {
      for (place, member) in family.members.enumerated() {
        isMember[member.document] = true
        isCopy[member.document] = place > 0
      }
    }
    var bySource: [(all: Int, members: Int)] = []
    var byDay: [Int: (all: Int, copies: Int)] = [:]
    for document in 0..<table.count {
      let source = sources.number(table.source(document))
      if source == bySource.count { bySource.append((0, 0)) }
      if source >= 0 {
        bySource[source].all += 1
        bySource[source].members += isMember[document] ? 1 : 0
      }
      if let time = table.time(document).flatMap({ Timestamp($0) }) {
        let day = (Double(time.seconds) / 86400).rounded(.down)
        byDay[Int(day), default: (0, 0)].all += 1
        byDay[Int(day), default: (0, 0)].copies += isCopy[document] ? 1 : 0
      }
    }
    json.integers("source_documents", bySource.map(\.all))
    json.integers("source_members", bySource.map(\.members))
    let days = byDay.sorted { $0.key < $1.key }
    json.object("days") { json in
      json.integers("day", days.map(\.key))
      json.integers("documents", days.map(\.value.all))
      json.integers("copies", days.map(\.value.copies))
    }
  }

  private func documents(
    _ json: inout JSONWriter,
    _ sources: inout NumberedNames,
    _ authors: inout NumberedNames
  ) {
    let table = data.documents
    let times = data.order.map { table.time($0).flatMap { Timestamp($0) } }
    json.strings("id", data.order.map { table.id($0) })
    json.integers("source", data.order.map { sources.number(table.source($0)) })
    json.integers("author", data.order.map { authors.number(table.author($0)) })
    json.strings("time", data.order.map { table.time($0) ?? "" })
    json.array("seconds", times) { json, time in
      if let time { json.number(time.seconds) } else { json.null() }
    }
    json.integers("zone", times.map { $0?.hasZone == true ? 1 : 0 })
    json.integers("place", data.order)
    json.integers("block", blocks.places.map(\.block))
    json.integers("offset", blocks.places.map(\.offset))
    json.integers("length", blocks.places.map(\.length))
  }

  private func members(_ json: inout JSONWriter) {
    let members = data.families.flatMap(\.members)
    func parts(_ member: Family.Member, _ value: Double) -> Int {
      member.isMeasured ? Self.parts(value) : -1
    }
    json.integers("level", members.map { number($0.level) })
    json.integers("similarity", members.map { parts($0, $0.similarity) })
    json.integers("containment", members.map { parts($0, $0.containment) })
  }

  private func families(_ openings: [String], _ json: inout JSONWriter) {
    let families = data.families
    var first: [Int] = []
    var next = 0
    for family in families {
      first.append(next)
      next += family.members.count
    }
    json.strings("id", families.map(\.identifier))
    json.integers("first", first)
    json.integers("size", families.map(\.members.count))
    json.integers("level", families.map { number($0.level) })
    json.integers("min", families.map { Self.parts($0.weakest) })
    json.integers("median", families.map { Self.parts($0.median) })
    json.strings("opening", openings)
    json.strings("template", families.map { $0.template ?? "" })
  }

  private func pairs(_ json: inout JSONWriter) {
    let places = places
    json.integers("a", data.pairs.map { places[$0.a] ?? 0 })
    json.integers("b", data.pairs.map { places[$0.b] ?? 0 })
    json.integers("strength", data.pairs.map { Self.parts($0.strength) })
    json.integers("level", data.pairs.map { number($0.level) })
    json.strings("kind", data.pairs.map(\.kind.rawValue))
  }

  /// The place of each document, by its number in the input.
  private var places: [Int: Int] {
    Dictionary(data.order.enumerated().map { ($1, $0) }) { $1 }
  }

  /// A score in ten-thousandths.
  static func parts(_ score: Double) -> Int { Int((score * 10000).rounded()) }

  private func number(_ level: Level) -> Int { levels.firstIndex(of: level) ?? 0 }
}
