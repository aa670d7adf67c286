import ArgumentParser
import Glibc
import Sidik

/// The exit codes that scripts depend on.
enum ExitStatus {
  static let done: Int32 = 0
  static let nothingFound: Int32 = 1
  static let duplicatesPresent: Int32 = 1
  static let usage: Int32 = 2
  static let quarantined: Int32 = 3
  static let interrupted: Int32 = 130

  /// Says what went wrong on one line of standard error and returns the code to end with.
  static func report(_ error: any Error) -> Int32 {
    switch error {
    case is BrokenPipe:
      return done
    case let code as ExitCode:
      return code.rawValue
    case let error as SidikError:
      Console.error(error.description)
      return error.code.exitStatus
    case is CancellationError:
      return interrupted
    default:
      return reportParsing(error)
    }
  }

  /// Help and version go to standard output and are no errors; a bad command line is code 2.
  private static func reportParsing(_ error: any Error) -> Int32 {
    let isRequest = SidikCommand.exitCode(for: error) == .success
    let message = SidikCommand.fullMessage(for: error)
    if isRequest {
      print(message)
      return done
    }
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines {
      Console.line(
        line.hasPrefix("Error: ") ? "sidik: error: " + line.dropFirst(7) : String(line)
      )
    }
    return usage
  }
}
