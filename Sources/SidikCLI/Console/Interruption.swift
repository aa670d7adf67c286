import Dispatch
import Glibc
import Sidik
import Synchronization

/// Ctrl-C and TERM: unfinished outputs go, the program ends with code 130 at once.
enum Interruption {
  private static nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []
  private static let isGraceful = Atomic<Bool>(false)
  private static let wasAsked = Atomic<Bool>(false)

  /// From now on a signal only asks to end; a second one still ends at once.
  static func askOnly() { isGraceful.store(true, ordering: .releasing) }

  /// Whether a signal has asked to end.
  static var isAsked: Bool { wasAsked.load(ordering: .acquiring) }

  /// Takes over both signals; a second one while outputs are being removed ends at once too.
  static func install() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        let isFirst = !wasAsked.exchange(true, ordering: .acquiringAndReleasing)
        if isGraceful.load(ordering: .acquiring), isFirst { return }
        OutputFile.discardAll()
        Console.line("sidik: interrupted")
        _exit(ExitStatus.interrupted)
      }
      source.resume()
      unsafe sources.append(source)
    }
  }
}
