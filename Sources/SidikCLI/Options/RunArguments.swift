import ArgumentParser
import Glibc
import Sidik

/// How to run; nothing here changes an answer.
struct RunArguments: ParsableArguments {
  @Option(name: [.customShort("T"), .long], help: "Threads; 0 takes one a processor.")
  var threads = 0

  @Option(
    help: "Folder for temporary files; TMPDIR, or /tmp, if left out.",
    completion: .directory
  )
  var tempDir: String?

  @Option(help: "Progress on standard error: auto, plain, json or never.")
  var progress: ProgressLine.Style = .auto

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  /// Threads to use.
  func resolvedThreads() throws -> Int {
    guard (0...1024).contains(threads) else {
      throw SidikError(.usage, "--threads takes a number from 0 to 1024")
    }
    return threads > 0 ? threads : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }
}

extension ProgressLine.Style: ExpressibleByArgument {}

/// Where results go.
struct OutputArguments: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write results here instead of standard output.", valueName: "file"),
    completion: .file()
  )
  var output = "-"

  @Flag(name: [.short, .long], help: "Replace output files that exist.")
  var force = false

  /// Makes sure that no two results go to one place, where one would spoil the other.
  func requireDistinct(_ others: [String?]) throws {
    var seen: Set<String> = []
    // Devices such as /dev/null take any number of results.
    for path in [output] + others.compactMap({ $0 })
    where !path.hasPrefix("/dev/") && !seen.insert(Self.place(of: path)).inserted {
      throw SidikError(.usage, "takes only one of the results; name another file", file: path)
    }
  }

  /// The path with its folder as the system knows it; the file itself need not exist.
  private static func place(of path: String) -> String {
    if path == "-" { return path }
    let cut = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = cut.map { String(path[...$0]) } ?? "./"
    let name = cut.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    for candidate in [path, folder] {
      guard let real = unsafe realpath(candidate, nil) else { continue }
      defer { unsafe free(real) }
      let resolved = unsafe String(cString: real)
      return candidate == path ? resolved : resolved + "/" + name
    }
    return path
  }

  /// Opens an output, never one of the inputs.
  func open(_ path: String, besides readers: InputReader?...) throws -> OutputFile {
    let inputs = readers.compactMap { $0?.identities }.reduce(into: Set()) { $0.formUnion($1) }
    return try OutputFile.open(path, force: force, inputs: inputs)
  }
}
