import ArgumentParser
import Glibc
import Sidik

/// `sidik filter`: records in, those that an index does not know out.
struct FilterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter",
    abstract: "Let records through that an index does not know; with --add, remember them.",
    discussion: """
      Records go on in order and byte for byte. Those that the index knows are held back or, with \
      --tag, go on with a field sidik that says what they match. With --add, what is new is \
      remembered at once, so that a copy later in the same input is known too. Records that cannot \
      be read go on as they are.

      A pipe is answered line by line as it is written. Records go on before they are \
      remembered for good: after a crash some may go on once more, none is lost. Ctrl-C and TERM \
      finish the records at hand and commit.

      Examples:
        tail -f feed.jsonl | sidik filter --index seen --add
        sidik filter --index seen --tag posts.jsonl
        sidik filter --index seen --since 2026-01-01 --level exact posts.csv
      """
  )

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Index") var asked: AskedIndexArguments
  @OptionGroup(title: "Index") var now: NowArguments
  @OptionGroup(title: "Running") var run_: RunArguments

  @Flag(help: "Add records that are new to the index.")
  var add = false

  @Flag(help: "Let every record through, with a field sidik that says whether it is known.")
  var tag = false

  @Option(help: "Records are known up to this level: exact, copy, variant or excerpt.")
  var level: RemovableLevel = .variant

  @Option(help: "Commit after so many records at the latest; a pause of the input commits too.")
  var flushEvery = 10_000

  func validate() throws {
    guard flushEvery > 0 else {
      throw ValidationError("--flush-every takes a number above 0.")
    }
    guard !add || asked.index.count == 1 else {
      throw ValidationError("--add takes one --index, which is the one that learns.")
    }
    guard input.quarantine == nil else {
      throw ValidationError(
        "filter lets records through that cannot be read; leave --quarantine out."
      )
    }
  }

  func run() async throws {
    let indexes = try asked.resolved(threads: run_.resolvedThreads())
    let live = LiveInput()
    var options = try input.resolved(temporaryFolder: run_.tempDir)
    if LiveInput.isLive(options) { options.waitForLiveInput = { try live.wait($0) } }
    let reader = try InputReader(options)
    try reader.requireOneFormat(annotates: tag)
    let run = try FilterRun(
      indexes,
      settings: FilterRun.Settings(
        adds: add,
        tags: tag,
        loosest: level.level,
        window: try asked.window.resolved(),
        now: try now.now.map { _ in try now.resolved() },
        flushEvery: flushEvery
      )
    )
    Interruption.askOnly()
    live.idle = { try run.settle() }
    try await run.run(reader, isLive: options.waitForLiveInput != nil)
    report(run, reader)
    if Interruption.isAsked { throw CancellationError() }
    if run.problems.quarantined > 0 { throw ExitCode(ExitStatus.quarantined) }
  }

  private func report(_ run: FilterRun, _ reader: InputReader) {
    if !run_.quiet { for line in InputNote.lines(reader.notes) { Console.line("sidik: " + line) } }
    run.problems.write(isQuiet: run_.quiet, isKept: true)
    if run_.quiet { return }
    Console.line(
      "sidik: \(Console.counted(run.documents, "document", "documents")), "
        + "\(run.documents - run.known) new\(add ? " and added" : ""), "
        + "\(run.known) known\(tag ? "" : " and held back")"
        + (run.problems.quarantined == 0
          ? ""
          : "; \(Console.counted(run.problems.quarantined, "record", "records")) let through unread")
    )
  }
}

/// A pipe or terminal that others are still writing.
final class LiveInput: @unchecked Sendable {
  // Unchecked: set before the input is read, and called by the thread that reads.
  /// Called when nothing has come for a second.
  var idle: () throws -> Void = {}

  /// Whether standard input is read and is no file.
  static func isLive(_ options: InputOptions) -> Bool {
    guard options.paths.isEmpty || options.paths == ["-"] else { return false }
    var status = stat()
    return unsafe fstat(options.stdinDescriptor, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  /// Waits until there is something to read; false where the program was asked to end.
  func wait(_ descriptor: Int32) throws -> Bool {
    var waited = 0
    while !Interruption.isAsked {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(&entry, 1, 100)
      if ready > 0 { return true }
      waited += 1
      if waited == 10 { try idle() }
    }
    return false
  }
}
