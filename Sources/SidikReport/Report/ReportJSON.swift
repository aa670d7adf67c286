internal import SidikCluster
internal import SidikCore
internal import SidikFormats

/// The JSON of a report: columns, which are small when compressed and quick to read.
struct ReportJSON {
  static let format = 1

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
      optional("threshold", data.run.threshold, &json)
      optional("linkage", data.run.linkage, &json)
      strings("inputs", data.run.inputs, &json)
      json.object("totals") { totals(&$0) }
      var sources = NumberedNames()
      var authors = NumberedNames()
      counts(&json, &sources)
      strings("levels", levels.map(\.rawValue), &json)
      json.object("documents") { documents(&$0, &sources, &authors) }
      strings("sources", sources.names, &json)
      strings("authors", authors.names, &json)
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
      numbers("first", first, &json)
      numbers("a", data.edges.map(\.a), &json)
      numbers("b", data.edges.map(\.b), &json)
      numbers("jaccard", data.edges.map { Self.parts($0.edge.scores.jaccard) }, &json)
      numbers("containment", data.edges.map { Self.parts($0.edge.scores.containment) }, &json)
      numbers("level", data.edges.map { number($0.edge.level) }, &json)
    }
  }

  private func totals(_ json: inout JSONWriter) {
    let shared = data.families.filter { $0.members.count > 1 }
    json.member("documents", data.documents.count)
    json.member("families", shared.count)
    json.member("members", shared.reduce(0) { $0 + $1.members.count })
    json.key("edges")
    if let edges = data.run.edges { json.number(edges) } else { json.null() }
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
    numbers("source_documents", bySource.map(\.all), &json)
    numbers("source_members", bySource.map(\.members), &json)
    let days = byDay.sorted { $0.key < $1.key }
    json.object("days") { json in
      numbers("day", days.map(\.key), &json)
      numbers("documents", days.map(\.value.all), &json)
      numbers("copies", days.map(\.value.copies), &json)
    }
  }

  private func documents(
    _ json: inout JSONWriter,
    _ sources: inout NumberedNames,
    _ authors: inout NumberedNames
  ) {
    let table = data.documents
    let times = data.order.map { table.time($0).flatMap { Timestamp($0) } }
    strings("id", data.order.map { table.id($0) }, &json)
    numbers("source", data.order.map { sources.number(table.source($0)) }, &json)
    numbers("author", data.order.map { authors.number(table.author($0)) }, &json)
    strings("time", data.order.map { table.time($0) ?? "" }, &json)
    json.array("seconds", times) { json, time in
      if let time { json.number(time.seconds) } else { json.null() }
    }
    numbers("zone", times.map { $0?.hasZone == true ? 1 : 0 }, &json)
    numbers("place", data.order, &json)
    numbers("block", blocks.places.map(\.block), &json)
    numbers("offset", blocks.places.map(\.offset), &json)
    numbers("length", blocks.places.map(\.length), &json)
  }

  private func members(_ json: inout JSONWriter) {
    let members = data.families.flatMap(\.members)
    func parts(_ member: Family.Member, _ value: Double) -> Int {
      member.isMeasured ? Self.parts(value) : -1
    }
    numbers("level", members.map { number($0.level) }, &json)
    numbers("similarity", members.map { parts($0, $0.similarity) }, &json)
    numbers("containment", members.map { parts($0, $0.containment) }, &json)
  }

  private func families(_ openings: [String], _ json: inout JSONWriter) {
    let families = data.families
    var first: [Int] = []
    var next = 0
    for family in families {
      first.append(next)
      next += family.members.count
    }
    strings("id", families.map(\.identifier), &json)
    numbers("first", first, &json)
    numbers("size", families.map(\.members.count), &json)
    numbers("level", families.map { number($0.level) }, &json)
    numbers("min", families.map { Self.parts($0.weakest) }, &json)
    numbers("median", families.map { Self.parts($0.median) }, &json)
    strings("opening", openings, &json)
    strings("template", families.map { $0.template ?? "" }, &json)
  }

  private func pairs(_ json: inout JSONWriter) {
    var places: [Int: Int] = [:]
    for (place, document) in data.order.enumerated() { places[document] = place }
    numbers("a", data.pairs.map { places[$0.a] ?? 0 }, &json)
    numbers("b", data.pairs.map { places[$0.b] ?? 0 }, &json)
    numbers("strength", data.pairs.map { Self.parts($0.strength) }, &json)
    numbers("level", data.pairs.map { number($0.level) }, &json)
    strings("kind", data.pairs.map(\.kind.rawValue), &json)
  }

  /// A score in ten-thousandths.
  private static func parts(_ score: Double) -> Int { Int((score * 10000).rounded()) }

  private func number(_ level: Level) -> Int { levels.firstIndex(of: level) ?? 0 }

  private func optional(_ name: String, _ value: Double?, _ json: inout JSONWriter) {
    json.key(name)
    if let value { json.number(value, decimals: 4) } else { json.null() }
  }

  private func numbers(_ name: String, _ values: [Int], _ json: inout JSONWriter) {
    json.array(name, values) { $0.number($1) }
  }

  private func strings(_ name: String, _ values: [String], _ json: inout JSONWriter) {
    json.array(name, values) { $0.string($1) }
  }
}

/// Names that repeat, each with a number in the order in which they are met.
struct NumberedNames {
  private(set) var names: [String] = []
  private var numbers: [String: Int] = [:]

  /// The number of a name; -1 for none.
  mutating func number(_ name: String?) -> Int {
    guard let name, !name.isEmpty else { return -1 }
    if let known = numbers[name] { return known }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }
}

/// The beginning of a text, in one line.
enum Opening {
  private static let most = 160

  /// Up to 160 characters, cut at a word where that costs few, white space as one blank.
  static func of(_ bytes: [UInt8]) -> String {
    let words = String(decoding: bytes, as: UTF8.self).unicodeScalars
      .split { $0.properties.isWhitespace }
    var line: [Unicode.Scalar] = []
    for word in words {
      let room = most - line.count - (line.isEmpty ? 0 : 1)
      if word.count > room {
        if line.count < most / 2 { line += (line.isEmpty ? [] : [" "]) + word.prefix(room) }
        break
      }
      if !line.isEmpty { line.append(" ") }
      line += word
    }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: line)
    return String(scalars)
  }
}
