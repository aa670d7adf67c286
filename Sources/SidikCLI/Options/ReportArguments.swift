import ArgumentParser
import Sidik

/// The report as a further result of a run.
struct ReportArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write a report for people here: one HTML page that needs no network.",
      valueName: "file"
    ),
    completion: .file(extensions: ["html"])
  )
  var report: String?

  @OptionGroup var page: PageArguments
}

/// How the page of a report is written.
struct PageArguments: ParsableArguments {
  @Option(help: "Language the report begins in: en or id.")
  var language: ReportLanguage = .en

  /// Reads the inputs once more for the texts and writes the page.
  ///
  /// - Parameters:
  ///   - data: what the report shows.
  ///   - source: the second pass over the inputs.
  ///   - read: how many of the documents the inputs hold; all if left out.
  ///   - file: receives the page.
  ///   - run: the temporary folder and the threads.
  /// - Throws: what reading or writing throws.
  func write(
    _ data: ReportData,
    reading source: InputReader,
    read: Int? = nil,
    to file: OutputFile,
    _ run: RunArguments
  ) async throws {
    var texts = try ReportTexts(wanted: data.isWanted, read: read, folder: run.tempDir)
    try texts.read(source)
    try await ReportWriter(data, language: language)
      .write(texts, to: file, threads: run.resolvedThreads())
  }
}

/// Names of inputs as a report shows them: without folders, which concern nobody else.
func reportInputNames(_ options: InputOptions) -> [String] {
  let paths = options.paths.isEmpty ? ["-"] : options.paths
  return paths.prefix(50).map { path in
    if path == "-" { return options.stdinName ?? "standard input" }
    return path.split(separator: "/").last.map(String.init) ?? path
  }
}
