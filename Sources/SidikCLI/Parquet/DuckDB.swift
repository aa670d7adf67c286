import Glibc
import Sidik

/// The program `duckdb`, which reads and writes Parquet for us where it is on PATH.
struct DuckDB: Sendable {
  let path: String

  /// Finds the program.
  ///
  /// - Parameter file: what is to be read or written, for the message.
  /// - Returns: the first of the name on PATH.
  /// - Throws: `SidikError` where there is none.
  static func find(for file: String) throws -> DuckDB {
    let folders = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
    for folder in folders.split(separator: ":").map(String.init) {
      let path = folder + "/duckdb"
      if unsafe access(path, X_OK) == 0 { return DuckDB(path: path) }
    }
    throw SidikError(
      .file,
      "is Parquet, which takes the program duckdb, and that is not on PATH; install it, "
        + "or use the Python package",
      file: file
    )
  }

  /// Runs a statement.
  ///
  /// - Parameters:
  ///   - statement: SQL.
  ///   - file: what is read or written, for messages.
  ///   - descriptors: what the process has open under the numbers from 0, nil for nothing.
  /// - Returns: the process; its standard error is kept for messages.
  /// - Throws: `SidikError` where it does not start.
  func run(_ statement: String, file: String, _ descriptors: [Int32?]) throws -> Process {
    let messages = try Pipe(file)
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in descriptors.enumerated() where number != 2 {
      guard let descriptor else { continue }
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, messages.writing, 2)
    // No configuration of the user's own, whose settings would change what is read.
    let words = [path, "-init", "/dev/null", "-batch", "-c", statement]
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var identifier = pid_t()
    let code = unsafe posix_spawn(&identifier, path, &actions, nil, &arguments, environ)
    messages.closeWriting()
    guard code == 0 else {
      throw unsafe SidikError(.file, "cannot run \(path): " + String(cString: strerror(code)))
    }
    return Process(identifier: identifier, messages: messages, file: file)
  }

  /// A running statement; ended with the object.
  final class Process: @unchecked Sendable {
    // Unchecked: used by one thread at a time, the one that reads or writes.
    private var identifier: pid_t?
    private let messages: Pipe
    private let file: String

    init(identifier: pid_t, messages: Pipe, file: String) {
      self.identifier = identifier
      self.messages = messages
      self.file = file
    }

    deinit {
      guard let identifier else { return }
      _ = kill(identifier, SIGKILL)
      _ = waitpid(identifier, nil, 0)
    }

    /// Waits for the end.
    ///
    /// - Throws: ``SidikError`` with the first line that the program said where it failed.
    func finish() throws {
      guard let identifier else { return }
      self.identifier = nil
      let said = messages.readAll().split(separator: "\n").first.map(String.init) ?? ""
      var status: Int32 = 0
      while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
      guard status == 0 else {
        throw SidikError(
          .data,
          "duckdb failed: \(said.isEmpty ? "it said nothing" : said)",
          file: file
        )
      }
    }
  }

  /// A pipe that no other process gets but by ``run(_:file:_:)``.
  final class Pipe: @unchecked Sendable {
    // Unchecked: both ends belong to one thread.
    private(set) var reading: Int32
    private(set) var writing: Int32

    init(_ file: String) throws {
      var ends: [Int32] = [-1, -1]
      guard unsafe pipe(&ends) == 0 else {
        throw SidikError(.file, unsafe String(cString: strerror(errno)), file: file)
      }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      (reading, writing) = (ends[0], ends[1])
    }

    deinit {
      closeReading()
      closeWriting()
    }

    func closeReading() {
      if reading >= 0 { close(reading) }
      reading = -1
    }

    func closeWriting() {
      if writing >= 0 { close(writing) }
      writing = -1
    }

    /// All that is left in the pipe; of a process that fails that is a few lines.
    func readAll() -> String {
      var bytes: [UInt8] = []
      var part = [UInt8](repeating: 0, count: 4096)
      while true {
        let got = unsafe part.withUnsafeMutableBytes {
          unsafe read(reading, $0.baseAddress, $0.count)
        }
        if got < 0, errno == EINTR { continue }
        if got <= 0 { return String(decoding: bytes, as: UTF8.self) }
        bytes += part[..<got]
      }
    }
  }
}
