/// A labelled set made from a user's own texts: which become stories, distractors and traps.
///
/// Texts are drawn in an order that depends on nothing but their ids and the seed, so the same
/// texts in another order, or with others beside them that are not drawn, give the same stories.
public struct EditSet: Sendable, Hashable {
  /// What the texts are like.
  public enum Setting: String, Sendable, Hashable, CaseIterable {
    /// Long texts with a source; traps are pages of one site and round-ups.
    case article
    /// Posts and forwards without a source; traps are posts in one chat frame and round-ups.
    case chat
  }

  /// How many copies a story has.
  public enum Size: String, Sendable, Hashable, CaseIterable {
    /// One copy of each kind, beside the original.
    case oneOfEachKind = "28"
    /// Two to five copies, beside the original.
    case twoToFive = "2-5"
  }

  /// Characters from which a text may become an article story.
  public static let leastArticle = 600
  /// Characters a chat story has.
  public static let chatLengths = 80...1200
  /// The median length, in characters, from which texts are articles.
  static let articleMedian = 1000

  /// What the texts are like.
  public var setting: Setting
  /// How many copies a story has.
  public var size: Size
  /// The seed of all draws and edits.
  public var seed: UInt64
  /// The kinds of edit; ``EditKind/splice`` among them becomes a trap of its own.
  public var kinds: [EditKind]
  /// Stories.
  public var bases: Int
  /// Texts that nobody copies, beside the traps.
  public var distractors: Int
  /// The traps.
  public var traps: EditMatrix.Traps

  /// The usual numbers for a setting and size.
  ///
  /// - Parameters:
  ///   - setting: what the texts are like.
  ///   - size: how many copies a story has.
  ///   - seed: the seed of all draws and edits.
  ///   - kinds: the kinds of edit.
  public init(
    _ setting: Setting,
    _ size: Size,
    seed: UInt64,
    kinds: [EditKind] = EditKind.matrix
  ) {
    self.setting = setting
    self.size = size
    self.seed = seed
    self.kinds = kinds
    traps = EditMatrix.Traps()
    switch (setting, size) {
    case (.article, .oneOfEachKind):
      (bases, distractors, traps.boilerplatePages, traps.digests) = (60, 600, 30, 6)
    case (.article, .twoToFive):
      (bases, distractors, traps.boilerplatePages, traps.digests) = (150, 600, 75, 6)
    case (.chat, .oneOfEachKind):
      (bases, distractors, traps.prefixedPosts, traps.digests) = (80, 1500, 40, 8)
    case (.chat, .twoToFive):
      (bases, distractors, traps.prefixedPosts, traps.digests) = (250, 1500, 40, 8)
    }
    if kinds.contains(.splice) { traps.splices = max(1, bases / 10) }
  }

  /// What texts are like by their lengths.
  public static func setting(of documents: [EvaluationDocument]) -> Setting {
    let lengths = documents.map { $0.text.unicodeScalars.count }.sorted()
    return lengths.isEmpty || lengths[lengths.count / 2] < articleMedian ? .chat : .article
  }

  /// Makes the set.
  ///
  /// - Parameter documents: the user's texts, no two copies of each other. Of texts with one id
  ///   the first is taken.
  /// - Returns: documents with the truth; fewer than asked for where texts run out.
  /// - Complexity: O(total length of the texts and of the documents made).
  public func build(from documents: [EvaluationDocument]) -> LabelledCorpus {
    var ids: Set<String> = []
    let order = documents.filter { ids.insert($0.id).inserted }
      .map { (rank: rank($0.id), document: prepared($0)) }
      .sorted { ($0.rank, $0.document.id) < ($1.rank, $1.document.id) }
      .map(\.document)
    var stories: [EvaluationDocument] = []
    var rest: [EvaluationDocument] = []
    let wanted = distractors + traps.boilerplatePages + traps.prefixedPosts
    for document in order {
      if stories.count < bases, canBeStory(document) {
        stories.append(document)
      } else if rest.count < wanted, !document.text.isEmpty {
        rest.append(document)
      }
    }
    let matrix = EditMatrix(seed: seed, regime: regime, kinds: kinds, traps: traps)
    return matrix.build(bases: stories, distractors: rest)
  }

  private var regime: EditMatrix.Regime {
    size == .oneOfEachKind ? .oneOfEachKind : .few(2...5)
  }

  private func rank(_ id: String) -> UInt64 {
    var random = EditRandom(seed: stableHash(id, seed: stableHash("sidik edit set")) ^ seed)
    return random.next()
  }

  private func canBeStory(_ document: EvaluationDocument) -> Bool {
    let length = document.text.unicodeScalars.count
    return setting == .article
      ? length >= Self.leastArticle : Self.chatLengths.contains(length)
  }

  /// Articles need a source for boilerplate to be learnt by; chats have none.
  private func prepared(_ document: EvaluationDocument) -> EvaluationDocument {
    var document = document
    document.kind = "base"
    document.base = document.id
    switch setting {
    case .article: document.source = document.source ?? "asal.example"
    case .chat: document.source = nil
    }
    return document
  }
}

extension LabelledCorpus {
  /// The base of each copy with the copy, by name of the edit, and the traps.
  ///
  /// - Returns: rows of id, id, label and kind, as `pairs.tsv` has them.
  public var labelledRows: [(pair: LabelledPair, kind: String)] {
    let kinds = Dictionary(documents.map { ($0.id, $0.kind) }) { first, _ in first }
    return pairs.map { ($0, $0.label == "copy" ? kinds[$0.b] ?? "" : $0.label) }
  }
}
