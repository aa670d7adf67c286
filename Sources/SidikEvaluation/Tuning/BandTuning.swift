public import SidikCluster
public import SidikIndex
internal import SidikCore

/// What bands of several shapes find among exactly counted similar pairs, what they cost, and which
/// shape reaches a recall target for the least.
public struct BandTuning: Sendable {
  /// One shape.
  public struct Row: Sendable, Hashable {
    /// Bands and rows.
    public var shape: BandParameters
    /// The share of the similar pairs that agree in a whole band.
    public var recall: Double
    /// What the S-curve promises for these very pairs.
    public var theory: Double
    /// What it promises for a pair at the threshold.
    public var atThreshold: Double
    /// Pairs that the bands bring together, a text.
    public var met: Double
    /// Those of them that signatures do not rule out, whose texts are compared, a text.
    public var proposed: Double
  }

  /// Slots of a signature.
  public static let slots = 128
  /// Rows a band of the shapes that are looked at.
  public static let rowsLookedAt = 1...16

  /// The share asked for.
  public let target: Double
  /// Pairs from this Jaccard similarity on are to be found.
  public let threshold: Double
  /// Documents read.
  public let documents: Int
  /// Distinct texts with anything to compare.
  public let texts: Int
  /// Texts whose similar texts were counted among all.
  public private(set) var queries = 0
  /// Similar pairs that were counted.
  public private(set) var pairs = 0
  /// The shapes, by rows.
  public private(set) var rows: [Row] = []
  /// The cheapest shape that reaches the target, both as counted and as the S-curve promises for
  /// these pairs; else the one that finds most.
  public private(set) var best = 0
  /// Whether that shape reaches the target.
  public private(set) var isReached = false
  /// Its recall with interval; the texts asked about are what the bootstrap draws.
  public private(set) var estimate: Estimate

  /// Counts similar pairs exactly and asks every shape for them.
  ///
  /// - Parameters:
  ///   - corpus: the documents.
  ///   - target: the share of the pairs that must be found.
  ///   - sample: texts asked about; nil is all of up to ``JaccardRecall/allBelow``, else 2,000.
  /// - Complexity: see ``ExactPairs``; beside it a run of the bands a shape.
  public init(_ corpus: SketchedCorpus, target: Double, sample: Int? = nil) {
    self.target = target
    threshold = corpus.profile.threshold
    documents = corpus.documents.count
    let filled = (0..<corpus.textCount).filter { !corpus.isEmpty($0) }
    texts = filled.count
    estimate = Estimate(name: "recall", value: 0, low: 0, high: 1)
    let wanted = sample ?? (filled.count <= JaccardRecall.allBelow ? filled.count : 2000)
    let places = filled.map { corpus.document(ofText: $0) }
    let chosen = Set(JaccardRecall.draw(wanted, of: places, corpus.documents))
    let asked = filled.filter { chosen.contains(corpus.document(ofText: $0)) }
    queries = asked.count
    let shapes = Self.rowsLookedAt.map { BandParameters(bands: Self.slots / $0, rows: $0) }
    var counter = ShapeCounter(shapes: shapes, queries: asked.count)
    counter.count(corpus, asked: asked, among: filled, atLeast: threshold)
    pairs = counter.pairs
    let perText = Double(max(1, texts))
    rows = shapes.enumerated().map { place, shape in
      let met = corpus.banding(shape)
      return Row(
        shape: shape,
        recall: Double(counter.found[place]) / Double(max(1, pairs)),
        theory: counter.promised[place] / Double(max(1, pairs)),
        atThreshold: shape.probability(at: threshold),
        met: Double(met.met) / perText,
        proposed: Double(met.proposed) / perText
      )
    }
    choose()
    estimate = counter.estimate(best)
  }

  private mutating func choose() {
    // Both as counted and as promised: hashes that fell well on this sample choose nothing.
    let reaching = rows.indices.filter {
      pairs > 0 && min(rows[$0].recall, rows[$0].theory) >= target
    }
    isReached = !reaching.isEmpty
    best =
      reaching.min { (rows[$0].met, -rows[$0].theory) < (rows[$1].met, -rows[$1].theory) }
      ?? rows.indices.max { (rows[$0].recall, $0) < (rows[$1].recall, $1) } ?? 0
  }
}

/// Looks each similar pair up in the bands of every shape.
private struct ShapeCounter {
  let shapes: [BandParameters]
  private(set) var pairs = 0
  private(set) var found: [Int]
  private(set) var promised: [Double]
  /// For each query its pairs, then those found by each shape.
  private var counts: [[Int32]]

  init(shapes: [BandParameters], queries: Int) {
    self.shapes = shapes
    found = [Int](repeating: 0, count: shapes.count)
    promised = [Double](repeating: 0, count: shapes.count)
    let none = [Int32](repeating: 0, count: shapes.count + 1)
    counts = [[Int32]](repeating: none, count: queries)
  }

  mutating func count(
    _ corpus: SketchedCorpus,
    asked: [Int],
    among texts: [Int],
    atLeast threshold: Double
  ) {
    let extractor = FeatureExtractor(unit: corpus.profile.unit, keys: corpus.keys)
    let exact = ExactPairs(.jaccard(atLeast: threshold))
    var queryOf: [Int: Int] = [:]
    for (query, text) in asked.enumerated() {
      queryOf[text] = query
      let bytes = corpus.normalised(text)
      unsafe bytes.withUnsafeBufferPointer { unsafe exact.add(query: extractor.set($0)) }
    }
    exact.seal()
    let signatures = asked.map { corpus.signature($0) }
    for text in texts {
      let own = queryOf[text]
      let bytes = corpus.normalised(text)
      // A pair of two queries is met from both sides; the first one counts it.
      let matches = unsafe bytes.withUnsafeBufferPointer {
        unsafe exact.matches(extractor.set($0), from: own.map { $0 + 1 } ?? 0, skipping: own)
      }
      if matches.isEmpty { continue }
      let signature = corpus.signature(text)
      for match in matches {
        look(signature, signatures[match.query], match.query, match.overlap.jaccard)
      }
    }
  }

  private mutating func look(_ a: [UInt32], _ b: [UInt32], _ query: Int, _ jaccard: Double) {
    let isEqual = zip(a, b).map { $0 == $1 }
    pairs += 1
    counts[query][0] += 1
    for (place, shape) in shapes.enumerated() {
      promised[place] += shape.probability(at: jaccard)
      let shares = (0..<shape.bands).contains { band in
        isEqual[band * shape.rows..<(band + 1) * shape.rows].allSatisfy { $0 }
      }
      if shares {
        found[place] += 1
        counts[query][place + 1] += 1
      }
    }
  }

  func estimate(_ shape: Int) -> Estimate {
    var bootstrap = Bootstrap(width: 2)
    for row in counts where row[0] > 0 { bootstrap.add([Double(row[0]), Double(row[shape + 1])]) }
    guard bootstrap.count > 0 else { return Estimate(name: "recall", value: 0, low: 0, high: 1) }
    return bootstrap.estimates(["recall"]) { [$0[1] / max(1, $0[0])] }[0]
  }
}
