import ArgumentParser
import Glibc
import Sidik

/// How differences of texts are shown.
struct DifferenceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Show so many words round each change; 0 shows whole texts.",
      valueName: "words"
    )
  )
  var context = 12

  func validate() throws {
    guard (0...100_000).contains(context) else {
      throw ValidationError("--context takes a number of words, 0 for all.")
    }
  }

  /// Words at each end of what is the same; nil for all.
  var resolvedContext: Int? { context == 0 ? nil : context }

  /// Colours on a terminal, unless `NO_COLOR` is set and not empty (https://no-color.org).
  var style: DifferenceView.Style {
    let refuses = unsafe getenv("NO_COLOR").map { unsafe $0.pointee != 0 } ?? false
    return Console.isTerminal(1) && !refuses ? .colours : .plain
  }
}
