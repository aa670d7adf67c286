internal import SidikCore

/// One thread's tools for telling related texts.
final class WitnessJudge {
  private static let budget = 32 << 20

  private struct Grams {
    var own: [UInt64]
    var whole: [UInt64]
  }

  private let reader: BoilerplateReader
  private let shingler: BoilerplateShingler
  private let extractor: FeatureExtractor
  private var grams: [Int32: Grams] = [:]
  private var related: [UInt64: Bool] = [:]
  private var bytes = 0
  private var source: String??

  init(_ reader: BoilerplateReader, _ keys: HashKeys) {
    self.reader = reader
    shingler = BoilerplateShingler(keys)
    extractor = FeatureExtractor(unit: .characters(9), keys: keys)
  }

  /// Whether enough of some texts are unrelated, each to each.
  ///
  /// Taken greedily in the order of their nodes, so the answer may be too low, never too high.
  func hasUnrelated(_ nodes: [Int32], _ group: BoilerplateGroup) -> Bool {
    if source != .some(group.source) {
      grams = [:]
      related = [:]
      source = .some(group.source)
    }
    var taken: [Int32] = []
    for (place, node) in nodes.enumerated() {
      if taken.count + nodes.count - place < group.least { return false }
      if !taken.contains(where: { areRelated($0, node, group) }) { taken.append(node) }
      if taken.count == group.least { return true }
    }
    return false
  }

  private func areRelated(_ a: Int32, _ b: Int32, _ group: BoilerplateGroup) -> Bool {
    let pair = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
    if let known = related[pair] { return known }
    let (x, y) = (grams(of: a, group), grams(of: b, group))
    let answer = Self.stands(x.own, in: y.whole) || Self.stands(y.own, in: x.whole)
    related[pair] = answer
    return answer
  }

  private static func stands(_ own: [UInt64], in whole: [UInt64]) -> Bool {
    let shared = unsafe own.withUnsafeBufferPointer { own in
      unsafe whole.withUnsafeBufferPointer { unsafe FeatureSets.shared(own, $0) }
    }
    return Double(shared) >= BoilerplateRule.relatedShare * Double(own.count)
  }

  private func grams(of node: Int32, _ group: BoilerplateGroup) -> Grams {
    if let known = grams[node] { return known }
    let text = unsafe reader.texts.text(Int(node))
    let ranges = reader.read(reader.places(Int(node), group, shingler), group).own
    var words: [Range<Int>] = []
    unsafe WordRanges.find(text, into: &words)
    var own: [UInt64] = []
    for range in ranges {
      let bytes = words[range.lowerBound].lowerBound..<words[range.upperBound - 1].upperBound
      unsafe own += extractor.sequence(UnsafeBufferPointer(rebasing: text[bytes]))
    }
    FeatureSorting.sortUnique(&own)
    let made = Grams(own: own, whole: unsafe Array(extractor.set(text)))
    bytes += 8 * (made.own.count + made.whole.count)
    if bytes > Self.budget {
      grams = [:]
      bytes = 0
    }
    grams[node] = made
    return made
  }
}
