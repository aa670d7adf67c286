internal import SidikCluster
internal import SidikFormats

/// Shows the passages that two texts have.
enum PassageEvidence {
  /// A named line each; one that says so where there are none, nothing where none were looked for.
  static func lines(_ passages: [PassageSpan]?) -> [(String, String)] {
    guard let passages else { return [] }
    if passages.isEmpty { return [("passages", "none")] }
    return passages.enumerated().map { number, span in
      let likeness = span.isExact ? "equal" : "alike \(span.score.brief)"
      let places = "\(shown(span.a)) of the first, \(shown(span.b)) of the second"
      return (number == 0 ? "passages" : "", "\(words(span)) words, \(likeness): \(places)")
    }
  }

  static func words(_ span: PassageSpan) -> Int { min(span.a.words.count, span.b.words.count) }

  private static func shown(_ place: PassageSpan.Place) -> String {
    "characters \(place.characters.lowerBound) to \(place.characters.upperBound)"
  }
}

extension JSONWriter {
  /// The member `passages`: places as characters of the original texts.
  mutating func append(_ passages: [PassageSpan]) {
    objects("passages", passages) { json, span in
      json.integers("a", [span.a.characters.lowerBound, span.a.characters.upperBound])
      json.integers("b", [span.b.characters.lowerBound, span.b.characters.upperBound])
      json.member("words", PassageEvidence.words(span))
      json.member("score", span.score, decimals: 4)
      json.member("exact", span.isExact)
    }
  }
}
