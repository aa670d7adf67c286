import Foundation
import SidikCore
import SidikTestSupport

@testable import SidikCluster

/// Whether the long tests were asked for: `make torture` sets `SIDIK_SLOW=1`.
let runsSlowTests = ProcessInfo.processInfo.environment["SIDIK_SLOW"] == "1"

/// A record with the fields that change an answer.
struct TestDocument: Sendable {
  var id: String
  var text: String
  var source: String?
  var time: String?

  init(_ id: String, _ text: String, source: String? = nil, time: String? = nil) {
    self.id = id
    self.text = text
    self.source = source
    self.time = time
  }
}

/// Records in memory with all their fields, a few a chunk.
final class RecordSource: DocumentSource {
  private let documents: [TestDocument]
  private let perChunk: Int
  private var next = 0

  init(_ documents: [TestDocument], perChunk: Int = 16) {
    self.documents = documents
    self.perChunk = perChunk
  }

  func nextChunk() -> (any DocumentChunk)? {
    guard next < documents.count else { return nil }
    let part = Array(documents[next..<min(documents.count, next + perChunk)])
    next += part.count
    return Chunk(documents: part)
  }

  private struct Chunk: DocumentChunk {
    let documents: [TestDocument]
    var byteCount: Int { documents.reduce(0) { $0 + $1.text.utf8.count } }

    func parse(into batch: inout DocumentBatch) {
      batch.removeAll()
      for document in documents {
        let text = batch.append(document.text.utf8)
        let id = batch.append(document.id.utf8)
        let source = document.source.map { batch.append($0.utf8) }
        let time = document.time.map { batch.append($0.utf8) }
        batch.entries.append(
          DocumentBatch.Entry(
            text: text,
            id: id,
            source: source,
            time: time,
            line: 1,
            record: 0..<0
          )
        )
      }
    }
  }
}

/// Runs the pipeline over records.
func cluster(
  _ documents: [TestDocument],
  profile: Profile = .auto,
  threads: Int = 2,
  perChunk: Int = 16
) async throws -> PipelineResult {
  try await Pipeline(PipelineConfiguration(profile: profile, threads: threads))
    .run(RecordSource(documents, perChunk: perChunk))
}

extension PipelineResult {
  /// The ids of each family, in the order of the answer.
  var familyIDs: [[String]] { families.map { $0.members.map { documents.id($0.document) } } }

  /// For each id the index of its family.
  var familyOf: [String: Int] {
    var index: [String: Int] = [:]
    for (number, ids) in familyIDs.enumerated() {
      for id in ids { index[id] = number }
    }
    return index
  }

  /// The whole answer as text: equal for equal answers, whatever the order of the input.
  var transcript: [String] {
    let families = families.map { family in
      let members = family.members.map { member in
        "\(documents.id(member.document)) \(documents.source(member.document) ?? "-")"
          + " \(member.level) \(member.similarity) \(member.containment)"
      }
      return "\(family.identifier) \(documents.id(family.representative)) \(family.level)"
        + " \(family.firstSeen ?? "-") \(family.weakest) \(family.median) \(members)"
    }
    let edges = edges.map { edge -> String in
      let sides = [
        (documents.id(edge.a), edge.scores.containmentOfFirst),
        (documents.id(edge.b), edge.scores.containmentOfSecond),
      ].sorted { $0 < $1 }
      return "\(sides) \(edge.scores.jaccard) \(edge.scores.weighted)"
        + " \(String(describing: edge.scores.coverage)) \(edge.level)"
    }
    return families + edges.sorted() + repeating.map { documents.id($0) }.sorted()
      + ["\(statistics.nodes) \(statistics.leaders) \(statistics.compared)"]
  }
}

/// A word of letters for each number.
func word(_ number: Int) -> String {
  var generator = SeededGenerator(seed: UInt64(number))
  let count = Int(generator.next() % 6) + 3
  let letters = Array("abdegiklmnoprstu")
  return String((0..<count).map { _ in letters[Int(generator.next() % 16)] })
}

/// A text of random words of a vocabulary of 8,000.
func randomText(words: Int, _ generator: inout SeededGenerator) -> String {
  (0..<words).map { _ in word(Int.random(in: 0..<8000, using: &generator)) }
    .joined(separator: " ")
}

/// A copy with some of its words replaced.
func edited(_ text: String, words changes: Int, _ generator: inout SeededGenerator) -> String {
  var words = text.split(separator: " ").map { String($0) }
  for _ in 0..<changes {
    words[Int.random(in: 0..<words.count, using: &generator)] = word(
      Int.random(in: 8000..<16_000, using: &generator)
    )
  }
  return words.joined(separator: " ")
}
