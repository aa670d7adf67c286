internal import SidikCore
public import SidikPassages

/// What passages are looked for, and how.
public struct SpanConfiguration: Sendable {
  /// The least words that can be asked for.
  public static let fewestWords = 3
  /// The most.
  public static let mostWords = 100_000

  /// Profile, keys, threads and temporary folder; of the profile only its folds count.
  public var run: PipelineConfiguration
  /// What is compared: runs of words, or whole lines, paragraphs or sentences.
  public var unit = TextUnit.passage
  /// Words of a passage, at least: of its shorter place.
  public var leastWords = 20
  /// Characters of the original text that its shorter place has, at least.
  public var leastCharacters = 0
  /// Whether only equal words count.
  public var isExact = false
  /// Which places belong together.
  public var scope = PassageScope.anywhere

  /// Makes a configuration.
  public init(_ run: PipelineConfiguration) { self.run = run }

  /// What is looked for in two texts to show how they are alike: passages of eight words or more, as two texts have
  /// shorter ones by chance.
  public static func evidence(_ run: PipelineConfiguration) -> SpanConfiguration {
    var configuration = SpanConfiguration(run)
    configuration.leastWords = 8
    configuration.scope = .across
    return configuration
  }

  /// All that changes an answer, in one line.
  public var parameters: String {
    [
      "sidik-spans:1", "norm:\(run.profile.normaliser.name)", "words:\(leastWords)",
      "characters:\(leastCharacters)", "unit:\(unit.rawValue)", "exact:\(isExact)",
      "scope:\(scope.rawValue)",
      "keys:\(run.keyName)",
    ].joined(separator: ";")
  }

  /// 64 bits that name ``parameters``.
  public var fingerprint: UInt64 { ClusteringBasis.fingerprint(of: parameters) }
}
