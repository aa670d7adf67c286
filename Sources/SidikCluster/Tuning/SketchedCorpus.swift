public import SidikCore
public import SidikIndex

/// Documents that were read and sketched once, to be clustered or looked at several times.
public struct SketchedCorpus: Sendable {
  private let configuration: PipelineConfiguration
  private let corpus: Corpus
  private let nodes: Nodes
  /// What was wrong with records, in input order.
  public let problems: [RecordProblem]
  /// The numbers of the reading.
  public let statistics: RunStatistics

  init(_ configuration: PipelineConfiguration, _ sketched: SketchStage.Output) {
    self.configuration = configuration
    corpus = sketched.corpus
    nodes = Nodes(corpus)
    problems = sketched.problems
    var statistics = sketched.statistics
    statistics.nodes = nodes.count
    self.statistics = statistics
  }

  /// Every document that was read.
  public var documents: DocumentTable { corpus.documents }

  /// The parameters it was sketched with.
  public var profile: Profile { configuration.profile }

  /// The hash constants it was sketched with.
  public var keys: HashKeys { configuration.keys }

  /// Number of distinct texts.
  public var textCount: Int { nodes.count }

  /// The document that stands for a distinct text.
  public func document(ofText text: Int) -> Int { nodes.first(text) }

  /// Whether nothing is left of a text to compare.
  public func isEmpty(_ text: Int) -> Bool { corpus.documents.isEmpty(nodes.first(text)) }

  /// A text as it is compared.
  public func normalised(_ text: Int) -> [UInt8] { unsafe Array(corpus.text(nodes.first(text))) }

  /// The signature of a text.
  public func signature(_ text: Int) -> [UInt32] {
    let slots = unsafe corpus.signatures.row(nodes.first(text))
    return unsafe Array(UnsafeBufferPointer(start: slots, count: OnePermutationMinHash.slots))
  }

  /// What bands of a shape meet among the texts, and what they propose.
  ///
  /// - Parameter shape: bands and rows.
  /// - Returns: the counts of a run with these bands.
  /// - Complexity: O(bands * n log n) for n texts.
  public func banding(_ shape: BandParameters) -> LSHBanding.Statistics {
    LSHBanding(shape: shape, threshold: profile.threshold).pairs(
      signatures: corpus.signatures,
      rows: (0..<nodes.count).map { nodes.first($0) },
      isEmpty: { isEmpty($0) }
    ).statistics
  }

  /// The families of a run on these documents, for each of several linkages.
  ///
  /// - Parameters:
  ///   - profile: the parameters; features must be those the documents were sketched with.
  ///   - linkages: the least average weights at which groups merge.
  /// - Returns: for each linkage the documents of each family of two or more.
  /// - Throws: what ends the task.
  public func families(_ profile: Profile, linkages: [Double]) async throws -> [[[Int]]] {
    precondition(profile.unit == self.profile.unit, "documents were sketched with other features")
    var configuration = configuration
    configuration.profile = profile
    var statistics = RunStatistics()
    let stages = PairStages(configuration: configuration, corpus: corpus, nodes: nodes)
    let found = try await stages.run(&statistics)
    var answers: [[[Int]]] = []
    for linkage in linkages {
      configuration.profile.linkage = linkage
      var pairs = found
      let clusters = try await PairStages(
        configuration: configuration,
        corpus: corpus,
        nodes: nodes
      ).cluster(&pairs, &statistics)
      let builder = FamilyBuilder(
        table: corpus.documents,
        nodes: nodes,
        pairs: pairs,
        clusters: clusters
      )
      answers.append(
        builder.gather().map { $0.nodes.flatMap { nodes.documents[$0].map { Int($0) } } }
      )
    }
    return answers
  }
}

extension Pipeline {
  /// Reads a source to its end and sketches its documents.
  ///
  /// - Parameter source: where documents come from.
  /// - Returns: the documents, to be clustered with several parameters.
  /// - Throws: ``SidikError`` where the input cannot be read or there is no room.
  public func sketch(_ source: any DocumentSource) async throws -> SketchedCorpus {
    var sketched = try await SketchStage(configuration: configuration).run(source)
    sketched.corpus = try await BoilerplateStage(configuration, sketched.corpus).run().corpus
    return SketchedCorpus(configuration, sketched)
  }
}
