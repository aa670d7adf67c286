internal import CSidikKernels

/// What the normaliser folds; one value of it belongs to every sketch.
public struct NormaliserOptions: Sendable, Hashable {
  /// The Unicode version all tables come from; it never follows the toolchain.
  public static let unicodeVersion = "15.0.0"
  /// Counts up whenever the same options would give other bytes for some text.
  public static let rulesVersion = 1

  /// The folds to apply.
  public var folds: Folds

  /// Makes options from folds.
  public init(folds: Folds) { self.folds = folds }

  /// Long texts: news, web pages.
  public static let article = NormaliserOptions(folds: [
    .compatibility, .invisibles, .marks, .confusables, .styled, .punctuation, .emoji,
  ])
  /// Posts and forwarded messages.
  public static let chat = NormaliserOptions(folds: [
    .compatibility, .invisibles, .marks, .confusables, .styled, .punctuation, .emoji,
    .urls, .phones, .forwardMarks, .spacedLetters, .reduplication, .leet, .runs,
  ])
  /// Large training corpora: close to what their pipelines do.
  public static let corpus = NormaliserOptions(folds: [.compatibility, .invisibles, .punctuation])
  /// Any mixture: ``article`` and those folds of ``chat`` that harm neither; numbers stay.
  public static let auto = NormaliserOptions(folds: [
    .compatibility, .invisibles, .marks, .confusables, .styled, .punctuation, .emoji,
    .urls, .spacedLetters, .reduplication, .leet, .runs,
  ])

  /// The canonical name, equal if and only if every text is folded to the same bytes.
  ///
  /// It holds the rules' version, the Unicode version, the digest of the tables and the folds,
  /// and belongs in parameter fingerprints.
  public var name: String {
    var digest = hexadecimal(sidik_unicode_digest())
    if folds.contains(.slang) { digest += "-" + hexadecimal(sidik_slang_digest()) }
    let parts = Folds.names.filter { folds.contains($0.fold) }.map(\.name)
    return "normalise-\(Self.rulesVersion)/unicode-\(Self.unicodeVersion)/\(digest)/"
      + (parts.isEmpty ? "none" : parts.joined(separator: "+"))
  }

  /// The options of a name; nil where it is none, or that of other rules or tables than these.
  ///
  /// - Parameter name: what ``name`` gave.
  public init?(name: String) {
    let folds = name.split(separator: "/").last?.split(separator: "+") ?? []
    self.init(
      folds: folds.compactMap { Folds(name: String($0)) }.reduce(into: []) { $0.insert($1) }
    )
    guard self.name == name else { return nil }
  }

  private func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }
}
