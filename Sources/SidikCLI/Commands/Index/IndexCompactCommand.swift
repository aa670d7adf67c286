import ArgumentParser
import Sidik

/// `sidik index compact`: one segment, nothing removed left in it.
struct IndexCompactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Make one segment of an index, which is asked fastest and has no removed documents.",
    discussion: """
      Needs as much room again while it runs. Readers go on with what they have opened.

      Examples:
        sidik index compact seen
        sidik index compact --repair seen
      """
  )

  @OptionGroup var target: IndexFolderArguments

  @Flag(help: "First leave out what is damaged, and say how much that was.")
  var repair = false

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func run() throws {
    var found = repair ? try IndexWriter.repair(target.folder) : IndexRepair()
    let writer = try OpenIndex.writer(of: target.folder)
    if repair { try writer.rewriteDamaged(&found) }
    try writer.compact()
    if !found.isWhole {
      Console.warning(
        "lost: \(Console.counted(found.lostDocuments, "document", "documents"))"
          + ", of them in \(Console.counted(found.lostSegments, "segment", "segments")) whole; "
          + "\(found.lostDetails) runs of keys or sources of documents that are kept"
      )
    }
    if quiet { return }
    let info = try IndexInfo(target.folder)
    Console.line(
      "sidik: \(Console.counted(info.documents, "document", "documents")) in "
        + "\(Console.counted(info.segments, "segment", "segments")), \(info.bytes) bytes"
    )
  }
}
