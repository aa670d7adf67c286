public import SidikCluster
public import SidikCore
internal import SidikIndex

/// The share of all truly similar pairs that a run found, by how similar they are.
///
/// The pairs are counted by ``ExactPairs`` over distinct texts: equal texts are one text, so that
/// a page scraped a thousand times does not decide the figure.
public struct JaccardRecall: Sendable {
  /// Pairs of one range of similarity.
  public struct Bin: Sendable, Hashable {
    /// The lower end; the upper end is the next bin's.
    public var low: Double
    /// Pairs of distinct texts.
    public var pairs = 0
    /// Those whose signatures agree in at least one whole band.
    public var inBands = 0
    /// The sum over the pairs of the probability that the bands give each.
    public var expected = 0.0
    /// Those with a verified edge (of the pair, or of the texts that stand for the two).
    public var edges = 0
    /// Those in one family.
    public var joined = 0
  }

  /// The width of a bin.
  public static let width = 0.05

  /// What the bins are of: `jaccard` or `containment`.
  public var measure: String
  /// The name of the unit that features stand for.
  public var unit: String
  /// The name of the bands, `32x4`.
  public var bands: String
  /// Documents read.
  public var documents = 0
  /// Distinct texts among them.
  public var texts = 0
  /// Texts whose pairs were counted; all others are their partners.
  public var queries = 0
  /// The bins, ascending.
  public var bins: [Bin] = []
  /// The share found by an edge among all pairs at or above a similarity, with interval; the
  /// texts asked about are the units of the bootstrap.
  public var recalls: [(atLeast: Double, pairs: Int, edges: Estimate, joined: Estimate)] = []

  /// What to count.
  public struct Options: Sendable, Hashable {
    /// Whether containment counts in place of Jaccard similarity.
    public var containment = false
    /// Pairs below this similarity are not counted.
    public var least = 0.3
    /// The unit of the features; nil is the profile's.
    public var unit: FeatureUnit?
    /// Texts with fewer features are left out.
    public var leastFeatures = 1
    /// Texts asked about; nil is all of up to ``JaccardRecall/allBelow``, else 2,000.
    public var sample: Int?

    /// The usual choice.
    public init() {}
  }

  /// Corpora of up to this many texts are counted whole.
  public static let allBelow = 20_000

  /// Counts pairs and looks each up among what a run found.
  ///
  /// - Parameters:
  ///   - result: the answer of the run.
  ///   - configuration: that of the run.
  ///   - options: what to count.
  ///   - source: makes a new reader of the same documents, in the same order, for each pass.
  /// - Throws: ``SidikError`` where a pass cannot read, or does not read what the run did.
  /// - Complexity: two passes over the texts; see ``ExactPairs``.
  public init(
    _ result: PipelineResult,
    _ configuration: PipelineConfiguration,
    _ options: Options = Options(),
    source: () throws -> any DocumentSource
  ) throws {
    let unit = options.unit ?? configuration.profile.unit
    measure = options.containment ? "containment" : "jaccard"
    self.unit = unit.name
    bands = configuration.profile.bands.name
    documents = result.documents.count
    let places = Self.distinct(result.documents)
    texts = places.count
    let wanted = options.sample ?? (texts <= Self.allBelow ? texts : 2000)
    let chosen = Self.draw(wanted, of: places, result.documents)
    queries = chosen.count
    let counter = RecallCounter(result, configuration, options, unit)
    try counter.addQueries(chosen, source())
    try counter.probe(Set(places), source())
    bins = counter.bins
    let thresholds: Set = [configuration.profile.threshold, configuration.profile.rule.jaccard]
    for least in options.containment ? [options.least] : thresholds.sorted()
    where least >= options.least {
      recalls.append(counter.recall(atLeast: least))
    }
  }

  /// One document of each distinct text that has anything to compare, the first.
  private static func distinct(_ table: DocumentTable) -> [Int] {
    struct Key: Hashable {
      var high: UInt64
      var low: UInt64
      var length: Int
    }
    var seen: Set<Key> = []
    return table.rows.indices.filter { place in
      let row = table.rows[place]
      return row.scalars > 0
        && seen.insert(Key(high: row.digest.high, low: row.digest.low, length: row.textLength))
          .inserted
    }
  }

  /// The documents with the smallest hashes of their ids, by ascending number.
  static func draw(_ count: Int, of places: [Int], _ table: DocumentTable) -> [Int] {
    guard count < places.count else { return places }
    return places.map { (stableHash(table.id($0), seed: stableHash("sidik sample")), $0) }
      .map { hash, place -> (UInt64, Int) in
        var random = EditRandom(seed: hash)
        return (random.next(), place)
      }
      .sorted { $0 < $1 }.prefix(max(0, count)).map(\.1).sorted()
  }
}
