internal import SidikCore

/// Texts that are learnt from together: those of one source, or those that have none to learn by.
struct BoilerplateGroup: Sendable {
  /// One part of a document in which shingles are counted.
  struct Zone: Sendable {
    var scope: BoilerplateScope
    var salt: UInt64

    init(_ source: String?, _ place: BoilerplatePlace) {
      scope = BoilerplateScope(source: source, place: place)
      salt = scope.salt
    }
  }

  let source: String?
  let zones: [Zone]
  /// Texts, by ascending node; of a large source only the first, which are a random sample.
  let nodes: [Int32]
  /// Bytes of the texts in `nodes`, as far as they are read.
  let bytes: Int

  /// In how many unrelated documents a passage stands at least.
  var least: Int {
    source == nil ? BoilerplateRule.leastAtEdges : BoilerplateRule.leastDocuments
  }

  /// In how many texts a phrase stands at least to be more than a turn of language.
  var frequent: Int { max(least, nodes.count / BoilerplateRule.frequentPart) }

  init(_ source: String?, _ all: [Int32], _ texts: BoilerplateTexts) {
    self.source = source
    zones =
      source == nil
      ? [Zone(nil, .start), Zone(nil, .end)] : [Zone(source, .anywhere)]
    var bytes = 0
    var taken = 0
    // Of texts without a source only the edges are read.
    let most = source == nil ? 2 * BoilerplateShingler.edgeBytes : Int.max
    for node in all where bytes < BoilerplateRule.batchBytes {
      bytes += min(texts.length(Int(node)), most)
      taken += 1
    }
    nodes = Array(all.prefix(taken))
    self.bytes = bytes
  }
}

/// The distinct texts of a corpus and the sources they stand in.
struct BoilerplateTexts: Sendable {
  let corpus: Corpus
  let nodes: Nodes
  /// Whether a document takes part; all if empty.
  let takesPart: [Bool]

  /// The text of a node.
  func text(_ node: Int) -> UnsafeBufferPointer<UInt8> {
    unsafe corpus.text(nodes.first(node))
  }

  /// Bytes of a node's text.
  func length(_ node: Int) -> Int { corpus.documents.rows[nodes.first(node)].textLength }

  /// Whether any of a node's documents takes part.
  func isLearntFrom(_ node: Int) -> Bool {
    !corpus.documents.isEmpty(nodes.first(node))
      && (takesPart.isEmpty || nodes.documents[node].contains { takesPart[Int($0)] })
  }

  /// The sources a node's documents stand in, by their numbers in the table, ascending: those of
  /// the documents that take part, where any does.
  func sources(_ node: Int) -> [Int32] {
    let (members, rows) = (nodes.documents[node], corpus.documents.rows)
    if members.count == 1 {
      let source = rows[nodes.first(node)].source
      return source < 0 ? [] : [source]
    }
    let part = takesPart.isEmpty ? members : members.filter { takesPart[Int($0)] }
    let sources = (part.isEmpty ? members : part).map { rows[Int($0)].source }
    return Set(sources.filter { $0 >= 0 }).sorted()
  }

  /// All groups that are large enough, in batches that are learnt from at once.
  func batches() -> [[BoilerplateGroup]] {
    var bySource: [Int32: [Int32]] = [:]
    let learnt = (0..<nodes.count).filter { isLearntFrom($0) }
    for node in learnt {
      for source in sources(node) { bySource[source, default: []].append(Int32(node)) }
    }
    bySource = bySource.filter { $0.value.count >= BoilerplateRule.leastDocuments }
    let pool = learnt.filter { node in !sources(node).contains { bySource[$0] != nil } }
    let named = bySource.map { (corpus.documents.sourceName($0.key) ?? "", $0.value) }
    var groups = named.sorted { $0.0 < $1.0 }.map { BoilerplateGroup($0, $1, self) }
    if pool.count >= BoilerplateRule.leastAtEdges {
      groups.append(BoilerplateGroup(nil, pool.map { Int32($0) }, self))
    }
    var batches: [[BoilerplateGroup]] = []
    var bytes = Int.max / 2
    for group in groups {
      if bytes + group.bytes > BoilerplateRule.batchBytes {
        batches.append([])
        bytes = 0
      }
      batches[batches.count - 1].append(group)
      bytes += group.bytes
    }
    return batches
  }
}
