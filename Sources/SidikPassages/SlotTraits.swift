internal import SidikCore

/// What one text could hold in slots: settles most pairs without a look at their words.
public struct SlotTraits: Sendable, Hashable, BitwiseCopyable {
  /// Words that are kept as possible names, at most.
  public static let mostNames = 4

  /// Longer texts are books: no frame of slots, and too much to hold in words.
  public static let mostBytes = 1 << 22

  /// How many numbers stand in the text; numbers side by side are one.
  ///
  /// Negative where the text was not looked at.
  public let numbers: Int32
  /// Hashes of the rare words that stand in the text most often, at least twice; 0 fills up.
  private let first: UInt32
  private let second: UInt32
  private let third: UInt32
  private let fourth: UInt32

  /// A text in which nothing could stand in slots.
  static let none = SlotTraits(numbers: 0, names: .zero)

  /// A text that was not looked at.
  public static let unknown = SlotTraits(numbers: -1, names: .zero)

  /// Whether the text was looked at.
  public var isKnown: Bool { numbers >= 0 }

  /// Takes what was found, 0 for names that there are none of.
  init(numbers: Int, names: SIMD4<UInt32>) {
    self.numbers = Int32(numbers)
    (first, second, third, fourth) = (names.x, names.y, names.z, names.w)
  }

  /// Whether each of two texts has a name that is none of the other's.
  ///
  /// - Parameter other: the traits of the other text.
  /// - Returns: whether names may stand for each other.
  public func mayHaveOtherNames(than other: SlotTraits) -> Bool {
    hasName { own in !other.hasName { $0 == own } }
      && other.hasName { own in !hasName { $0 == own } }
  }

  /// Whether a name fulfils a condition.
  func hasName(where holds: (UInt32) -> Bool) -> Bool {
    (first != 0 && holds(first)) || (second != 0 && holds(second))
      || (third != 0 && holds(third)) || (fourth != 0 && holds(fourth))
  }
}
