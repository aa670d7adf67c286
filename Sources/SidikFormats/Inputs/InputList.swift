import Glibc
import SidikCore

/// One thing to read, with the name its documents go by.
struct InputFile: Sendable {
  /// The path as the user named it; `-` is standard input.
  var path: String
  /// The name in ids made from it (`NAME:LINE`).
  var name: String
  /// The name whose ending tells the format; nil where there is none.
  var typedName: String?
  /// Whether it is standard input.
  var isStandardInput = false
  /// Whether it gives its bytes only once: a pipe, or a file open behind its start.
  var isReadOnce = false
  /// Whether it is read through ``InputOptions/converter``.
  var isConverted = false
  /// What tells it from other files; nil for pipes.
  var identity: FileIdentity?
  /// Its size on disk, where it is a regular file.
  var size: Int?
  /// When it last changed, where it is a regular file.
  var changed: Int?
}

/// The inputs of a run, in the order they are read.
struct InputList {
  private(set) var files: [InputFile] = []
  private(set) var notes: [InputNote] = []

  /// How many trailing parts of its path each file is named by.
  private var parts: [Int] = []
  private var seen: Set<FileIdentity> = []
  private var hasStandardInput = false
  private let options: InputOptions

  /// Expands paths, globs and folders.
  ///
  /// - Throws: ``SidikError`` where a path leads nowhere or a folder holds no text.
  init(_ options: InputOptions) throws {
    self.options = options
    for path in options.paths.isEmpty ? ["-"] : options.paths {
      if path == "-" {
        addStandardInput()
      } else if let status = FileStatus(path: path) {
        try add(path, status)
      } else if Glob.isPattern(path) {
        let matches = try Glob.expand(path)
        guard !matches.isEmpty else { throw SidikError(.file, "no file matches", file: path) }
        for match in matches { try add(match, FileStatus.of(match)) }
      } else {
        _ = try FileStatus.of(path)
      }
    }
    nameFiles()
  }

  private mutating func addStandardInput() {
    guard !hasStandardInput else {
      notes.append(InputNote(file: "-", kind: .repeated, "is named twice and read once"))
      return
    }
    hasStandardInput = true
    let path = FileSystem.path(of: options.stdinDescriptor)
    let status = FileStatus(descriptor: options.stdinDescriptor)
    let last = path.map { String($0.split(separator: "/").last ?? "-") }
    var file = InputFile(path: "-", name: options.stdinName ?? last ?? "-")
    file.typedName = last ?? options.stdinName
    file.isStandardInput = true
    file.isReadOnce = lseek(options.stdinDescriptor, 0, SEEK_CUR) != 0
    if let status, status.kind == .file {
      file.identity = status.identity
      file.size = status.size
    }
    if let identity = file.identity, !seen.insert(identity).inserted {
      notes.append(InputNote(file: "-", kind: .repeated, "is a file named before; read once"))
      return
    }
    files.append(file)
    parts.append(0)
  }

  private mutating func add(_ path: String, _ status: FileStatus) throws {
    guard status.kind == .folder else {
      try addFile(path, status, parts: 1)
      return
    }
    let before = files.count
    let notesBefore = notes.count
    var folders: Set<FileIdentity> = [status.identity]
    try addFolder(path, depth: 1, &folders)
    guard files.count > before || notes.count > notesBefore else {
      throw SidikError(
        .data,
        "no texts in this folder (looked for \(Self.known.joined(separator: " ")))",
        file: path
      )
    }
  }

  private static let known = [".txt", ".text", ".jsonl", ".ndjson", ".json", ".csv", ".tsv"]

  private mutating func addFolder(
    _ folder: String,
    depth: Int,
    _ folders: inout Set<FileIdentity>
  ) throws {
    guard depth < 256 else {
      throw SidikError(.file, "is nested too deep", file: folder)
    }
    for name in try FileSystem.names(in: folder) where !name.hasPrefix(".") {
      let path = FileSystem.join(folder, name)
      let isKnown = FormatSniffer.knownEnding(name) != nil
      guard let status = FileStatus(path: path) else {
        if isKnown { _ = try FileStatus.of(path) }
        continue
      }
      if status.kind == .folder {
        guard folders.insert(status.identity).inserted else { continue }
        try addFolder(path, depth: depth + 1, &folders)
      } else if isKnown, status.kind == .file {
        try addFile(path, status, parts: depth)
      }
    }
  }

  private mutating func addFile(_ path: String, _ status: FileStatus, parts: Int) throws {
    var file = InputFile(path: path, name: path, typedName: path)
    file.isReadOnce = status.kind != .file
    if status.kind == .file {
      guard seen.insert(status.identity).inserted else {
        notes.append(InputNote(file: path, kind: .repeated, "was named before; read once"))
        return
      }
      file.identity = status.identity
      file.size = status.size
      file.changed = status.changed
      guard unsafe access(path, R_OK) == 0 else {
        throw SidikError(.file, "cannot be opened: \(systemReason(errno))", file: path)
      }
    }
    if status.kind == .file, options.converter?.takes(path) == true {
      file.isConverted = true
      file.typedName = path + ".jsonl"
    }
    files.append(file)
    self.parts.append(parts)
  }

  /// Names each file by as few trailing parts of its path as tell it from the others.
  private mutating func nameFiles() {
    let paths = files.map { file -> [Substring] in
      let absolute = file.path.utf8.first == UInt8(ascii: "/")
      return (absolute ? [""] : []) + file.path.split(separator: "/")
    }
    while true {
      var holders: [String: [Int]] = [:]
      for index in files.indices {
        if !files[index].isStandardInput {
          files[index].name = paths[index].suffix(parts[index]).joined(separator: "/")
        }
        holders[files[index].name, default: []].append(index)
      }
      var grew = false
      for group in holders.values where group.count > 1 {
        for index in group where !files[index].isStandardInput && parts[index] < paths[index].count
        {
          parts[index] += 1
          grew = true
        }
      }
      if !grew { return }
    }
  }
}
