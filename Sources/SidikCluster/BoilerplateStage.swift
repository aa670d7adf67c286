internal import SidikCore
internal import SidikIndex

/// Between sketches and candidates: learns boilerplate and cuts it from what is compared.
final class BoilerplateStage {
  private static let nodesPerPart = 256

  private let configuration: PipelineConfiguration
  private let whole: Corpus
  private let nodes: Nodes
  /// Nodes whose signature is that of a cut text.
  private var isCut: [Bool]

  /// What was found and cut.
  struct Numbers: Sendable {
    var sources = 0
    var passages = 0
    var documents = 0
    var characters = 0
  }

  /// Prepares the stage for the documents of a run.
  init(_ configuration: PipelineConfiguration, _ corpus: Corpus) {
    self.configuration = configuration
    whole = corpus
    nodes = Nodes(corpus)
    isCut = [Bool](repeating: false, count: nodes.count)
  }

  /// The keys of what is cut, by the profile's policy.
  static func keys(
    _ texts: BoilerplateTexts,
    _ configuration: PipelineConfiguration
  ) async throws -> BoilerplateKeys {
    switch configuration.profile.boilerplate {
    case .none: BoilerplateKeys()
    case .given(let boilerplate): BoilerplateKeys(boilerplate, configuration)
    case .learn:
      try await BoilerplateLearner(configuration: configuration, texts: texts).learn()
    }
  }

  /// The corpus as it is compared.
  ///
  /// Equal whole texts are cut alike, wherever they stand, so they stay one node. Digests stay
  /// those of the whole texts: what is equal only without boilerplate is no exact copy.
  ///
  /// - Parameter kept: the documents that take part; nil is all. What others say is passed over.
  /// - Returns: the corpus, with the same documents, and what was cut.
  /// - Throws: ``SidikError`` where there is no room.
  func run(keeping kept: [Int]? = nil) async throws -> (corpus: Corpus, numbers: Numbers) {
    if configuration.profile.boilerplate == .none { return (whole, Numbers()) }
    var takesPart: [Bool] = []
    if let kept {
      takesPart = [Bool](repeating: false, count: whole.documents.count)
      for document in kept { takesPart[document] = true }
    }
    let texts = BoilerplateTexts(corpus: whole, nodes: nodes, takesPart: takesPart)
    let keys = try await Self.keys(texts, configuration)
    var numbers = Numbers()
    numbers.sources = keys.sources.count
    if keys.isEmpty, !isCut.contains(true) { return (whole, numbers) }
    return (try await cut(texts, keys, &numbers), numbers)
  }

  /// What became of one node.
  private struct CutNode: Sendable {
    var node: Int
    var offset: Int
    var length: Int
    var scalars: Int
  }

  private func cut(
    _ texts: BoilerplateTexts,
    _ keys: BoilerplateKeys,
    _ numbers: inout Numbers
  ) async throws -> Corpus {
    let spool = try Spool(folder: configuration.temporaryFolder)
    let (configuration, wasCut) = (configuration, isCut)
    let parts = Parallel.ranges(nodes.count, size: Self.nodesPerPart)
    let found = try await Parallel.map(
      parts: parts.count,
      threads: configuration.threads,
      makeWorker: { CutWorker(keys, configuration, spool) }
    ) { worker, part in
      var found: [CutNode] = []
      for node in parts[part] {
        if let cut = try worker.cut(node, texts) {
          found.append(
            CutNode(node: node, offset: cut.offset, length: cut.length, scalars: cut.scalars)
          )
        } else if wasCut[node] {
          worker.restore(node, texts)
        }
      }
      return (cuts: found, passages: worker.takePassages())
    }
    var corpus = whole
    isCut = [Bool](repeating: false, count: nodes.count)
    var passages: Set<UInt64> = []
    for part in found {
      passages.formUnion(part.passages)
      for cut in part.cuts {
        isCut[cut.node] = true
        for document in nodes.documents[cut.node] {
          numbers.documents += 1
          numbers.characters += whole.documents.rows[Int(document)].scalars - cut.scalars
          corpus.documents.replaceText(
            of: Int(document),
            at: whole.texts.count + cut.offset,
            length: cut.length,
            scalars: cut.scalars
          )
        }
      }
    }
    numbers.passages = passages.count
    corpus.cutTexts = try spool.map(window: configuration.memory?.window ?? SpoolMap.defaultWindow)
    return corpus
  }
}

/// One thread's tools for cutting and sketching afresh.
private final class CutWorker {
  private let keys: BoilerplateKeys
  private let cutter: BoilerplateCutter
  private let spool: Spool
  private let extractor: FeatureExtractor
  private let minHash: OnePermutationMinHash
  private var salts: [[Int32]: BoilerplateCutter.Salts] = [:]
  private var signature = [UInt32](repeating: 0, count: OnePermutationMinHash.slots)
  private var passages: Set<UInt64> = []

  init(_ keys: BoilerplateKeys, _ configuration: PipelineConfiguration, _ spool: Spool) {
    self.keys = keys
    self.spool = spool
    cutter = BoilerplateCutter(keys, configuration.keys)
    extractor = FeatureExtractor(unit: configuration.profile.unit, keys: configuration.keys)
    minHash = OnePermutationMinHash(permutationSeed: configuration.keys.permutationSeed)
  }

  /// Digests of the distinct passages that were cut since the last call.
  func takePassages() -> Set<UInt64> {
    defer { passages = [] }
    return passages
  }

  func cut(
    _ node: Int,
    _ texts: BoilerplateTexts
  ) throws -> (offset: Int, length: Int, scalars: Int)? {
    if texts.corpus.documents.isEmpty(texts.nodes.first(node)) { return nil }
    let sources = texts.sources(node)
    if salts[sources] == nil {
      salts[sources] = .init(keys, sources.compactMap { texts.corpus.documents.sourceName($0) })
    }
    let text = unsafe texts.text(node)
    guard let salts = salts[sources], let cut = unsafe cutter.cut(text, salts) else { return nil }
    for run in cut.runs {
      let bytes = cutter.bytes(of: run)
      passages.insert(
        unsafe ExactDigest(UnsafeBufferPointer(rebasing: text[bytes]), keys: HashKeys(seed: 0)).high
      )
    }
    unsafe cut.text.withUnsafeBufferPointer { unsafe sign($0, node, texts) }
    return (try spool.append(cut.text), cut.text.count, cut.scalars)
  }

  /// Makes the signature that of the whole text again.
  func restore(_ node: Int, _ texts: BoilerplateTexts) {
    unsafe sign(texts.text(node), node, texts)
  }

  private func sign(_ text: UnsafeBufferPointer<UInt8>, _ node: Int, _ texts: BoilerplateTexts) {
    unsafe signature.withUnsafeMutableBufferPointer { slots in
      guard let base = slots.baseAddress else { return }
      unsafe minHash.sign(extractor.sequence(text), into: base)
    }
    for document in texts.nodes.documents[node] {
      texts.corpus.signatures.replace(Int(document), by: signature)
    }
  }
}
