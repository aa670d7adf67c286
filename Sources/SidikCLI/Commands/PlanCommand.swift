import ArgumentParser
import Glibc
import Sidik

/// `sidik plan`: what a run would take, before it is begun.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Forecast time, memory, disk and candidates of a run from a sample.",
    discussion: """
      Clusters the beginning of the input and says what all of it would take. Pairs grow between \
      linearly and with the square of the documents, so they are given from the least to the most. \
      The beginning stands for the rest: an input that is sorted by source or size is better \
      shuffled first.

      Examples:
        sidik plan --profile corpus dump.jsonl.zst
        sidik plan --format json --sample 256M scraped/
        generate | sidik plan --documents 10000000
      """
  )

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Parameters") var profile: ProfileArguments
  @OptionGroup(title: "Output") var output: OutputArguments
  @OptionGroup(title: "Running") var run_: RunArguments

  /// How a forecast is written.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "Format of the forecast: text or json.")
  var format: Format = .text

  @Option(help: ArgumentHelp("Read so much of the input, as it stands there.", valueName: "size"))
  var sample = "64M"

  @Option(
    help: ArgumentHelp(
      "How many documents there are, where the size of the input does not say it.",
      valueName: "n"
    )
  )
  var documents: Int?

  func validate() throws {
    guard documents ?? 1 > 0 else { throw ValidationError("--documents takes a number above 0.") }
    guard MemoryArguments.bytes(sample) ?? 0 > 0 else {
      throw ValidationError("--sample takes a size such as 64M, not '\(sample)'.")
    }
  }

  func run() async throws {
    let session = try Session(input, profile, run_, output: output)
    let file = try output.open(output.output, besides: session.reader)
    let measured = try await RunPlanner(session.configuration)
      .measure(session.reader, bytes: MemoryArguments.bytes(sample) ?? 0)
    var part = measured.sample
    try session.report(measured.problems, part.statistics)
    guard part.documents > 0 else {
      throw SidikError(.data, "no documents in the sample, so nothing can be forecast")
    }
    if !measured.isWhole {
      let (done, total) = session.reader.bytesRead
      if let total {
        part.share = min(1, Double(done) / Double(max(1, total)))
      } else if documents == nil {
        throw SidikError(.usage, "the input has no known size; say --documents")
      }
    }
    let forecast = RunForecast(part, session.configuration.profile, documents: documents)
    if let documents { part.share = min(1, Double(part.documents) / Double(documents)) }
    var shown = forecast
    shown.sample = part
    let writer = ForecastWriter(
      shown,
      provenance: Provenance(session.configuration),
      threads: session.configuration.threads,
      folder: Self.folder(run_.tempDir),
      free: Self.free(in: Self.folder(run_.tempDir))
    )
    try file.write(
      format == .json
        ? writer.json() : writer.lines().flatMap { Array(($0 + "\n").utf8) }
    )
    try file.finish()
    try session.finish(part.statistics)
  }

  private static func folder(_ given: String?) -> String {
    if let given { return given }
    guard let named = unsafe getenv("TMPDIR"), unsafe named.pointee != 0 else { return "/tmp" }
    return unsafe String(cString: named)
  }

  private static func free(in folder: String) -> Int? {
    var room = statvfs()
    guard unsafe statvfs(folder, &room) == 0 else { return nil }
    return Int(room.f_bavail) * Int(room.f_frsize)
  }
}
