/// An edge between two nodes.
struct NodeEdge: Sendable, BitwiseCopyable {
  var a: Int
  var b: Int
  var scores: PairScores
  /// What `--threshold` is compared with (``EdgeWeights/strength(_:)``).
  var strength: Double
  /// How strongly it joins two groups (``EdgeWeights/weight(_:_:_:)``).
  var weight: Double
  /// Whether it was compared for a sample of a crowded group, not proposed by a sketch.
  var isSampled = false

  /// The edge as clustering takes it.
  var weighted: WeightedEdge { WeightedEdge(a: a, b: b, weight: weight) }

  /// The same edge, compared for a sample.
  var sampled: NodeEdge {
    var edge = self
    edge.isSampled = true
    return edge
  }
}

extension NodeEdge {
  /// A pair that was compared.
  init(a: Int, b: Int, scores: PairScores, _ weights: EdgeWeights) {
    self.init(
      a: a,
      b: b,
      scores: scores,
      strength: weights.strength(scores),
      weight: weights.weight(scores, a, b)
    )
  }
}
