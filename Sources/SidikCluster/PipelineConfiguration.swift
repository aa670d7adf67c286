public import SidikCore

/// Everything a batch run needs to know; below it nobody sees options.
public struct PipelineConfiguration: Sendable {
  /// The parameters that decide the answer.
  public var profile: Profile
  /// The hash constants.
  public var keys: HashKeys
  /// The source of documents that name none; nil leaves them without.
  public var defaultSource: String?
  /// Threads at work; never changes the answer.
  public var threads: Int
  /// Where normalised texts are kept during the run; nil is `TMPDIR`, or `/tmp`.
  public var temporaryFolder: String?
  /// What the run may take of memory, which never changes the answer; nil where nothing bounds it.
  public var memory: MemoryLimit?
  /// What analysts decided about pairs of documents; nil where nothing was.
  public var links: LinkList?
  /// The part of the documents that is sketched; nil takes all.
  var shard: Shard?
  /// Pairs that were proposed before; nil proposes them.
  ///
  /// Their bands must be those of the profile.
  public var groups: GroupFile?
  /// Whether the result has the verified pairs, 120 bytes each; templates it has in any case.
  public var keepsEdges = true
  /// Called with what is going on; never changes the answer.
  public var progress: @Sendable (PipelineProgress) -> Void

  /// Makes a configuration.
  ///
  /// - Parameters:
  ///   - profile: the parameters that decide the answer.
  ///   - keys: the hash constants.
  ///   - threads: threads at work.
  ///   - temporaryFolder: where texts are kept during the run; nil is `TMPDIR`, or `/tmp`.
  ///   - memory: what the run may take of memory; nil where nothing bounds it.
  ///   - links: what analysts decided about pairs of documents.
  ///   - progress: called with what is going on, from any thread.
  public init(
    profile: Profile = .auto,
    keys: HashKeys = HashKeys(),
    threads: Int = 2,
    temporaryFolder: String? = nil,
    memory: MemoryLimit? = nil,
    links: LinkList? = nil,
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) {
    self.profile = profile
    self.keys = keys
    self.threads = threads
    self.temporaryFolder = temporaryFolder
    self.memory = memory
    self.links = links
    self.progress = progress
  }

  /// So many bands are grouped before their pairs are looked for.
  var bandsAtOnce: Int { memory == nil ? 4 * max(1, threads) : max(1, threads) }

  /// All that changes an answer, in one line.
  public var parameters: String {
    textParameters + (links.map { ";links:" + $0.fingerprint } ?? "")
  }

  /// All that changes edges: links only change what is made of them.
  var textParameters: String {
    profile.parameters + ";keys:" + keyName
  }

  /// The name of the hash constants, as parameters hold it.
  var keyName: String { Hexadecimal.string(keys.fingerprint) }

  /// 64 bits that name ``parameters``: outputs with different fingerprints do not compare.
  public var fingerprint: UInt64 { ClusteringBasis.fingerprint(of: parameters) }
}

/// A value about the progress of a run.
public struct PipelineProgress: Sendable, Hashable {
  /// What is being done.
  public enum Stage: String, Sendable, Hashable, CaseIterable {
    /// Reading, normalising and sketching.
    case sketch
    /// Grouping equal texts and proposing pairs.
    case candidates
    /// Comparing texts.
    case verify
    /// Building families.
    case cluster
  }

  /// What is being done.
  public var stage: Stage
  /// How much of it is done: documents in `sketch`, pairs in `verify`.
  public var done: Int
  /// How much there is, where known.
  public var total: Int?
}
