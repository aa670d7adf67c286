import ArgumentParser
import Sidik

/// `sidik index`: a folder that remembers documents.
struct IndexCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Make and keep an index: a folder that remembers documents.",
    discussion: """
      An index answers whether a text was seen before, and where (sidik match, sidik filter), \
      without the documents themselves. What was committed survives any end of the program. One \
      process at a time writes; any number read meanwhile.

      Examples:
        sidik index create --store-text seen
        sidik index add seen news.jsonl
        sidik index info seen
        sidik index expire --older-than 90d seen
      """,
    subcommands: [
      IndexCreateCommand.self, IndexAddCommand.self, IndexRemoveCommand.self,
      IndexExpireCommand.self, IndexInfoCommand.self, IndexCheckCommand.self,
      IndexCompactCommand.self, IndexMergeCommand.self, IndexExportCommand.self,
    ]
  )
}
