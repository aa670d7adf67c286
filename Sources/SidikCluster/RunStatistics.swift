public import SidikIndex

/// The numbers of a run, as `--stats` writes them.
public struct RunStatistics: Sendable {
  /// Documents read.
  public var documents = 0
  /// Bytes of their texts, as they stood in the input.
  public var textBytes = 0
  /// Invalid bytes that were repaired.
  public var repairedBytes = 0
  /// Records set aside.
  public var quarantined = 0
  /// Documents in which nothing was left to compare.
  public var emptyDocuments = 0
  /// Documents that repeat themselves (see ``PipelineResult/repeating``).
  public var repeatingDocuments = 0
  /// Distinct texts after normalisation.
  public var nodes = 0
  /// Sources in whose documents boilerplate was found.
  public var boilerplateSources = 0
  /// Distinct passages that were cut.
  public var boilerplatePassages = 0
  /// Documents from which passages were cut before they were compared.
  public var maskedDocuments = 0
  /// Characters that were cut from them.
  public var maskedCharacters = 0
  /// Nodes left when near-identical ones are taken together.
  public var leaders = 0
  /// What the bands met.
  public var banding = LSHBanding.Statistics()
  /// What the postings met.
  public var postings = SampledHashes.Statistics()
  /// Pairs whose texts were compared.
  public var compared = 0
  /// Pairs that became edges.
  public var edges = 0
  /// Texts that quote several stories and so join none of them.
  public var digests = 0
  /// Families of two or more documents.
  public var families = 0
  /// Documents in those families; in a deduplication, documents removed.
  public var clustered = 0
  /// What was found of templates; nil in a deduplication, which does not look for them.
  public var templates: TemplateStatistics?
  /// What became of links; nil where none were given.
  public var links: LinkStatistics?

  /// Takes the numbers of boilerplate.
  mutating func take(_ numbers: BoilerplateStage.Numbers) {
    boilerplateSources = numbers.sources
    boilerplatePassages = numbers.passages
    maskedDocuments = numbers.documents
    maskedCharacters = numbers.characters
  }

  /// Takes the numbers of the pair stages from another value.
  mutating func take(pairsOf other: RunStatistics) {
    nodes = other.nodes
    leaders = other.leaders
    banding = other.banding
    postings = other.postings
    compared = other.compared
    edges = other.edges
    digests = other.digests
    families = other.families
  }
}

/// The templates of a run: frames with other slots.
public struct TemplateStatistics: Sendable, Hashable {
  /// Templates, each of two or more families or lone documents.
  public var count: Int
  /// Documents in them, copies included.
  public var documents: Int
}
