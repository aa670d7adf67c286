/// What a tuned parameter must reach.
public enum TuningTarget: Sendable, Hashable {
  /// The least share of what belongs together that is found.
  case recall(Double)
  /// The least share of what is found that belongs together.
  case precision(Double)

  /// `recall` or `precision`.
  public var name: String {
    switch self {
    case .recall: "recall"
    case .precision: "precision"
    }
  }

  /// The value asked for.
  public var value: Double {
    switch self {
    case .recall(let value), .precision(let value): value
    }
  }
}
