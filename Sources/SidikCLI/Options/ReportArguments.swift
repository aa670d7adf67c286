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

  @Option(help: "Language the report begins in: en or id.")
  var language: ReportLanguage = .en
}

/// Names of inputs as a report shows them: without folders, which concern nobody else.
func reportInputNames(_ options: InputOptions) -> [String] {
  let paths = options.paths.isEmpty ? ["-"] : options.paths
  return paths.prefix(50).map { path in
    if path == "-" { return options.stdinName ?? "standard input" }
    return path.split(separator: "/").last.map(String.init) ?? path
  }
}
