/// The order in which empty bins of a one-permutation signature look for a full one.
///
/// `L[t][i] = beta[alpha[i] XOR gamma[t]]` with three random permutations of 0..<128: each row
/// and each column holds every bin once, so bin i finds a full bin after at most 128 rows and
/// different bins take different ways. The idea of densification is Shrivastava's (2017,
/// "Optimal densification for fast and accurate minwise hashing"); the square bounds the search.
public struct LatinSquare: Sendable, Hashable {
  /// Bins, and rows.
  public static let side = 128

  /// Row by row, `side * side` bytes.
  public let cells: [UInt8]

  /// The square that belongs to a seed.
  ///
  /// - Parameter seed: part of the sketch's name.
  public init(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let alpha = Self.permutation(&generator)
    let beta = Self.permutation(&generator)
    let gamma = Self.permutation(&generator)
    cells = gamma.flatMap { row in alpha.map { beta[Int($0 ^ row)] } }
  }

  /// A Fisher-Yates shuffle of 0..<128.
  private static func permutation(_ generator: inout SplitMix64) -> [UInt8] {
    var values = (0..<side).map { UInt8($0) }
    for last in stride(from: side - 1, to: 0, by: -1) {
      values.swapAt(last, generator.below(last + 1))
    }
    return values
  }
}
