internal import SidikCore

/// Passages that stand round texts and are no part of them: navigation, footers, formulas.
public struct Boilerplate: Sendable, Hashable {
  /// One passage.
  public struct Passage: Sendable, Hashable {
    /// The source in whose documents it is boilerplate; nil is any document.
    public var source: String?
    /// Where in a document it is.
    public var place: BoilerplatePlace
    /// Its words; folded as the profile folds documents before they are compared.
    public var text: String
    /// Number of its words.
    public var words: Int
    /// Distinct texts in which it stands.
    public var documents: Int
    /// Their share among the distinct texts of the source, or of those without one.
    public var share: Double

    /// Makes a passage.
    public init(
      source: String?,
      place: BoilerplatePlace = .anywhere,
      text: String,
      words: Int = 0,
      documents: Int = 0,
      share: Double = 0
    ) {
      self.source = source
      self.place = place
      self.text = text
      self.words = words
      self.documents = documents
      self.share = share
    }
  }

  /// Words a passage has at least: shorter ones are phrases that anybody uses.
  public static let leastWords = BoilerplateRule.words

  /// The passages.
  public var passages: [Passage]

  /// Makes a list.
  public init(_ passages: [Passage]) { self.passages = passages }

  /// 16 hexadecimal digits made from what the passages mask, in any order.
  var fingerprint: String {
    let lines = Set(passages.map { "\($0.source ?? "")\u{0}\($0.place.rawValue)\u{0}\($0.text)" })
    let bytes = Array(lines.sorted().joined(separator: "\n").utf8)
    return Hexadecimal.string(
      unsafe bytes.withUnsafeBufferPointer { unsafe ExactDigest($0, keys: HashKeys()) }.high
    )
  }
}

/// Where boilerplate comes from.
public enum BoilerplatePolicy: Sendable, Hashable {
  /// Documents are compared whole.
  case none
  /// It is learnt from the documents at hand.
  case learn
  /// It was learnt or written before.
  case given(Boilerplate)

  /// The stable name, part of the parameter fingerprint.
  var name: String {
    switch self {
    case .none: "none"
    case .learn: "learn-" + BoilerplateRule.name
    case .given(let boilerplate): "given-" + boilerplate.fingerprint
    }
  }
}
