import ArgumentParser
import Glibc
import Sidik

/// The one index a command works on.
struct IndexFolderArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The folder of the index.", valueName: "dir"),
    completion: .directory
  )
  var folder: String
}

/// The secret that an index was made with.
struct IndexSecretArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp("The secret that the index was made with, if it was.", valueName: "file"),
    completion: .file()
  )
  var keyFile: String?

  /// The hash constants of the secret.
  func resolved() throws -> HashKeys? {
    try keyFile.map { try HashKeys(secretFile: $0) }
  }
}

/// The indexes that are asked.
struct AskedIndexArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp("The folder of an index; may be given several times.", valueName: "dir"),
    completion: .directory
  )
  var index: [String] = []

  @OptionGroup var secret: IndexSecretArguments
  @OptionGroup var window: WindowArguments

  func validate() throws {
    guard !index.isEmpty else { throw ValidationError("--index names the index to ask.") }
  }

  /// The indexes, in the order in which they were named.
  func resolved(threads: Int) throws -> [OpenIndex] {
    let secret = try secret.resolved()
    return try index.map { try OpenIndex($0, secret: secret, threads: threads) }
  }
}

/// Which documents count, by their time.
struct WindowArguments: ParsableArguments {
  @Option(
    help: """
      Only documents of this time or later: a date or a moment. One without a time of its own has \
      that at which it was added.
      """
  )
  var since: String?

  @Option(help: "Only documents of this time or earlier; a date alone is its first second.")
  var until: String?

  /// The window; nil where all count.
  func resolved() throws -> ClosedRange<Int64>? {
    if since == nil, until == nil { return nil }
    let first = try since.map { try Moment.seconds($0, "--since") } ?? .min
    let last = try until.map { try Moment.seconds($0, "--until") } ?? .max
    guard first <= last else { throw SidikError(.usage, "--since comes after --until") }
    return first...last
  }
}

/// What counts as now.
struct NowArguments: ParsableArguments {
  @Option(
    help: """
      The moment that is taken as now, for documents without a time and for ages; the clock's if \
      left out.
      """
  )
  var now: String?

  /// Seconds since 1970.
  func resolved() throws -> Int64 {
    if let now { return try Moment.seconds(now, "--now") }
    return Int64(Glibc.time(nil))
  }
}

/// Moments and ages on the command line.
enum Moment {
  /// Reads a moment.
  static func seconds(_ text: String, _ option: String) throws -> Int64 {
    guard let moment = Timestamp(text) else {
      throw SidikError(
        .usage,
        "\(option) takes a date or a moment, such as 2026-01-31, not '\(text)'"
      )
    }
    return Int64(moment.seconds)
  }

  /// Reads an age such as 90d: seconds, minutes, hours, days or weeks.
  static func age(_ text: String, _ option: String) throws -> Int64 {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800]
    if let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()),
      number >= 0, number < 1 << 32
    {
      return number * unit
    }
    throw SidikError(
      .usage,
      "\(option) takes a number with s, m, h, d or w, such as 90d, not '\(text)'"
    )
  }
}
