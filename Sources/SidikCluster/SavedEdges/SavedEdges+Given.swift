public import SidikCore

/// A document whose text is not at hand, only what sketches say of it.
public struct GivenDocument: Sendable {
  /// The id; ties are broken by it.
  public var id: String
  /// Characters of the normalised text; such of 0 are equal to no other.
  public var characters: Int
  /// The exact digest: equal ones are one text, and texts are ordered by it.
  public var digest: ExactDigest
  /// Whether sketches met it with too many others for all pairs to be compared.
  public var isCrowded = false
  /// The share of it that repeats itself; such represent a family only where all members do.
  public var repeats: Float = 0
  /// Where it was published.
  public var source: String?
  /// Who published it.
  public var author: String?
  /// When, as text.
  public var time: String?

  /// Makes a document.
  public init(id: String, characters: Int, digest: ExactDigest) {
    self.id = id
    self.characters = characters
    self.digest = digest
  }
}

extension SavedEdges {
  /// Documents and verified pairs that did not come from a file.
  ///
  /// - Parameters:
  ///   - given: the documents, in any order.
  ///   - pairs: verified pairs, by their places in `given`. Pairs of one text are left out, as
  ///     equal texts are one; of several of two texts the strongest is taken.
  ///   - basis: what the pairs were made with.
  ///   - name: what they are called in messages.
  /// - Returns: edges that ``Reclustering`` takes, and for each of its documents the place in
  ///   `given`.
  /// - Complexity: O(n log n + e log e).
  public static func given(
    _ given: [GivenDocument],
    _ pairs: [Edge],
    basis: ClusteringBasis,
    name: String
  ) -> (saved: SavedEdges, order: [Int]) {
    let order = given.indices.sorted { isBefore($0, $1, given) }
    var saved = SavedEdges(file: name)
    saved.basis = basis
    var placeOf = [Int](repeating: 0, count: given.count)
    // For each text its first document, which has the edges.
    var firsts: [Int] = []
    for (place, index) in order.enumerated() {
      placeOf[index] = place
      let document = given[index]
      let isSame =
        place > 0 && document.characters > 0
        && given[order[place - 1]].digest == document.digest
        && given[order[place - 1]].characters == document.characters
      if !isSame { firsts.append(place) }
      saved.append(document, text: firsts.count - 1)
    }
    for pair in strongest(pairs, placeOf, saved.textOf) {
      var edge = pair
      edge.a = firsts[saved.textOf[placeOf[pair.a]]]
      edge.b = firsts[saved.textOf[placeOf[pair.b]]]
      saved.edges.append(edge)
    }
    return (saved, order)
  }

  /// By digest, then as documents of one text are ordered.
  private static func isBefore(_ a: Int, _ b: Int, _ given: [GivenDocument]) -> Bool {
    let (x, y) = (given[a], given[b])
    if x.digest != y.digest { return x.digest < y.digest }
    if x.characters != y.characters { return x.characters < y.characters }
    return (x.id, x.time ?? "", x.source ?? "", a) < (y.id, y.time ?? "", y.source ?? "", b)
  }

  private mutating func append(_ document: GivenDocument, text: Int) {
    func field(_ value: String?) -> ArraySlice<UInt8>? { value.map { ArraySlice($0.utf8) } }
    documents.append(
      DocumentTable.Row(
        textOffset: 0,
        textLength: 0,
        scalars: max(0, document.characters),
        digest: document.digest,
        repeats: document.repeats
      ),
      id: ArraySlice(document.id.utf8),
      source: field(document.source),
      author: field(document.author),
      time: field(document.time)
    )
    textOf.append(text)
    crowded.append(document.isCrowded)
  }

  /// Pairs of two texts, one each.
  private static func strongest(
    _ pairs: [Edge],
    _ placeOf: [Int],
    _ textOf: [Int]
  ) -> [Edge] {
    let keyed = pairs.map { edge in
      let (x, y) = (textOf[placeOf[edge.a]], textOf[placeOf[edge.b]])
      return (key: (min(x, y), max(x, y)), edge: edge)
    }.filter { $0.key.0 != $0.key.1 }
    let sorted = keyed.sorted { x, y in
      x.key != y.key ? x.key < y.key : x.edge.weight > y.edge.weight
    }
    return sorted.indices.filter { $0 == 0 || sorted[$0].key != sorted[$0 - 1].key }
      .map { sorted[$0].edge }
  }
}

extension Edge {
  /// A pair that was verified elsewhere.
  ///
  /// - Parameters:
  ///   - a: a document.
  ///   - b: another.
  ///   - scores: what their texts have in common, with the level.
  ///   - strength: what thresholds are compared with.
  ///   - weight: how strongly it joins two groups; such as join nothing have 0.
  ///   - origin: how it came to be compared.
  public init(
    given a: Int,
    _ b: Int,
    _ scores: PairScores,
    strength: Double,
    weight: Double,
    origin: Origin
  ) {
    self.init(
      a: a,
      b: b,
      scores: scores,
      strength: EdgeWeights.rounded(strength),
      weight: (scores.level ?? .related).joins ? EdgeWeights.rounded(weight) : 0,
      origin: origin
    )
  }
}

extension PairScores {
  /// Measures that were taken elsewhere.
  public init(
    jaccard: Double,
    containments: (Double, Double),
    coverage: Double?,
    strength: Double,
    level: Level
  ) {
    self.init(
      jaccard: jaccard,
      containmentOfFirst: containments.0,
      containmentOfSecond: containments.1,
      weighted: strength,
      coverage: coverage,
      level: level
    )
  }
}
