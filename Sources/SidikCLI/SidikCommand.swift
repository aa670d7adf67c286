import ArgumentParser
import Glibc
import Sidik

/// The root command: names the subcommands, nothing else.
@main
struct SidikCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sidik",
    abstract: "Finds re-used wording: exact copies, edited reposts and excerpts.",
    discussion: """
      Reads JSON Lines, JSON arrays, CSV, TSV and text, plain or as .gz or .zst, from files, \
      folders, globs or standard input. Results go to standard output, everything else to \
      standard error.

      Examples:
        sidik cluster corpora/reposts/documents.jsonl
        zstdcat news.jsonl.zst | sidik dedup > fresh.jsonl
        sidik compare a.txt b.txt
        sidik normalize message.txt
        tail -f feed.jsonl | sidik filter --index seen --add

      Sidik finds re-used wording, not re-told claims, and calls a text "earliest" only within \
      the corpus it was given.

      Exit codes: 0 done, or found; 1 nothing found (compare, match), target not reached (tune), \
      duplicates present (--check); \
      2 usage or data error; 3 finished, some records were set aside; 4 out of room; \
      5 incompatible or damaged index; 6 index in use by another writer; 130 interrupted.
      """,
    version: SidikVersion.current,
    subcommands: [
      ClusterCommand.self, PlanCommand.self, ReportCommand.self, DedupCommand.self,
      CompareCommand.self,
      ExplainCommand.self,
      TraceCommand.self, NormalizeCommand.self,
      SketchCommand.self, GroupCommand.self, SpansCommand.self, BoilerplateCommand.self,
      EvalCommand.self,
      TuneCommand.self,
      IndexCommand.self, MatchCommand.self, FilterCommand.self,
    ]
  )

  /// Runs a subcommand and ends with the exit code of the contract.
  static func main() async {
    Interruption.install()
    // A file-size limit is to be an error of `write`, not the end of the process.
    signal(SIGXFSZ, SIG_IGN)
    do {
      try Kernels.checkEnvironment()
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      Glibc.exit(ExitStatus.done)
    } catch {
      Glibc.exit(ExitStatus.report(error))
    }
  }
}
