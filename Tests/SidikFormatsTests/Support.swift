import Foundation
import SidikCore
import Testing

@testable import SidikFormats

/// A folder that is removed at the end of a test.
final class Scratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "sidik-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, folders above it included, and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    let folder = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
  }
}

/// One document as strings.
struct Read: Equatable, Sendable {
  var id: String
  var text: [UInt8]
  var source: String?
  var author: String?
  var time: String?
  var line: Int
  var record: [UInt8]

  var string: String { String(decoding: text, as: UTF8.self) }
}

/// Everything a reader gave.
struct Reading: Equatable {
  struct Problem: Equatable {
    var line: Int
    var offset: Int
    var reason: String
    var repaired: Int?
  }

  var documents: [Read] = []
  var problems: [Problem] = []
  var notes: [InputNote] = []

  var ids: [String] { documents.map(\.id) }
  var texts: [String] { documents.map(\.string) }
}

func readAll(_ options: InputOptions) throws -> Reading {
  var reading = Reading()
  let reader = try InputReader(options)
  var batch = DocumentBatch()
  while let chunk = try reader.nextRecords() {
    try chunk.parse(into: &batch)
    for entry in batch.entries {
      reading.documents.append(
        Read(
          id: batch.string(entry.id),
          text: Array(batch.bytes[entry.text]),
          source: entry.source.map { batch.string($0) },
          author: entry.author.map { batch.string($0) },
          time: entry.time.map { batch.string($0) },
          line: entry.line,
          record: chunk.original(entry.record)
        )
      )
    }
    for problem in batch.problems {
      var repaired: Int?
      if case .repaired(let bytes) = problem.outcome { repaired = bytes }
      reading.problems.append(
        .init(
          line: problem.line,
          offset: problem.offset,
          reason: problem.reason,
          repaired: repaired
        )
      )
    }
  }
  reading.notes = reader.notes
  return reading
}

func readAll(_ path: String, _ change: (inout InputOptions) -> Void = { _ in }) throws -> Reading {
  var options = InputOptions(paths: [path])
  change(&options)
  return try readAll(options)
}

/// The shared data beside the package, where it is present.
enum Shared {
  static let corpora = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("shared/corpora").path

  static var isPresent: Bool { FileManager.default.fileExists(atPath: corpora) }

  static func path(_ name: String) -> String { corpora + "/" + name }
}
