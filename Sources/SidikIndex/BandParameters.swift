/// How a signature is cut into bands, and what that finds.
///
/// Two documents of Jaccard similarity s agree in all r rows of a band with probability s^r,
/// and in at least one of b bands with probability 1 - (1 - s^r)^b (Leskovec, Rajaraman, Ullman,
/// "Mining of Massive Datasets", section 3.4). Sidik chooses b and r for a *recall target* at the
/// threshold; the usual choice that balances two areas finds only 40 % of the pairs there.
public struct BandParameters: Sendable, Hashable {
  /// Number of bands.
  public let bands: Int
  /// Slots a band.
  public let rows: Int

  /// Makes parameters of a given shape.
  public init(bands: Int, rows: Int) {
    precondition(bands > 0 && rows > 0, "a band needs rows")
    self.bands = bands
    self.rows = rows
  }

  /// The shape with the most rows that still meets the target, so the fewest false candidates.
  ///
  /// - Parameters:
  ///   - threshold: the Jaccard similarity at which the target must hold, above 0.
  ///   - recall: the least probability that a pair at the threshold becomes a candidate.
  ///   - slots: slots of the signature.
  /// - Returns: the shape; one row a band where nothing else reaches the target.
  public static func choose(
    threshold: Double,
    recall: Double = 0.95,
    slots: Int = 128
  )
    -> BandParameters
  {
    for rows in stride(from: slots, to: 1, by: -1) {
      let shape = BandParameters(bands: slots / rows, rows: rows)
      if shape.probability(at: threshold) >= recall { return shape }
    }
    return BandParameters(bands: slots, rows: 1)
  }

  /// The probability that a pair of this similarity becomes a candidate.
  ///
  /// - Parameter jaccard: 0...1.
  /// - Returns: 1 - (1 - jaccard^rows)^bands.
  public func probability(at jaccard: Double) -> Double {
    1 - Self.power(1 - Self.power(jaccard, rows), bands)
  }

  /// The curve at twenty-one places from J = 0 to 1.
  public var curve: [(jaccard: Double, probability: Double)] {
    (0...20).map { (Double($0) / 20, probability(at: Double($0) / 20)) }
  }

  /// `32x4`, as it stands in parameter fingerprints.
  public var name: String { "\(bands)x\(rows)" }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
