/// What two documents are to each other, from closest to loosest.
public enum Level: String, Sendable, Hashable, CaseIterable, Comparable, BitwiseCopyable {
  /// Equal after normalisation.
  case exact
  /// Jaccard similarity of at least .7, or covered in order by .9 both ways.
  case copy
  /// The same text edited, cut or wrapped.
  case variant
  /// The shorter document stands in the longer one.
  case excerpt
  /// The same frame with other slots.
  case template
  /// Shared passages in separate texts; never joins a family.
  case related

  /// Whether a pair of this level may join a family.
  public var joins: Bool { self <= .excerpt }

  /// Closer levels come first.
  public static func < (a: Level, b: Level) -> Bool { a.rank < b.rank }

  /// 0 for the closest.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
