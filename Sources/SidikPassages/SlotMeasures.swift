/// What stands in the slots of two texts with one frame.
public struct SlotMeasures: Sendable, Hashable {
  /// Twice the letters of the frame by the letters of both texts, 0...1.
  public var frame = 0.0
  /// Slots with other numbers on either side.
  public var numberSlots = 0
  /// Numbers in those slots, of the side that has fewer.
  public var changedNumbers = 0
  /// Numbers in the frame.
  public var keptNumbers = 0
  /// Slots with words on both sides that are no number slots, misspelt ones included.
  public var wordSlots = 0
  /// Those of them in which a name stands for a name.
  ///
  /// The same two words in at least two slots, either in no place of the other text.
  public var nameSlots = 0
  /// How many names those are.
  public var names = 0

  /// Nothing in common.
  public static let none = SlotMeasures()
}

/// A place where two texts with one frame differ, as bytes of the normalised texts.
public struct Slot: Sendable, Hashable {
  /// In the shorter text; empty where something was put in.
  public var shorter: Range<Int>
  /// In the longer text; empty where something was left out.
  public var longer: Range<Int>
  /// Whether both sides have words, and few.
  public var isFilled: Bool
}
