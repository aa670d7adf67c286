/// A measure with the interval that resampling gives it.
public struct Estimate: Sendable, Hashable {
  /// What is measured, as tables and JSON name it.
  public var name: String
  /// The measure on the whole truth.
  public var value: Double
  /// The lower end of the 95 % interval.
  public var low: Double
  /// The upper end of the 95 % interval.
  public var high: Double
}

/// The cluster bootstrap: whole units of the truth are drawn again, never single pairs.
///
/// Pairs of one group stand and fall together, so intervals over single pairs would be far too
/// narrow. Field and Welsh, "Bootstrapping clustered data", Journal of the Royal Statistical
/// Society B 69 (2007); percentile intervals (Efron and Tibshirani 1993, chapter 13).
struct Bootstrap {
  /// Resamples drawn.
  static let resamples = 1000

  /// The numbers of each unit, `width` a unit; measures are functions of their sums.
  private(set) var sums: [Double] = []
  let width: Int

  init(width: Int) { self.width = width }

  /// Units added so far.
  var count: Int { sums.count / width }

  /// Adds a unit.
  mutating func add(_ unit: [Double]) {
    precondition(unit.count == width, "a unit has other numbers")
    sums += unit
  }

  /// The sums over all units.
  var total: [Double] {
    var total = [Double](repeating: 0, count: width)
    for unit in 0..<count { for k in 0..<width { total[k] += sums[unit * width + k] } }
    return total
  }

  /// Measures with intervals.
  ///
  /// - Parameters:
  ///   - names: the names of the measures.
  ///   - seed: the same seed draws the same resamples.
  ///   - measure: the measures from the sums, in the order of `names`.
  /// - Returns: an estimate a name.
  /// - Complexity: O(``resamples`` * units).
  func estimates(
    _ names: [String],
    seed: UInt64 = 1,
    _ measure: ([Double]) -> [Double]
  ) -> [Estimate] {
    let values = measure(total)
    var drawn = [[Double]](repeating: [], count: names.count)
    var random = EditRandom(seed: seed)
    for _ in 0..<(count > 1 ? Self.resamples : 0) {
      var total = [Double](repeating: 0, count: width)
      for _ in 0..<count {
        let start = random.below(count) * width
        for k in 0..<width { total[k] += sums[start + k] }
      }
      for (k, value) in measure(total).enumerated() { drawn[k].append(value) }
    }
    return names.indices.map { k in
      let sorted = drawn[k].sorted()
      guard let last = sorted.indices.last else {
        return Estimate(name: names[k], value: values[k], low: values[k], high: values[k])
      }
      let tail = Self.resamples / 40
      return Estimate(
        name: names[k],
        value: values[k],
        low: sorted[min(last, tail - 1)],
        high: sorted[max(0, last - tail + 1)]
      )
    }
  }
}

/// The interval of a share by Wilson's score (Journal of the American Statistical Association
/// 22, 1927), which stays inside 0...1 and has a width even where every trial succeeded.
enum WilsonInterval {
  static func bounds(_ successes: Int, of trials: Int) -> (low: Double, high: Double) {
    guard trials > 0 else { return (0, 1) }
    let (n, z) = (Double(trials), 1.959964)
    let share = Double(successes) / n
    let centre = share + z * z / (2 * n)
    let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return (max(0, (centre - spread) / scale), min(1, (centre + spread) / scale))
  }
}
