import ArgumentParser
import Sidik

/// `sidik index create`: an empty index.
struct IndexCreateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make an empty index; its parameters stay as they are.",
    discussion: """
      Without --store-text an index takes about 180 bytes a document, and matches are estimated. \
      With it the normalised texts are kept, compressed: matches are compared on the texts, as \
      sidik cluster does it, and excerpts are found too.

      Examples:
        sidik index create seen
        sidik index create --store-text --profile article archive
      """
  )

  @OptionGroup var target: IndexFolderArguments

  @Flag(help: "Keep normalised texts, so that matches are verified.")
  var storeText = false

  @OptionGroup(title: "Parameters") var normaliser: NormaliserArguments
  @OptionGroup(title: "Parameters") var threshold: ThresholdArguments

  @Option(help: "Shape of the bands, bands x rows, such as 25x5; the profile's if left out.")
  var bands: String?

  @OptionGroup(title: "Parameters") var keys: KeyArguments

  func run() throws {
    let profile = try normaliser.resolved()
    let parameters = try IndexParameters(
      profile: profile.name,
      slang: normaliser.slang,
      threshold: threshold.resolved(),
      bands: bands.map { try ProfileOptions.shape($0) },
      keys: keys.resolved(),
      isSecret: keys.keyFile != nil,
      keepsTexts: storeText
    )
    try IndexWriter.create(target.folder, parameters: parameters.lines)
  }
}
