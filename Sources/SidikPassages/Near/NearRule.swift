/// What makes wording that was changed a passage; lengths in words.
public struct NearRule: Sendable, Hashable {
  /// Words of the shorter place, at least.
  public var leastWords: Int
  /// Equal words in a row that lead from one place to another.
  public var runWords = 8
  /// Two rare words that stand at most so far apart in both places do too.
  public var pairReach = 8
  /// Places that have one pair of rare words, at most: a pair that stands oftener is a phrase.
  public var mostPairPlaces = 6
  /// Pairs of rare words that lead to one place, at least, where nothing else does.
  ///
  /// Texts have such pairs in
  /// common by chance, the more of them the more there are.
  public var leastPairs: Int
  /// From one lead to the next of a passage, at most.
  public var leadGap = 100
  /// What is looked at before and behind leads.
  public var margin = 100
  /// Places of a word in what is looked at, at most; what stands oftener leads nowhere.
  public var mostPlaces = 24
  /// From one pair of rare words to the next of a passage, at most.
  public var gap = 50
  /// How far the ends of a passage may move in one step of its refinement.
  public var reach = 60
  /// Passages of two documents are one where no more than this lies between them.
  public var join = 100
  /// The weight of what both places have, in nats, at least.
  public var leastWeight = 70
  /// The share of the lighter place that both have, by weight, at least.
  public var leastShare = 0.3
  /// The share of the heavier place that both have, by weight, at least.
  public var leastShareOfHeavier = 0.2
  /// The share of words in common, of both places, at least.
  public var leastScore = 1.0 / 3
  /// What a passage of no words would need above ``leastScore``, and one of ``longWords`` no more.
  ///
  /// Few words are alike by chance sooner than many.
  public var shortScore = 0.15
  /// Words from which a passage is long.
  public var longWords = 100
  /// The score from which a passage stands beside a better one of the same place.
  public var doubtfulScore = 0.5
  /// The share of equal words from which leads are a passage without more ado.
  public var evidentShare = 0.6

  /// The share of equal words from which leads in order are a passage of which only the ends are looked for.
  public var orderlyShare = 0.4
  /// The length of the shorter place, as a share of the longer, from which leads count as in order.
  public var orderlyLength = 0.9

  /// Makes the rule for passages of a length.
  ///
  /// - Parameters:
  ///   - leastWords: words of the shorter place, at least.
  ///   - count: words of all documents.
  public init(leastWords: Int, ofWords count: Int) {
    self.leastWords = leastWords
    leastPairs = count < Self.manyWords ? 2 : 3
  }

  /// From so many words on (25 MB of text), three pairs of rare words must lead to a place.
  public static let manyWords = 1 << 22
}
