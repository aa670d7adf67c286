import ArgumentParser
import Sidik

/// `sidik index merge`: the documents of other indexes into one.
struct IndexMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Add the documents of other indexes to an index.",
    discussion: """
      All must have been made with the same parameters. The others stay as they are.

      Example:
        sidik index merge seen monday tuesday
      """
  )

  @OptionGroup var target: IndexFolderArguments

  @Argument(help: ArgumentHelp("Other indexes.", valueName: "other"), completion: .directory)
  var others: [String]

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func run() throws {
    let writer = try OpenIndex.writer(of: target.folder)
    let snapshots = try others.map { try IndexSnapshot(folder: $0) }
    for (folder, other) in zip(others, snapshots) where other.parameters != writer.parameters {
      throw SidikError(
        .incompatible,
        "was made with other parameters than \(target.folder)",
        file: folder
      )
    }
    let added = try writer.add(contentsOf: snapshots)
    if quiet { return }
    Console.line(
      "sidik: \(Console.counted(added, "document", "documents")) added, "
        + "\(writer.snapshot.count) in the index"
    )
  }
}
