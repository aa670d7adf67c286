internal import SidikPassages

/// When two texts are one frame with other slots: a letter of another bank, the same report of
/// another day.
///
/// The decision is made by what the slots hold, not by how much is shared: an edited copy keeps its
/// numbers and names and changes other words, a template keeps its words and changes numbers and names.
public struct TemplateRule: Sendable, Hashable {
  /// Pairs from this Jaccard similarity on are copies whatever their slots say: near-identical texts
  /// are taken together before anything else is asked.
  public var belowJaccard: Double
  /// Pairs of which less of the shorter document stands in shared passages are not looked at.
  public var coverage: Double
  /// And names are not looked for where it is less than this: other words stand in other texts too.
  public var nameCoverage: Double
  /// Twice the letters of the frame by the letters of both texts, at least.
  public var frame: Double
  /// Slots with other numbers or names, at least: one or two are a correction.
  public var leastSlots: Int
  /// Of the slots with other words, names stand in at least this share; in slang, spinning and
  /// translation any word changes.
  public var nameShare: Double
  /// Of the words that only one of the texts has, names are at least this share.
  ///
  /// In either text; where they are less, too much else differs for names to count.
  public var nameWords: Double
  /// Names are words of at least this rarity: 3 is one document in twenty.
  ///
  /// The natural logarithm of documents by documents with the word. That a text says `must` where
  /// the other says `shall` is no other name.
  public var nameRarity: Double
  /// Names that change, at most: a frame has a bank and a town, a lexicon of slang has hundreds.
  public var mostNames: Int

  /// The rule of articles and chats.
  public static let slots = TemplateRule(
    belowJaccard: PairStages.collapseJaccard,
    coverage: 0.2,
    nameCoverage: 0.4,
    frame: 0.25,
    leastSlots: 3,
    nameShare: 1.0 / 3,
    nameWords: 0.125,
    nameRarity: 3,
    mostNames: 2
  )

  /// The stable name, part of the parameter fingerprint.
  var name: String {
    "\(belowJaccard)v\(coverage)z\(nameCoverage)f\(frame)s\(leastSlots)"
      + "n\(Int((nameShare * 100).rounded()))o\(nameWords)y\(nameRarity)m\(mostNames)"
  }

  /// Whether texts of two lengths, in bytes, can share a frame: most of the longer is none where the
  /// shorter is a seventh of it.
  func allows(_ a: Int, _ b: Int) -> Bool { Double(2 * min(a, b)) >= frame * Double(a + b) }

  /// Whether a pair is covered enough to be looked at.
  func looks(at pair: TemplatePair) -> Bool { pair.coverage ?? 1 >= coverage }

  /// Whether names in the slots of a pair count.
  func looksForNames(in pair: TemplatePair) -> Bool { pair.coverage ?? 1 >= nameCoverage }

  /// Whether numbers can make a template, as far as can be said without knowing which stands for
  /// which.
  ///
  /// One less than the slots that are asked for, since a number may have gone elsewhere; and not a
  /// few among many that both texts have, though those of numbered lists may be others.
  func allows(numbers: (changed: Int, kept: Int)) -> Bool {
    numbers.changed >= leastSlots - 1 && numbers.kept <= leastSlots * numbers.changed
  }

  /// Whether slots make a pair a template.
  ///
  /// - Parameters:
  ///   - slots: what they hold.
  ///   - pair: what is known of the pair otherwise.
  /// - Returns: whether it is one.
  func holds(_ slots: SlotMeasures, _ pair: TemplatePair) -> Bool {
    if slots.frame < frame { return false }
    let numbers = slots.changedNumbers >= slots.keptNumbers ? slots.numberSlots : 0
    let areNames =
      looksForNames(in: pair) && slots.names <= mostNames
      && Double(slots.nameSlots) >= nameShare * Double(slots.wordSlots)
    let names = areNames ? slots.nameSlots : 0
    if numbers + names >= leastSlots { return true }
    return !pair.isCopy && names >= 2 && names == slots.wordSlots
  }
}

/// What is known of a pair before its slots are looked at.
struct TemplatePair {
  /// The node with the longer text.
  var longer: Int
  /// The other.
  var shorter: Int
  /// Whether they are copies but for their slots: two places with one other name are a correction
  /// then.
  var isCopy: Bool
  /// How much of the shorter stands in shared passages; nil where they are alike enough without.
  var coverage: Double?
}
