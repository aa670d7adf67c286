@_spi(Kernels) public import SidikCore

/// How much of two documents stands in passages that both have.
///
/// Sets of character grams mislead where a short text meets a long one, and where two reporters
/// write of one event: the grams stand somewhere. Copied wording keeps its order, so equal grams
/// line up on a diagonal (place in one minus place in the other). A passage is a chain of equal
/// grams: each at most ``gap`` places after the one before and at most ``drift`` off its diagonal;
/// of at least ``leastLength(of:)`` places, ``leastDensity`` per cent of which match, so that
/// misspelt and replaced words inside a passage belong to it. Words that were changed in place
/// are bridged: what lies between two passages that follow each other in both documents counts
/// as covered, if it is at most ``bridge`` places in each and about as long in both.
public struct PassageCoverage: Sendable, Hashable {
  /// Places between two matches of one passage, at most: about three words.
  public static let gap = 24
  /// Width of a band of diagonals; insertions and deletions below it do not break a passage.
  public static let drift = 8
  /// A gram that stands oftener than this in the longer document is passed over.
  public static let mostPlaces = 8
  /// Matches that a passage holds at least.
  public static let leastMatches = 6
  /// Matches in 100 places of a passage, at least: with one letter in ten misspelt, 59 of 100
  /// grams of 5 are left; of words that two reporters share by chance, 3 in 10.
  public static let leastDensity = 45
  /// Places between two passages that may have been rewritten: about a sentence.
  public static let bridge = 120
  /// From so many places of the longer document on, 9 characters are matched instead of 5: of 5,
  /// nearly all stand too often in a book to say where.
  public static let wideFrom = 16_384

  /// Places that a passage spans at least: six words, less in a short message.
  public static func leastLength(of shorter: Int) -> Int { max(16, min(36, shorter / 3)) }
  /// In scripts whose characters are syllables or words, lengths are divided by this: a Chinese
  /// sentence has a third of the characters of an English one.
  public static let density = 3

  /// The share of the shorter document in shared passages.
  public var ofShorter: Double
  /// The share of the longer document in shared passages.
  public var ofLonger: Double
  /// Where in the longer document they stand, as shares of its length: the middle eight tenths of
  /// all that is covered, so that a phrase far off does not count.
  public var core: ClosedRange<Double>

  /// No passages.
  public static let none = PassageCoverage(ofShorter: 0, ofLonger: 0, core: 0...0)
}

/// Compares documents with a longer one that was taken apart once: shared features and passages.
///
/// Scratch memory belongs to the meter and is used again; one meter serves one thread.
@safe
public final class PassageMeter {
  private let narrow = GramMatcher()
  private let wide = GramMatcher()
  private let widening = Scratch<UInt64>()
  private var isWide = false
  private var passages: [GramPassage] = []
  private var ofShorter: [Range<Int>] = []
  private var ofLonger: [Range<Int>] = []

  /// Makes a meter for one worker.
  public init() {}

  /// Takes the longer document of the pairs to come.
  ///
  /// - Parameter features: its features in order of place; copied.
  /// - Complexity: O(n) expected.
  public func prepare(longer features: UnsafeBufferPointer<UInt64>) {
    unsafe narrow.prepare(features)
    isWide = features.count >= PassageCoverage.wideFrom
    if isWide { unsafe wide.prepare(widened(features)) }
  }

  /// Distinct features of the longer document.
  public var distinct: Int { narrow.distinct }

  /// Gives the features of the longer document weights.
  @_spi(Kernels)
  public func weigh(_ weights: GramWeights) { narrow.weigh(weights) }

  /// The distinct features that another document shares with the longer one.
  ///
  /// - Parameter features: the other document's features, in any order, repeats included.
  /// - Returns: how many features, and the sum of their weights; 0 without ``weigh(_:)``.
  /// - Complexity: O(n) expected in the other document.
  public func shared(
    with features: UnsafeBufferPointer<UInt64>
  ) -> (count: Int, weight: UInt64) {
    unsafe narrow.shared(with: features)
  }

  /// Measures a pair.
  ///
  /// - Parameters:
  ///   - shorter: the character grams of the shorter document in order.
  ///   - isDense: whether its script is one of syllables or words (CJK, Hangul).
  ///   - least: the share of the shorter document from which the measure is wanted.
  /// - Returns: both shares; 0 where either document is empty, and where the shorter document's is
  ///   less than wanted and the search ended before all was known.
  /// - Complexity: O(n) expected in the shorter document, and O(p log p) in passages.
  public func measure(
    shorter: UnsafeBufferPointer<UInt64>,
    isDense: Bool = false,
    least: Double = 0
  ) -> PassageCoverage {
    let divisor = isDense ? PassageCoverage.density : 1
    let grams = unsafe isWide ? widened(shorter) : shorter
    let matcher = isWide ? wide : narrow
    guard grams.count > 0, matcher.count > 0 else { return .none }
    let (width, bridge) = (isDense ? 3 : 5, PassageCoverage.bridge / divisor)
    var rule = PassageRule(
      mostPlaces: PassageCoverage.mostPlaces,
      drift: PassageCoverage.drift,
      gap: PassageCoverage.gap / divisor,
      leastMatches: PassageCoverage.leastMatches,
      leastLength: PassageCoverage.leastLength(of: grams.count * divisor) / divisor,
      leastDensity: PassageCoverage.leastDensity
    )
    rule.leastCovered = Int(least * Double(grams.count))
    rule.allowance = width + bridge
    let count = unsafe matcher.findPassages(grams, rule)
    if count == 0 { return .none }
    passages.removeAll(keepingCapacity: true)
    for number in 0..<count { passages.append(matcher.passage(number)) }
    passages.sort {
      ($0.shorter.lowerBound, $0.longer.lowerBound, $0.shorter.upperBound)
        < ($1.shorter.lowerBound, $1.longer.lowerBound, $1.shorter.upperBound)
    }
    cover(width: width, bridge: bridge)
    let shorterShare = share(&ofShorter, of: grams.count)
    let longerShare = share(&ofLonger, of: matcher.count)
    return PassageCoverage(
      ofShorter: shorterShare,
      ofLonger: longerShare,
      core: core(covered: longerShare, of: matcher.count)
    )
  }

  /// Grams of 9 characters from those of 5: each with the one that begins where it ends.
  private func widened(_ features: UnsafeBufferPointer<UInt64>) -> UnsafeBufferPointer<UInt64> {
    let count = max(0, features.count - 4)
    let output = unsafe widening.reserve(count)
    for place in 0..<count {
      let next = unsafe features[place + 4]
      unsafe output[place] =
        (features[place] ^ (next << 31 | next >> 33)) &* 0x9E37_79B9_7F4A_7C15
    }
    return unsafe UnsafeBufferPointer(rebasing: UnsafeBufferPointer(output)[..<count])
  }

  /// Lists what passages and bridges between them cover in both documents.
  ///
  /// - Parameters:
  ///   - width: characters of a gram: passages end where their last gram ends.
  ///   - bridge: the longest bridge.
  private func cover(width: Int, bridge: Int) {
    ofShorter.removeAll(keepingCapacity: true)
    ofLonger.removeAll(keepingCapacity: true)
    for (number, passage) in passages.enumerated() {
      ofShorter.append(passage.shorter.lowerBound..<passage.shorter.upperBound + width)
      ofLonger.append(passage.longer.lowerBound..<passage.longer.upperBound + width)
      guard let next = follower(of: number, width, bridge) else { continue }
      if next.shorter.lowerBound > passage.shorter.upperBound {
        ofShorter.append(passage.shorter.upperBound..<next.shorter.lowerBound)
      }
      if next.longer.lowerBound > passage.longer.upperBound {
        ofLonger.append(passage.longer.upperBound..<next.longer.lowerBound)
      }
    }
  }

  /// The first passage that follows another in both documents after about the same distance.
  private func follower(of number: Int, _ width: Int, _ bridge: Int) -> GramPassage? {
    let passage = passages[number]
    for next in passages[(number + 1)...].prefix(32) {
      let first = next.shorter.lowerBound - passage.shorter.upperBound - width
      if first > bridge { return nil }
      let second = next.longer.lowerBound - passage.longer.upperBound - width
      guard first > -width, second > -width, second <= bridge else { continue }
      if abs(first - second) <= max(12, max(first, second) / 2) { return next }
    }
    return nil
  }

  /// The middle of what is covered of the longer document; its ranges are sorted.
  private func core(covered share: Double, of count: Int) -> ClosedRange<Double> {
    let covered = share * Double(count)
    let (low, high) = (place(ofLonger, after: 0.1 * covered), place(ofLonger, after: 0.9 * covered))
    return Double(low) / Double(count)...Double(max(low, high)) / Double(count)
  }

  /// The place up to which sorted ranges cover so many places.
  private func place(_ ranges: [Range<Int>], after wanted: Double) -> Int {
    var covered = 0.0
    var end = 0
    for range in ranges where range.upperBound > end {
      let lower = max(end, range.lowerBound)
      let length = Double(range.upperBound - lower)
      if covered + length >= wanted { return lower + Int(wanted - covered) }
      covered += length
      end = range.upperBound
    }
    return end
  }

  /// The share of `count` places that ranges cover together.
  private func share(_ ranges: inout [Range<Int>], of count: Int) -> Double {
    ranges.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    var covered = 0
    var end = 0
    for range in ranges {
      let upper = min(range.upperBound, count)
      if upper > end {
        covered += upper - max(end, range.lowerBound)
        end = upper
      }
    }
    return Double(covered) / Double(count)
  }
}
