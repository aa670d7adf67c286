import ArgumentParser
import Sidik

/// `sidik index info`: the numbers and parameters of an index.
struct IndexInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Say what is in an index and what it was made with."
  )

  @OptionGroup var target: IndexFolderArguments

  @Flag(help: "Write one JSON object instead of lines.")
  var json = false

  func run() throws {
    let output = try OutputFile.open("-")
    try output.write(IndexInfoWriter.text(IndexInfo(target.folder), asJSON: json))
    try output.finish()
  }
}
