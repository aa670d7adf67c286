import Dispatch
import Glibc
import Sidik

/// Ctrl-C and TERM: unfinished outputs go, the program ends with code 130 at once.
enum Interruption {
  private static nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []

  /// Takes over both signals; a second one while outputs are being removed ends at once too.
  static func install() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        OutputFile.discardAll()
        Console.line("sidik: interrupted")
        _exit(ExitStatus.interrupted)
      }
      source.resume()
      unsafe sources.append(source)
    }
  }
}
