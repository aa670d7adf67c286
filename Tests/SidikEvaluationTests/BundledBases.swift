import Foundation
import Testing

@testable import SidikEvaluation

/// The folder with Package.swift.
let packageRoot = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The hand-written texts of `corpora/bases`, read as a test reads them: by Foundation.
struct BundledBases {
  /// One line of a JSONL file of bases.
  private struct Line: Decodable {
    var id: String
    var source: String?
    var author: String?
    var time: String?
    var title: String?
    var text: String
    var role: String?
    var tail: String?
    var quotes: [String]?

    var document: EvaluationDocument {
      EvaluationDocument(id: id, text: text, source: source, author: author, time: time)
    }
  }

  /// Stories that get a copy of every kind.
  static let everyKind = [
    "banjir-sumber-angin", "kelelawar-wangkari", "kuota-gratis", "vaksin-magnet",
  ]

  static let folder = packageRoot.appending(path: "corpora/bases")

  /// What documents.jsonl is made from.
  let bases: [CorpusBuilder.Base]
  /// The article of once.txt and twice.txt, and the line after its second copy.
  let page: (base: CorpusBuilder.Base, tail: String)
  /// The articles of the framed pages.
  let framed: [CorpusBuilder.Base]
  /// The frame of the bundled site.
  let chrome: SiteChrome

  init() throws {
    let articles = try Self.lines("articles.jsonl")
      .map { CorpusBuilder.Base($0.document, role: Self.storyRole($0.id), title: $0.title) }
    bases = try articles + Self.chat() + [Self.opinion()] + Self.scripts() + Self.negatives()
    let pages = try Self.lines("pages.jsonl")
      .map { (CorpusBuilder.Base($0.document, role: .framed, title: $0.title), $0.tail) }
    let twice = try #require(pages.first { $0.1 != nil })
    page = (twice.0, try #require(twice.1))
    framed = pages.filter { $0.1 == nil }.map(\.0)
    chrome = SiteChrome(
      source: "wartaangin.example",
      header: try Self.text("chrome/header.txt"),
      advertisement: "",
      related: try Self.text("chrome/related.txt"),
      footer: try Self.text("chrome/footer.txt")
    )
  }

  private static func storyRole(_ id: String) -> CorpusBuilder.Role {
    everyKind.contains(id) ? .storyOfEveryKind : .story
  }

  private static func text(_ path: String, _ encoding: String.Encoding = .utf8) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: encoding)
      .trimmingCharacters(in: .newlines)
  }

  private static func lines(_ path: String) throws -> [Line] {
    try text(path).split(separator: "\n")
      .map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }

  private static func chat() throws -> [CorpusBuilder.Base] {
    let rows = delimited(try text("chat.csv"))
    try #require(rows.first == ["id", "source", "author", "time", "narasi"])
    return rows.dropFirst().map { row in
      let document = EvaluationDocument(
        id: row[0],
        text: row[4],
        source: row[1],
        author: row[2],
        time: row[3]
      )
      let isShort = row[4].unicodeScalars.count < 80
      return CorpusBuilder.Base(
        document,
        role: isShort ? .single(trap: "short") : storyRole(row[0])
      )
    }
  }

  /// RFC 4180 with semicolons.
  private static func delimited(_ text: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var quoted = false
    var previous: Character?
    for character in text {
      defer { previous = character }
      switch character {
      case "\"":
        if !quoted, previous == "\"" {
          rows[rows.count - 1][rows[rows.count - 1].count - 1] += "\""
        }
        quoted.toggle()
      case ";" where !quoted: rows[rows.count - 1].append("")
      case "\r\n" where !quoted: rows.append([""])
      default: rows[rows.count - 1][rows[rows.count - 1].count - 1].append(character)
      }
    }
    return rows
  }

  private static func opinion() throws -> CorpusBuilder.Base {
    let text = try text("opini-windows-1252.txt", .windowsCP1252)
    let document = EvaluationDocument(
      id: "opini-cafe-kaktus",
      text: text,
      source: "harianpadi.example",
      time: "2024-12-08T06:00:00+07:00"
    )
    return CorpusBuilder.Base(document, role: .story)
  }

  private static func scripts() throws -> [CorpusBuilder.Base] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "scripts").path)
      .sorted()
      .map { name in
        let id = "aksara-" + name.replacing(".txt", with: "")
        let document = EvaluationDocument(id: id, text: try text("scripts/" + name))
        return CorpusBuilder.Base(document, role: .foreignStory)
      }
  }

  private static func negatives() throws -> [CorpusBuilder.Base] {
    try lines("negatives.jsonl").map { line in
      let role: CorpusBuilder.Role =
        switch line.role {
        case "chrome": .framed
        case "post": .prefixed
        default: .single(trap: line.role)
        }
      return CorpusBuilder.Base(
        line.document,
        role: role,
        title: line.title,
        quotes: line.quotes ?? []
      )
    }
  }
}
