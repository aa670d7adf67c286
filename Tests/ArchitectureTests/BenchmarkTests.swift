import Foundation
import SidikTestSupport
import Testing

/// The benchmarks' own checks; nothing is measured.
///
/// They read the definition, hold the exact truth against a naive one, and make table and plot of
/// the newest record again.
@Suite struct BenchmarkTests {
  /// Python 3.11 reads the definition, and a C compiler makes the exact join.
  private static let canRun =
    status(["python3", "-c", "import tomllib"]) == 0 && status(["cc", "--version"]) == 0

  private static func status(_ command: [String]) -> Int32? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test(.enabled(if: canRun, "python3 (3.11 or later) and cc are not here"))
  func theBenchmarksHoldTheirOwnRules() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", ProjectFiles.url("Benchmarks/test_bench.py").path]
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(said)")
    #expect(said.contains("\nOK"), "\(said)")
  }
}
