internal import SidikCore

/// One thread's tools for telling related texts.
final class WitnessJudge {
  private static let budget = 32 << 20

  private struct Grams {
    var own: [UInt64]
    var whole: [UInt64]
    /// The grams of each run of own words, in order.
    var runs: [[UInt64]]
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
    if group.source == nil { return hasUnrelatedAtEdges(nodes, group) }
    var taken: [Int32] = []
    for (place, node) in nodes.enumerated() {
      if taken.count + nodes.count - place < group.least { return false }
      if !taken.contains(where: { areRelated($0, node, group) }) { taken.append(node) }
      if taken.count == group.least { return true }
    }
    return false
  }

  /// The same for documents without a source, of which only the edges are known to be common.
  ///
  /// What else several of them share, such as an advertisement amid the text, is no word of their
  /// own. Grams that stand in a quarter of the texts are therefore left out, and what is left
  /// must be ``BoilerplateRule/ownRun`` grams in a row: edited copies of one story have no such
  /// run, since what their edits leave alone stands in the other copies.
  private func hasUnrelatedAtEdges(_ nodes: [Int32], _ group: BoilerplateGroup) -> Bool {
    let all = nodes.map { grams(of: $0, group) }
    var counts: [UInt64: Int] = [:]
    for grams in all { for gram in grams.whole { counts[gram, default: 0] += 1 } }
    let common = max(2, (nodes.count + 3) / 4)
    var taken: [(own: [UInt64], whole: [UInt64])] = []
    for (place, grams) in all.enumerated() {
      if taken.count + all.count - place < group.least { return false }
      var own: [UInt64] = []
      for run in grams.runs {
        for part in run.split(whereSeparator: { (counts[$0] ?? 0) >= common })
        where part.count >= BoilerplateRule.ownRun {
          own += part
        }
      }
      if own.isEmpty { continue }
      FeatureSorting.sortUnique(&own)
      let isRelated = taken.contains {
        Self.stands(own, in: $0.whole) || Self.stands($0.own, in: grams.whole)
      }
      if !isRelated { taken.append((own, grams.whole)) }
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
    let runs = ranges.map { range in
      let bytes = words[range.lowerBound].lowerBound..<words[range.upperBound - 1].upperBound
      return unsafe Array(extractor.sequence(UnsafeBufferPointer(rebasing: text[bytes])))
    }
    var own = Array(runs.joined())
    FeatureSorting.sortUnique(&own)
    let made = Grams(own: own, whole: unsafe Array(extractor.set(text)), runs: runs)
    bytes += 8 * (made.own.count + made.whole.count)
    if bytes > Self.budget {
      grams = [:]
      bytes = 0
    }
    grams[node] = made
    return made
  }
}
