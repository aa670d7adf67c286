/// What leads from a place of a document to a place before it.
public struct PassageLead: Sendable, Hashable, Comparable {
  // Numbers of 32 bits, two in one: a text of formulas has as many leads as words, and these are sorted.
  private var home: UInt64
  private var far: UInt64

  /// Makes a lead.
  public init(document: Int, place: Int, other: Int, length: Int) {
    home = UInt64(UInt32(document)) << 32 | UInt64(UInt32(place))
    far = UInt64(UInt32(other)) << 32 | UInt64(UInt32(length))
  }

  /// The earlier document.
  public var document: Int { Int(home >> 32) }
  /// The first word in the later place, by its number in ``WordTexts/words``.
  public var place: Int { Int(home & 0xFFFF_FFFF) }
  /// The first word in the earlier place.
  public var other: Int { Int(far >> 32) }
  /// Equal words from there on; 0 for a pair of rare words.
  public var length: Int { Int(far & 0xFFFF_FFFF) }

  /// By document, then place.
  @inline(__always)
  public static func < (a: PassageLead, b: PassageLead) -> Bool {
    a.home == b.home ? a.far < b.far : a.home < b.home
  }
}
