import ArgumentParser
import Sidik

/// `sidik index remove`: documents out of an index, by id.
struct IndexRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove documents from an index by their ids.",
    discussion: """
      Removes every document of such an id. They are not found any more at once; compact gives \
      their room back. Ends with code 1 where no document had one of the ids.

      Examples:
        sidik index remove seen post-17 post-18
        sidik index remove --ids takedown.txt seen
      """
  )

  @OptionGroup var target: IndexFolderArguments
  @Argument(help: "Ids of documents.") var id: [String] = []

  @Option(
    help: ArgumentHelp("A file with an id a line.", valueName: "file"),
    completion: .file()
  )
  var ids: String?

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard !id.isEmpty || ids != nil else { throw ValidationError("remove takes ids, or --ids.") }
  }

  func run() throws {
    var wanted = Set(id.map { Array($0.utf8) })
    if let ids {
      for line in try LineFile.read(ids) where !line.isEmpty { wanted.insert(Array(line)) }
    }
    let writer = try OpenIndex.writer(of: target.folder)
    let snapshot = writer.snapshot
    var places: [DocumentPlace] = []
    try snapshot.forEach { place, _ in
      if wanted.contains(try snapshot.id(place)) { places.append(place) }
    }
    let removed = try writer.remove(places)
    if !quiet {
      Console.line(
        "sidik: \(Console.counted(removed, "document", "documents")) removed, "
          + "\(writer.snapshot.count) in the index"
      )
    }
    if removed == 0 { throw ExitCode(ExitStatus.nothingFound) }
  }
}
