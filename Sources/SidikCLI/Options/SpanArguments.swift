import ArgumentParser
import Sidik

/// Which passages are looked for.
struct SpanArguments: ParsableArguments {
  @Option(help: "Words of a passage, at least; 20 if left out, 5 with another --unit.")
  var minWords: Int?

  @Option(help: "Characters of a passage, at least.")
  var minCharacters = 0

  @Option(
    help: """
      What is compared: passage (runs of words), or whole lines, paragraphs or sentences: line, \
      paragraph, sentence.
      """
  )
  var unit: TextUnit = .passage

  @Flag(help: "Only equal words; nothing that was changed.")
  var exact = false

  @Flag(help: "Only passages that stand twice in one document.")
  var within = false

  @Flag(help: "Only passages of different documents.")
  var across = false

  /// Words of a unit that say something, at least.
  private static let leastWordsOfUnits = 5

  /// Finds options that contradict each other.
  func check() throws {
    let fewest = unit == .passage ? SpanConfiguration.fewestWords : 1
    if let minWords, minWords < fewest || minWords > SpanConfiguration.mostWords {
      throw ValidationError(
        "--min-words takes a number from \(fewest) to \(SpanConfiguration.mostWords)."
      )
    }
    guard minCharacters >= 0 else {
      throw ValidationError("--min-characters takes a number from 0 on.")
    }
    guard !(within && across) else {
      throw ValidationError("--within and --across exclude each other; leave both out for both.")
    }
  }

  /// The search in a run.
  func configuration(_ run: PipelineConfiguration) -> SpanConfiguration {
    var configuration = SpanConfiguration(run)
    configuration.unit = unit
    configuration.leastWords =
      minWords ?? (unit == .passage ? configuration.leastWords : Self.leastWordsOfUnits)
    configuration.leastCharacters = minCharacters
    configuration.isExact = exact || unit != .passage
    configuration.scope = within ? .within : across ? .across : .anywhere
    return configuration
  }
}
