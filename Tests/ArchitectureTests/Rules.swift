/// What the architecture asks of the sources, as functions that give the findings, so that each
/// can be shown to find something.
enum Rules {
  /// The arrows: what each target may import of this package and its libraries.
  static let allowedImports: [String: Set<String>] = [
    "SidikCore": ["CSidikKernels", "COpenSSL"],
    "SidikIndex": ["SidikCore"],
    "SidikStore": ["SidikCore", "CSidikKernels", "CZstd"],
    "SidikPassages": ["SidikCore"],
    "SidikCluster": ["SidikIndex", "SidikStore", "SidikPassages", "SidikCore"],
    "SidikEvaluation": ["SidikCluster", "SidikIndex", "SidikCore"],
    "SidikFormats": ["SidikCore", "CSidikKernels", "CZlib", "CZstd"],
    // Results are written by the writers of Formats, and the statistics name what Index met;
    // Store says what is in an index.
    "SidikReport": [
      "SidikCluster", "SidikEvaluation", "SidikFormats", "SidikStore", "SidikIndex", "SidikCore",
      "CSidikPage",
    ],
    "Sidik": [
      "SidikCore", "SidikIndex", "SidikStore", "SidikPassages", "SidikCluster",
      "SidikEvaluation", "SidikFormats", "SidikReport",
    ],
    "SidikCLI": ["Sidik", "ArgumentParser"],
    "SidikC": ["Sidik", "CSidik"],
  ]

  /// Modules of the system that any target may import.
  static let systemModules: Set<String> = [
    "Glibc", "Darwin", "Dispatch", "Synchronization", "FoundationEssentials",
  ]

  /// Folders of SidikCore and the folders whose types they may mention.
  static let allowedFolders: [String: Set<String>] = [
    // The version, in no folder.
    "": [],
    "Errors": [],
    "Bytes": ["Errors"],
    "Hash": ["Errors", "Bytes"],
    "Document": ["Errors", "Bytes"],
    "Normalise": ["Errors", "Bytes"],
    "Shingle": ["Errors", "Bytes", "Hash"],
    "Sketch": ["Errors", "Bytes", "Hash", "Normalise", "Shingle"],
  ]

  /// Modules a source imports.
  static func imports(_ file: SourceFile) -> [String] {
    file.codeLines.compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
        words[..<place].allSatisfy({ $0.hasPrefix("@") || accessLevels.contains($0) })
      else { return nil }
      // `import struct Module.Name` names the module before the dot.
      let name = words[words.count > place + 2 ? place + 2 : place + 1]
      return String(name.prefix { $0 != "." })
    }
  }

  private static let accessLevels: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private",
  ]

  static func wrongImports(_ file: SourceFile) -> [String] {
    let allowed = (allowedImports[file.target] ?? []).union(systemModules)
    return imports(file).filter { !allowed.contains($0) }.map { "\(file.path) imports \($0)" }
  }

  /// Targets of a manifest whose dependencies go against the arrows, or that no arrow knows.
  static func wrongDependencies(manifest: String) -> [String] {
    var findings: [String] = []
    for part in manifest.split(separator: "module(").dropFirst() {
      let names = quoted(part.prefix { $0 != ")" })
      guard let target = names.first else { continue }
      let allowed = allowedImports[target] ?? []
      findings += names.dropFirst().filter { !allowed.contains($0) }
        .map { "\(target) depends on \($0)" }
      if allowedImports[target] == nil { findings.append("\(target) is in no table") }
    }
    return findings
  }

  private static func quoted(_ text: Substring) -> [String] {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    return stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }
  }

  /// Sources outside the command-line program that write to standard output.
  static func prints(_ file: SourceFile) -> [String] {
    guard file.target != "SidikCLI" else { return [] }
    return findings(file.codeLines, file.path) { line in
      line.ranges(of: "print(").contains { range in
        guard range.lowerBound > line.startIndex else { return true }
        let before = line[line.index(before: range.lowerBound)]
        return !(before.isLetter || before.isNumber || before == "_" || before == ".")
      }
    }
  }

  /// Marks of unfinished work, taken apart so that this file has none.
  private static let marks: Set<String> = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]

  static func leftovers(_ file: SourceFile) -> [String] {
    findings(file.lines, file.path) { line in
      line.split { !$0.isLetter }.contains { word in marks.contains(String(word)) }
    }
  }

  static let mostLines = 500

  /// Files too long to hold one concern; tables made by a script may be.
  static func tooLong(_ file: SourceFile) -> [String] {
    let count = file.lines.count - (file.text.hasSuffix("\n") ? 1 : 0)
    let isTable = file.path.hasSuffix("_tables.c")
    return count > mostLines && !isTable ? ["\(file.path) has \(count) lines"] : []
  }

  /// Types declared at the outermost level.
  static func types(_ file: SourceFile) -> Set<Substring> {
    var names: Set<Substring> = []
    for line in file.codeLines where line.first.map({ $0.isLetter || $0 == "@" }) ?? false {
      let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
      guard let place = words.firstIndex(where: { kinds.contains($0) }), place + 1 < words.count
      else { continue }
      // Private types are nobody else's.
      if words[..<place].contains("private") || words[..<place].contains("fileprivate") { continue }
      names.insert(words[place + 1])
    }
    return names
  }

  private static let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor"]

  /// Files of SidikCore that mention a type of a folder above theirs.
  static func wrongMentions(_ files: [SourceFile]) -> [String] {
    var findings: [String] = []
    var folderOf: [Substring: String] = [:]
    for file in files {
      for type in types(file) { folderOf[type] = file.folder }
    }
    for file in files {
      guard let allowed = allowedFolders[file.folder] else {
        findings.append("\(file.path) is in no known folder")
        continue
      }
      for word in file.words.sorted() {
        guard let folder = folderOf[word], folder != file.folder, !allowed.contains(folder)
        else { continue }
        findings.append("\(file.path) mentions \(word) of \(folder)")
      }
    }
    return findings
  }

  private static func findings(
    _ lines: [Substring],
    _ path: String,
    where isFinding: (Substring) -> Bool
  ) -> [String] {
    lines.enumerated().filter { isFinding($0.element) }.map { "\(path):\($0.offset + 1)" }
  }
}
