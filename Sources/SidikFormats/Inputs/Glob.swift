import SidikCore

/// Patterns for file names: `*`, `?`, `[a-z]`, `[!a-z]` and, between slashes, `**`.
enum Glob {
  /// Whether a path has anything to expand.
  static func isPattern(_ path: String) -> Bool {
    path.utf8.contains {
      $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[")
    }
  }

  /// Whether a name matches one component of a pattern.
  ///
  /// A leading dot is matched by a literal dot only.
  /// - Complexity: O(name × pattern); no recursion.
  static func matches(_ name: String, _ pattern: String) -> Bool {
    let text = Array(name.unicodeScalars)
    let glob = Array(pattern.unicodeScalars)
    if text.first == ".", glob.first != "." { return false }
    var t = 0
    var g = 0
    var star: (glob: Int, text: Int)?
    while t < text.count {
      if g < glob.count, glob[g] == "*" {
        star = (g + 1, t)
        g += 1
      } else if let next = matchOne(text[t], glob, g) {
        g = next
        t += 1
      } else if let last = star {
        star = (last.glob, last.text + 1)
        g = last.glob
        t = last.text + 1
      } else {
        return false
      }
    }
    while g < glob.count, glob[g] == "*" { g += 1 }
    return g == glob.count
  }

  /// Where the pattern goes on after it took one character; nil if it does not take it.
  private static func matchOne(
    _ character: Unicode.Scalar,
    _ glob: [Unicode.Scalar],
    _ at: Int
  ) -> Int? {
    guard at < glob.count else { return nil }
    if glob[at] == "?" { return at + 1 }
    if glob[at] == "[", let (hit, next) = matchClass(character, glob, at + 1) {
      return hit ? next : nil
    }
    return glob[at] == character ? at + 1 : nil
  }

  /// A bracket class; nil where it is not closed, so that the bracket is literal.
  private static func matchClass(
    _ character: Unicode.Scalar,
    _ glob: [Unicode.Scalar],
    _ start: Int
  ) -> (hit: Bool, next: Int)? {
    var at = start
    var negated = false
    if at < glob.count, glob[at] == "!" || glob[at] == "^" {
      negated = true
      at += 1
    }
    var hit = false
    let first = at
    while at < glob.count, glob[at] != "]" || at == first {
      if at + 2 < glob.count, glob[at + 1] == "-", glob[at + 2] != "]" {
        if glob[at] <= character, character <= glob[at + 2] { hit = true }
        at += 3
      } else {
        if glob[at] == character { hit = true }
        at += 1
      }
    }
    guard at < glob.count else { return nil }
    return (hit != negated, at + 1)
  }

  /// The existing paths that match a pattern, sorted by their bytes.
  static func expand(_ pattern: String) throws -> [String] {
    let absolute = pattern.utf8.first == UInt8(ascii: "/")
    var found = [absolute ? "/" : ""]
    let parts = pattern.split(separator: "/").map(String.init)
    for (index, part) in parts.enumerated() {
      let last = index == parts.count - 1
      var next: [String] = []
      for folder in found {
        if part == "**" {
          try next += last ? everything(below: folder) : folders(below: folder)
        } else if isPattern(part) {
          for name in try namesIfFolder(folder) where matches(name, part) {
            next.append(FileSystem.join(folder, name))
          }
        } else {
          let path = FileSystem.join(folder, part)
          if FileStatus(path: path) != nil { next.append(path) }
        }
      }
      found = next
    }
    var seen: Set<String> = []
    return found.filter { seen.insert($0).inserted }.sorted { FileSystem.bytesPrecede($0, $1) }
  }

  private static func namesIfFolder(_ path: String) throws -> [String] {
    let folder = path.isEmpty ? "." : path
    guard FileStatus(path: folder)?.kind == .folder else { return [] }
    return try FileSystem.names(in: folder)
  }

  /// A folder and all folders in it, hidden ones left out.
  private static func folders(below top: String) throws -> [String] {
    var found = [top]
    var seen: Set<FileIdentity> = []
    var index = 0
    while index < found.count {
      let folder = found[index]
      index += 1
      for name in try namesIfFolder(folder) where !name.hasPrefix(".") {
        let path = FileSystem.join(folder, name)
        guard let status = FileStatus(path: path), status.kind == .folder,
          seen.insert(status.identity).inserted
        else { continue }
        found.append(path)
      }
    }
    return found
  }

  private static func everything(below top: String) throws -> [String] {
    var found: [String] = []
    for folder in try folders(below: top) {
      for name in try namesIfFolder(folder) where !name.hasPrefix(".") {
        let path = FileSystem.join(folder, name)
        if FileStatus(path: path)?.kind == .file { found.append(path) }
      }
    }
    return found
  }
}
