import ArgumentParser
import Sidik

/// `sidik index expire`: old documents out of an index.
struct IndexExpireCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expire",
    abstract: "Remove the documents of an index that are too old.",
    discussion: """
      A document is as old as its time says; one without a time as the moment it was added.

      Examples:
        sidik index expire --older-than 90d seen
        sidik index expire --before 2026-01-01 seen
      """
  )

  @OptionGroup var target: IndexFolderArguments
  @OptionGroup var now: NowArguments

  @Option(help: "The age from which documents go: a number with s, m, h, d or w.")
  var olderThan: String?

  @Option(help: "The moment before which documents go.")
  var before: String?

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard (olderThan == nil) != (before == nil) else {
      throw ValidationError("expire takes one of --older-than and --before.")
    }
  }

  func run() throws {
    let first: Int64
    if let olderThan {
      first = try now.resolved() - Moment.age(olderThan, "--older-than")
    } else {
      first = try Moment.seconds(before ?? "", "--before")
    }
    let writer = try OpenIndex.writer(of: target.folder)
    var places: [DocumentPlace] = []
    try writer.snapshot.forEach { place, record in
      if record.time < first { places.append(place) }
    }
    let removed = try writer.remove(places)
    if quiet { return }
    Console.line(
      "sidik: \(Console.counted(removed, "document", "documents")) before "
        + "\(Timestamp.text(seconds: first)) removed, \(writer.snapshot.count) in the index"
    )
  }
}
