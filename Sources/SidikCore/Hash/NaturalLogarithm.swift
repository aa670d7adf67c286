/// The natural logarithm by arithmetic alone, so that every machine gives the same bits.
@_spi(Kernels)
public enum NaturalLogarithm {
  /// ln(x) for a positive finite x, correct to about 1e-15.
  public static func of(_ x: Double) -> Double {
    precondition(x > 0 && x.isFinite, "no logarithm")
    // x = m * 2^e with m in [sqrt(1/2), sqrt(2)); ln m = 2 atanh((m - 1) / (m + 1)).
    var exponent = Double(x.exponent)
    var mantissa = x.significand
    if mantissa > 1.414213562373095 {
      mantissa /= 2
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var sum = 0.0
    for odd in stride(from: 27, through: 1, by: -2) { sum = sum * square + 1 / Double(odd) }
    return 2 * ratio * sum + exponent * 0.6931471805599453
  }
}
