public import SidikCore
public import SidikIndex

/// A named, versioned set of parameters for one kind of text.
public struct Profile: Sendable, Hashable {
  /// How the user asks for it.
  public var name: String
  /// Raised whenever a parameter changes.
  public var version = 3
  /// What is folded before texts are compared.
  public var normaliser: NormaliserOptions
  /// What a feature stands for.
  public var unit: FeatureUnit
  /// The unit of the sampled postings, longer than `unit` so that a feature is rare; nil: none.
  public var postingUnit: FeatureUnit?
  /// The Jaccard similarity at which LSH must reach ``recall``.
  public var threshold: Double
  /// The recall target of LSH at ``threshold``.
  public var recall = 0.95
  /// When a compared pair is an edge.
  public var rule: VerificationRule
  /// Whether containment is weighted by the rarity of features.
  public var weighted: Bool
  /// Where passages come from that are cut from documents before they are compared.
  public var boilerplate = BoilerplatePolicy.learn
  /// The least average weight at which two groups merge.
  public var linkage = 0.25

  /// The shape of the bands, where it is given; nil chooses it by ``threshold`` and ``recall``.
  public var shape: BandParameters?

  /// The shape of the bands that is given, or that ``threshold`` and ``recall`` ask for.
  public var bands: BandParameters { shape ?? .choose(threshold: threshold, recall: recall) }

  /// Makes texts copies from another similarity on.
  ///
  /// - Parameter similarity: the Jaccard similarity, above 0 to 1; containment must reach it too,
  ///   where it is above the rule's own.
  public mutating func require(similarity: Double) {
    rule.jaccard = similarity
    rule.copyJaccard = max(similarity, rule.copyJaccard)
    rule.containment = rule.containment.map { max($0, similarity) }
    threshold = rule.containment == nil ? similarity : min(similarity, threshold)
  }

  /// Long texts: news, pages, reports.
  public static let article = Profile(
    name: "article",
    normaliser: .article,
    unit: .characters(5),
    postingUnit: .characters(9),
    threshold: 0.7,
    rule: .containing,
    weighted: true
  )

  /// Posts and forwards.
  public static let chat = Profile(
    name: "chat",
    normaliser: .chat,
    unit: .characters(5),
    postingUnit: .characters(9),
    threshold: 0.7,
    rule: .containing,
    weighted: true
  )

  /// Large training corpora.
  public static let corpus = Profile(
    name: "corpus",
    normaliser: .corpus,
    unit: .words(5),
    postingUnit: nil,
    threshold: 0.7,
    rule: .jaccardOnly,
    weighted: false,
    boilerplate: .none
  )

  /// Any mixture: the folds and rules that harm neither articles nor chats, the stricter rules
  /// for short texts chosen by each text's own length, so that the order of the input and the
  /// rest of the corpus change nothing.
  public static let auto = Profile(
    name: "auto",
    normaliser: .auto,
    unit: .characters(5),
    postingUnit: .characters(9),
    threshold: 0.7,
    rule: .containing,
    weighted: true
  )

  /// All profiles, the default first.
  public static let all = [auto, article, chat, corpus]

  /// Everything that changes an answer, in one line.
  public var parameters: String {
    [
      "sidik-profile:\(name).\(version)", "norm:\(normaliser.name)", "unit:\(unit.name)",
      "postings:\(postingUnit?.name ?? "none")", "bands:\(bands.name)@\(threshold)",
      "rule:\(rule.name)",
      "weighted:\(weighted)", "boilerplate:\(boilerplate.name)", "linkage:\(linkage)",
    ].joined(separator: ";")
  }
}
