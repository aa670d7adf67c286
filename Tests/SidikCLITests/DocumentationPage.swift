import Foundation
import SidikTestSupport
import Testing

/// A page of the project's documentation.
struct DocumentationPage: Sendable, CustomTestStringConvertible {
  /// From the package's folder.
  let path: String

  var testDescription: String { path }

  /// All pages, by path.
  static let all: [DocumentationPage] = {
    let root = try? FileManager.default.contentsOfDirectory(atPath: ProjectFiles.root.path)
    let folders = ["Documentation", "corpora"].flatMap { folder in
      (FileManager.default.enumerator(atPath: ProjectFiles.url(folder).path)?.allObjects ?? [])
        .compactMap { ($0 as? String).map { folder + "/" + $0 } }
    }
    return ((root ?? []) + folders).filter { $0.hasSuffix(".md") }.sorted()
      .map { DocumentationPage(path: $0) }
  }()

  /// Those that show what the program answers.
  static let withConsole = all.filter { page in
    (try? page.lines()).map { !ConsoleBlock.all(in: $0).isEmpty } ?? true
  }

  /// Its lines; the last is empty where the file ends in a line feed.
  func lines() throws -> [String] { try ProjectFiles.text(path).plainLines }
}

/// A fenced block of kind `console`: commands behind `$ `, each followed by what a terminal shows.
struct ConsoleBlock {
  /// One command and what stands below it.
  struct Step {
    /// The line of the page, from 1.
    var line: Int
    var command: String
    var shown: ShownOutput
    /// The lines of the page that show the output, from 0.
    var range: Range<Int>
  }

  var steps: [Step] = []
  /// Lines before the first command; there are to be none.
  var stray = 0

  /// The blocks of a page, in order.
  static func all(in lines: [String]) -> [ConsoleBlock] {
    var blocks: [ConsoleBlock] = []
    for fence in Fence.all(in: lines) where fence.kind == "console" {
      blocks.append(ConsoleBlock(lines, fence.content))
    }
    return blocks
  }

  private init(_ lines: [String], _ content: Range<Int>) {
    var place = content.lowerBound
    while place < content.upperBound, !lines[place].hasPrefix("$ ") {
      stray += 1
      place += 1
    }
    while place < content.upperBound {
      let first = place
      var command = [String(lines[place].dropFirst(2))]
      // A command goes on behind a pipe or a backslash at the end of its line.
      while command[command.count - 1].hasSuffix("|") || command[command.count - 1].hasSuffix("\\"),
        place + 1 < content.upperBound
      {
        place += 1
        command.append(lines[place])
      }
      let start = place + 1
      place = start
      while place < content.upperBound, !lines[place].hasPrefix("$ ") { place += 1 }
      steps.append(
        Step(
          line: first + 1,
          command: command.joined(separator: "\n"),
          shown: ShownOutput(lines: Array(lines[start..<place])),
          range: start..<place
        )
      )
    }
  }
}

/// A fenced block of a page.
struct Fence {
  /// What stands behind the opening fence.
  var kind: String
  /// The lines between the fences, from 0.
  var content: Range<Int>

  /// The blocks of a page, in order.
  static func all(in lines: [String]) -> [Fence] {
    var fences: [Fence] = []
    var opening: Int?
    for (place, line) in lines.enumerated() where line.hasPrefix("```") {
      if let start = opening {
        fences.append(Fence(kind: String(lines[start].dropFirst(3)), content: start + 1..<place))
        opening = nil
      } else {
        opening = place
      }
    }
    return fences
  }
}

extension String {
  /// The text between its line feeds; a carriage return is part of its line.
  var plainLines: [String] {
    unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  }
}
