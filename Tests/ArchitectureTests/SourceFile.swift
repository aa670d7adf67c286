import Foundation
import SidikTestSupport

/// A source of the package as these tests read it.
struct SourceFile: Sendable {
  /// From the package's root: `Sources/SidikCore/Hash/HashKeys.swift`.
  let path: String
  let text: String
  /// The text with comments and the contents of strings blanked out, line by line the same.
  let code: String

  init(path: String, text: String) {
    self.path = path
    self.text = text
    code = path.hasSuffix(".swift") ? Self.blanked(text) : text
  }

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  var codeLines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }

  /// The target it belongs to.
  var target: String {
    let parts = path.split(separator: "/")
    return parts.count > 1 ? String(parts[1]) : ""
  }

  /// The folder inside its target, or an empty string.
  var folder: String {
    let parts = path.split(separator: "/")
    return parts.count > 3 ? String(parts[2]) : ""
  }

  /// The words of the code: runs of letters, digits and underscores.
  var words: Set<Substring> {
    Set(code.split { !($0.isLetter || $0.isNumber || $0 == "_") })
  }

  /// All Swift files, and C files where asked for, below a folder of the package.
  static func all(below folder: String, extensions: Set<String> = ["swift"]) throws -> [SourceFile]
  {
    let root = ProjectFiles.url(folder)
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    var sources: [SourceFile] = []
    for case let file as URL in files ?? .init() where extensions.contains(file.pathExtension) {
      let inside = file.standardizedFileURL.path.dropFirst(root.standardizedFileURL.path.count)
      sources.append(
        SourceFile(path: folder + inside, text: try String(contentsOf: file, encoding: .utf8))
      )
    }
    return sources.sorted { $0.path < $1.path }
  }

  private enum Reading: Equatable { case code, line, block, string, multiline }

  /// Blanks comments and strings, keeping every line end; interpolations count as strings.
  private static func blanked(_ text: String) -> String {
    let input = Array(text.utf8)
    let newline = UInt8(ascii: "\n")
    var output: [UInt8] = []
    var state = Reading.code
    var index = 0
    func at(_ word: StaticString) -> Bool {
      guard index + word.utf8CodeUnitCount <= input.count else { return false }
      return (0..<word.utf8CodeUnitCount).allSatisfy {
        unsafe input[index + $0] == word.utf8Start[$0]
      }
    }
    while index < input.count {
      let before = state
      var step = 1
      switch state {
      case .code:
        if at("//") { (state, step) = (.line, 2) }
        if at("/*") { (state, step) = (.block, 2) }
        if at("\"") { (state, step) = at("\"\"\"") ? (.multiline, 3) : (.string, 1) }
      case .line: if at("\n") { state = .code }
      case .block: if at("*/") { (state, step) = (.code, 2) }
      case .string:
        if at("\\") { step = 2 }
        if at("\"") || at("\n") { state = .code }
      case .multiline:
        if at("\\") { step = 2 }
        if at("\"\"\"") { (state, step) = (.code, 3) }
      }
      for character in input[index..<min(input.count, index + step)] {
        if character == newline || (before == .code && state == .code) { output.append(character) }
      }
      if before == .code, state != .code { output.append(UInt8(ascii: " ")) }
      index += step
    }
    return String(decoding: output, as: UTF8.self)
  }
}
