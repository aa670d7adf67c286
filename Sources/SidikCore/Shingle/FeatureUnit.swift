/// What one feature stands for: a run of characters or of words.
public enum FeatureUnit: Sendable, Hashable {
  /// Runs of `length` characters of the normalised text, spaces included; of `dense` where
  /// the run begins in a script whose characters are syllables or words (CJK, Hangul).
  case characters(_ length: Int, dense: Int)
  /// Runs of `length` words; in scripts without spaces each character counts as a word.
  case words(_ length: Int)

  /// The usual character grams: shorter ones for dense scripts.
  public static func characters(_ length: Int) -> FeatureUnit {
    .characters(length, dense: max(1, min(length, (length + 1) / 2)))
  }

  /// The stable name, part of every parameter fingerprint: `char5d3`, `word5`.
  public var name: String {
    switch self {
    case .characters(let length, let dense): "char\(length)d\(dense)"
    case .words(let length): "word\(length)"
    }
  }
}

extension FeatureUnit {
  /// A unit as users write it: `charN` or `wordN`, N from 1 to 64.
  ///
  /// - Parameter name: such as `char5` or `word3`.
  /// - Throws: ``SidikError`` of code `usage` for any other text.
  public init(named name: String) throws(SidikError) {
    for (prefix, make) in [
      ("char", { FeatureUnit.characters($0) }), ("word", { FeatureUnit.words($0) }),
    ] where name.hasPrefix(prefix) {
      if let length = Int(name.dropFirst(prefix.count)), (1...64).contains(length) {
        self = make(length)
        return
      }
    }
    throw SidikError(.usage, "--unit takes char1 to char64 or word1 to word64, not '\(name)'")
  }
}
