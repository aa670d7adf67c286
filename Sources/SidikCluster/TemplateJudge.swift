@_spi(Kernels) internal import SidikCore
internal import SidikPassages

/// Tells templates from copies among compared pairs, at the price of a look at their words.
///
/// Pairs come by their longer document, so that it is taken apart once. Most are settled by what is
/// known of either text (``SlotTraits``), most of the rest by their numbers; few are aligned.
final class TemplateJudge {
  private let rule: TemplateRule
  private let corpus: Corpus
  private let nodes: Nodes
  private let tools: SlotTools
  private var prepared = -1
  private let known: [SlotTraits]
  /// Traits of nodes that were not known before.
  private var found: [Int: SlotTraits] = [:]

  /// Makes a judge for one thread.
  ///
  /// - Parameters:
  ///   - rule: when slots make a template.
  ///   - corpus: the sketched documents.
  ///   - nodes: their distinct texts.
  ///   - tools: not in use by another judge.
  ///   - known: traits known before, by node; others are found when they are needed.
  init(
    _ rule: TemplateRule,
    _ corpus: Corpus,
    _ nodes: Nodes,
    _ tools: SlotTools,
    _ known: [SlotTraits] = []
  ) {
    self.rule = rule
    self.corpus = corpus
    self.nodes = nodes
    self.tools = tools
    self.known = known
  }

  /// Whether two nodes are one frame with other slots.
  ///
  /// - Complexity: O(1) for most pairs, else O(n log n) in words.
  func isTemplate(_ pair: TemplatePair) -> Bool {
    let (longer, shorter) = (pair.longer, pair.shorter)
    guard rule.looks(at: pair), rule.allows(length(longer), length(shorter)) else { return false }
    let (x, y) = (traits(longer), traits(shorter))
    let least = rule.nameWords
    var haveNumbers = min(x.numbers, y.numbers) >= Int32(rule.leastSlots)
    var haveNames = rule.looksForNames(in: pair) && x.mayHaveOtherNames(than: y)
    guard haveNumbers || haveNames else { return false }
    prepare(longer)
    haveNames = haveNames && tools.meter.longerLacksName(of: y)
    guard haveNumbers || haveNames else { return false }
    unsafe tools.meter.take(shorter: corpus.text(nodes.first(shorter)))
    haveNumbers = haveNumbers && rule.allows(numbers: tools.meter.compareNumbers())
    haveNames = haveNames && tools.meter.shareOfNames(y, x, least: least) >= least
    guard haveNumbers || haveNames else { return false }
    return rule.holds(tools.meter.measure(findsNames: haveNames), pair)
  }

  /// The coverage from which two nodes may be a template; nil where they are none, however much is
  /// covered.
  func leastCoverage(longer: Int, shorter: Int) -> Double? {
    guard rule.allows(length(longer), length(shorter)) else { return nil }
    let (x, y) = (traits(longer), traits(shorter))
    if min(x.numbers, y.numbers) >= Int32(rule.leastSlots) { return rule.coverage }
    return x.mayHaveOtherNames(than: y) ? rule.nameCoverage : nil
  }

  /// Where the two texts differ, as they were compared: slots with words on both sides only.
  ///
  /// - Parameters:
  ///   - longer: the node with the longer text.
  ///   - shorter: the other.
  ///   - most: slots wanted, at most.
  /// - Returns: what stands in the shorter and in the longer, in order.
  func slots(longer: Int, shorter: Int, most: Int) -> [(shorter: String, longer: String)] {
    prepare(longer)
    unsafe tools.meter.take(shorter: corpus.text(nodes.first(shorter)))
    _ = tools.meter.measure(findsNames: false)
    let (x, y) = unsafe (corpus.text(nodes.first(shorter)), corpus.text(nodes.first(longer)))
    return tools.meter.slots.lazy.filter(\.isFilled).prefix(most).map { slot in
      unsafe (
        String(decoding: x[slot.shorter], as: UTF8.self),
        String(decoding: y[slot.longer], as: UTF8.self)
      )
    }
  }

  private func prepare(_ longer: Int) {
    if prepared == longer { return }
    unsafe tools.meter.prepare(longer: corpus.text(nodes.first(longer)))
    prepared = longer
  }

  private func length(_ node: Int) -> Int { corpus.documents.rows[nodes.first(node)].textLength }

  private func traits(_ node: Int) -> SlotTraits {
    if node < known.count, known[node].isKnown { return known[node] }
    if let traits = found[node] { return traits }
    let traits = unsafe tools.finder.find(corpus.text(nodes.first(node)))
    found[node] = traits
    return traits
  }
}

extension TemplateJudge {
  /// Finds the traits of the nodes of pairs, each once, on all threads.
  ///
  /// - Parameters:
  ///   - pairs: packed pairs.
  ///   - corpus: the sketched documents.
  ///   - nodes: their distinct texts.
  ///   - configuration: rule, keys, threads.
  ///   - weights: how common words are; nil takes all for rare.
  /// - Returns: the traits by node, not known of nodes in no pair; none where the rule finds no
  ///   templates.
  /// - Throws: what ends the task.
  static func traits(
    _ pairs: [UInt64],
    _ corpus: Corpus,
    _ nodes: Nodes,
    _ configuration: PipelineConfiguration,
    _ weights: GramWeights?
  ) async throws -> [SlotTraits] {
    guard let rule = configuration.profile.rule.template else { return [] }
    let list = nodes.members(of: pairs)
    let parts = Parallel.ranges(list.count, size: 1024)
    let found = try await Parallel.map(
      parts: parts.count,
      threads: configuration.threads,
      makeWorker: {
        let rarity = WordRarity(rule.nameRarity, configuration.keys, weights)
        return unsafe SlotTraitsFinder { unsafe rarity.isRare($0) }
      }
    ) { finder, part in
      list[parts[part]].map { unsafe finder.find(corpus.text(nodes.first($0))) }
    }
    var traits = [SlotTraits](repeating: .unknown, count: nodes.count)
    for (node, own) in zip(list, found.joined()) { traits[node] = own }
    return traits
  }
}
