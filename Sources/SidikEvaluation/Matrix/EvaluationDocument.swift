/// A text of a labelled corpus: what a reader would find in the file, and where it came from.
public struct EvaluationDocument: Hashable, Sendable {
  /// The id, unlike any other in the corpus.
  public var id: String
  /// The text.
  public var text: String
  /// The site or group it was published in.
  public var source: String?
  /// The desk or role that published it.
  public var author: String?
  /// When, as `2024-01-17T06:40:00+07:00`.
  public var time: String?
  /// The id of the text it was made from; its own id for an original.
  public var base: String
  /// What was done to the base: an ``EditKind/name``, or the trap it is; `base` for an original.
  public var kind: String

  /// Makes a document; an original where no base is given.
  public init(
    id: String,
    text: String,
    source: String? = nil,
    author: String? = nil,
    time: String? = nil,
    base: String? = nil,
    kind: String = "base"
  ) {
    self.id = id
    self.text = text
    self.source = source
    self.author = author
    self.time = time
    self.base = base ?? id
    self.kind = kind
  }
}

/// Two documents and what they are to each other.
public struct LabelledPair: Hashable, Sendable {
  /// The one id.
  public var a: String
  /// The other id.
  public var b: String
  /// `copy`, or the name of the trap: `digest`, `template`, `chrome` ...
  public var label: String

  /// Makes a pair.
  public init(_ a: String, _ b: String, label: String) {
    self.a = a
    self.b = b
    self.label = label
  }
}

/// Documents with the answer: which belong together, and what tempting pairs are.
public struct LabelledCorpus: Sendable {
  /// The documents, each original before its copies.
  public var documents: [EvaluationDocument] = []
  /// The ids that tell one story, a group each; every document stands in exactly one group.
  public var truth: [[String]] = []
  /// Copies and traps by name.
  public var pairs: [LabelledPair] = []

  /// An empty corpus.
  public init() {}

  /// Appends another corpus, whose ids must be others.
  public mutating func append(_ other: LabelledCorpus) {
    documents += other.documents
    truth += other.truth
    pairs += other.pairs
  }

  /// Appends a document that tells a story of its own.
  mutating func appendSingle(_ document: EvaluationDocument) {
    documents.append(document)
    truth.append([document.id])
  }
}
