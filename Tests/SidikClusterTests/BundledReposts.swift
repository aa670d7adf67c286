import Foundation
import SidikTestSupport

/// The bundled corpus of reposts with its truth, read by Foundation.
struct BundledReposts {
  private struct Line: Decodable {
    var id: String
    var text: String
    var source: String?
    var time: String?
  }

  var documents: [TestDocument] = []
  /// For each id the ids of the text it was made from, and what was done.
  var baseOf: [String: String] = [:]
  var kindOf: [String: String] = [:]
  /// Pairs that are copies, and pairs that only look like them.
  var copies: [[String]] = []
  var traps: [[String]] = []

  init() throws {
    for line in try Self.lines("documents.jsonl") {
      let record = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      documents.append(
        TestDocument(record.id, record.text, source: record.source, time: record.time)
      )
    }
    for line in try Self.lines("kinds.tsv") {
      let fields = line.split(separator: "\t").map { String($0) }
      baseOf[fields[0]] = fields[1]
      kindOf[fields[0]] = fields[2]
    }
    for line in try Self.lines("pairs.tsv") {
      let fields = line.split(separator: "\t").map { String($0) }
      if fields[2] == "copy" {
        copies.append([fields[0], fields[1]])
      } else {
        traps.append(fields)
      }
    }
  }

  private static func lines(_ name: String) throws -> [Substring] {
    try ProjectFiles.text("corpora/reposts/" + name).split(separator: "\n")
  }
}
