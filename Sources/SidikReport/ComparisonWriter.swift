public import SidikCluster
internal import SidikFormats

/// Writes the comparison of two texts.
public struct ComparisonWriter {
  /// The passages that both texts have, where they were looked for.
  public var passages: [PassageSpan]?

  private let comparison: Comparison
  private let provenance: Provenance

  /// Makes a writer.
  public init(_ comparison: Comparison, provenance: Provenance) {
    self.comparison = comparison
    self.provenance = provenance
  }

  /// Lines for people.
  public func text() -> [UInt8] {
    let scores = comparison.scores
    var lines = [
      ("level", scores.level?.rawValue ?? "unrelated"),
      ("jaccard", scores.jaccard.brief),
      (
        "containment",
        scores.containmentOfFirst.brief + " of the first, "
          + scores.containmentOfSecond.brief + " of the second"
      ),
    ]
    if let coverage = scores.coverage {
      lines.append(("in order", coverage.brief + " of the shorter"))
    }
    lines.append(("estimate", comparison.estimatedJaccard.brief + " by the signatures alone"))
    lines.append(("simhash", "\(comparison.simhashDistance) of 64 bits differ"))
    for (name, share) in [("first", comparison.repeats.0), ("second", comparison.repeats.1)]
    where share > 0 {
      lines.append(("repeats", Double(share).brief + " of the \(name) stands in it twice"))
    }
    for (number, slot) in comparison.slots.enumerated() {
      lines.append((number == 0 ? "slots" : "", slot.first + " | " + slot.second))
    }
    lines += PassageEvidence.lines(passages)
    let width = lines.map(\.0.count).max() ?? 0
    return lines.flatMap { name, value in
      Array((name + String(repeating: " ", count: width - name.count + 2) + value + "\n").utf8)
    }
  }

  /// One JSON object.
  ///
  /// - Parameters:
  ///   - first: what the first text is called.
  ///   - second: what the second text is called.
  /// - Returns: the object and a line feed.
  public func json(_ first: String, _ second: String) -> [UInt8] {
    json(first, second, words: nil)
  }

  /// One JSON object, with the differences word for word.
  ///
  /// - Parameters:
  ///   - first: what the first text is called.
  ///   - second: what the second text is called.
  ///   - words: the two texts, or nil to leave their differences out.
  /// - Returns: the object and a line feed.
  public func json(
    _ first: String,
    _ second: String,
    words: (WordSequence, WordSequence)?
  ) -> [UInt8] {
    let scores = comparison.scores
    return JSONWriter.line { json in
      json.member("a", first)
      json.member("b", second)
      json.member("level", scores.level?.rawValue)
      json.append(scores)
      json.member("estimated_jaccard", comparison.estimatedJaccard, decimals: 4)
      json.member("simhash_distance", comparison.simhashDistance)
      json.numbers(
        "repeats",
        [Double(comparison.repeats.0), Double(comparison.repeats.1)],
        decimals: 4
      )
      if scores.level == .template {
        json.array("slots", comparison.slots) { json, slot in
          json.array([slot.first, slot.second]) { $0.string($1) }
        }
      }
      if let passages { json.append(passages) }
      if let words {
        json.key("diff")
        json.differences(words.0, words.1)
      }
      json.member("sidik", provenance.stamp)
    }
  }
}
