import ArgumentParser
import Sidik

/// `sidik index export`: what an index holds, as JSON Lines.
struct IndexExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the documents of an index as JSON Lines, in the order of adding.",
    discussion: """
      Each has its id, source, time (or added, the moment of adding), length in characters, \
      digest and, where texts are kept, its normalised text.

      Example:
        sidik index export seen | jq -r .id
      """
  )

  @OptionGroup var target: IndexFolderArguments
  @OptionGroup(title: "Output") var output: OutputArguments

  func run() throws {
    let snapshot = try IndexSnapshot(folder: target.folder)
    let file = try output.open(output.output)
    try snapshot.forEach { place, record in
      try file.write(IndexInfoWriter.line(place, record, snapshot))
    }
    try file.finish()
  }
}
