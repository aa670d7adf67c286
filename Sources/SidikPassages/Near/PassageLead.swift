/// What leads from a place of a document to a place before it.
public struct PassageLead: Sendable, Hashable, Comparable {
  // In 32 bits each: a text of formulas has as many as words.
  private var number: Int32
  private var own: UInt32
  private var far: UInt32
  private var equal: UInt32

  /// Makes a lead.
  public init(document: Int, place: Int, other: Int, length: Int) {
    number = Int32(document)
    own = UInt32(place)
    far = UInt32(other)
    equal = UInt32(length)
  }

  /// The earlier document.
  public var document: Int { Int(number) }
  /// The first word in the later place, by its number in ``WordTexts/words``.
  public var place: Int { Int(own) }
  /// The first word in the earlier place.
  public var other: Int { Int(far) }
  /// Equal words from there on; 0 for a pair of rare words.
  public var length: Int { Int(equal) }

  /// By document, then place.
  @inline(__always)
  public static func < (a: PassageLead, b: PassageLead) -> Bool {
    if a.number != b.number { return a.number < b.number }
    if a.own != b.own { return a.own < b.own }
    return (a.far, a.equal) < (b.far, b.equal)
  }
}
