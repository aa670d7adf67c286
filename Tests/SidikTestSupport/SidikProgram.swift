public import Foundation

/// The built program, run as a child process by a line of shell.
public struct SidikProgram: Sendable {
  /// What came of a run.
  public struct Outcome: Sendable {
    /// The exit code; 128 and the signal's number where a signal ended it.
    public let status: Int32
    public let stdout: Data
    public let stderr: String
    /// Whether it had to be stopped because its time was over.
    public let isTimedOut: Bool

    /// Standard output as text.
    public var text: String { String(decoding: stdout, as: UTF8.self) }
  }

  /// Where the program stands: `SIDIK_BINARY`, or beside the test bundle.
  public static let path: String = {
    if let named = ProcessInfo.processInfo.environment["SIDIK_BINARY"] {
      return URL(fileURLWithPath: named).standardizedFileURL.path
    }
    let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("sidik").path
  }()

  /// Whether the tests that take minutes are asked for.
  public static let isSlowWanted = ProcessInfo.processInfo.environment["SIDIK_SLOW"] == "1"

  /// Runs a line of shell in which `$SIDIK` is the program.
  ///
  /// Standard input is empty unless the line says otherwise, the environment holds only what
  /// the line needs, and temporary files go to `temporary`. Nothing the line started outlives it.
  ///
  /// - Parameters:
  ///   - line: what `/bin/sh` is to do.
  ///   - folder: where.
  ///   - temporary: the folder `TMPDIR` names.
  ///   - seconds: after how long it is stopped.
  ///   - environment: further variables.
  /// - Returns: what came of it.
  /// - Throws: where the program cannot be started.
  public static func run(
    _ line: String,
    in folder: URL,
    temporary: URL,
    seconds: Double = 120,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let outputs = try ScratchFolder()
    let stdout = try outputs.write("stdout", "")
    let stderr = try outputs.write("stderr", "")
    let process = Process()
    // A test process that has written to a pipe ignores SIGPIPE, and what it starts inherits that:
    // `head` would then make its neighbours in a pipeline complain.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["--default-signal=PIPE", "/bin/sh", "-c", line]
    process.currentDirectoryURL = folder
    process.environment = [
      "SIDIK": path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "LC_ALL": "C", "TMPDIR": temporary.path, "SWIFT_BACKTRACE": "enable=no",
    ].merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: stdout)
    process.standardError = try FileHandle(forWritingTo: stderr)
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    let isTimedOut = ended.wait(timeout: .now() + seconds) == .timedOut
    if isTimedOut {
      // The shell leads a process group of its own.
      kill(-process.processIdentifier, SIGKILL)
      ended.wait()
    }
    let isSignal = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: process.terminationStatus + (isSignal ? 128 : 0),
      stdout: try Data(contentsOf: stdout),
      stderr: String(decoding: try Data(contentsOf: stderr), as: UTF8.self),
      isTimedOut: isTimedOut
    )
  }

  /// Runs a line of shell in a scratch folder, temporary files in its folder `tmp`.
  public static func run(
    _ line: String,
    in scratch: ScratchFolder,
    seconds: Double = 120,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let temporary = scratch.file("tmp")
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    return try run(
      line,
      in: scratch.url,
      temporary: temporary,
      seconds: seconds,
      environment: environment
    )
  }
}
