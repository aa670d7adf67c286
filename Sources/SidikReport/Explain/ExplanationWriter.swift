public import SidikCluster
public import SidikCore
internal import SidikFormats

/// Writes an explanation for people or as JSON.
public struct ExplanationWriter {
  private static let mostPairs = 8

  private let explanation: Explanation
  private let documents: DocumentTable
  private let texts: ReportTexts
  private let words: WordReader
  private let provenance: Provenance

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - explanation: what is written.
  ///   - documents: the run's documents.
  ///   - texts: the texts of those that are compared.
  ///   - normaliser: the folds under which words are the same.
  ///   - provenance: what made it.
  public init(
    _ explanation: Explanation,
    documents: DocumentTable,
    texts: ReportTexts,
    normaliser: NormaliserOptions,
    provenance: Provenance
  ) {
    self.explanation = explanation
    self.documents = documents
    self.texts = texts
    self.provenance = provenance
    words = WordReader(normaliser)
  }

  /// Lines for people.
  ///
  /// - Parameters:
  ///   - style: how changes are marked.
  ///   - context: words shown round each change; nil shows whole texts.
  /// - Returns: UTF-8.
  /// - Throws: ``SidikError`` where a text cannot be read.
  public func text(_ style: DifferenceView.Style, context: Int?) throws -> [UInt8] {
    var lines: [(String, String)] = [("document", named(explanation.document))]
    if let family = explanation.family {
      lines.append(
        ("family", "\(family.identifier), \(family.members.count) documents, \(family.level)")
      )
      lines.append(("shown by", named(family.representative)))
      if let weakest = explanation.weakest {
        lines.append(
          (
            "weakest",
            weakest.strength.brief + "  "
              + id(weakest.a) + " - " + id(weakest.b)
          )
        )
      }
    } else {
      lines.append(("family", "none"))
    }
    for (place, edge) in explanation.edges.prefix(Self.mostPairs).enumerated() {
      lines.append((place == 0 ? "pairs" : "", pair(edge)))
    }
    if explanation.edges.count > Self.mostPairs {
      lines.append(("", "and \(explanation.edges.count - Self.mostPairs) more"))
    }
    var output = table(lines)
    let first = words.words(of: try texts.bytes(explanation.document))
    for other in explanation.others {
      let view = DifferenceView(first, words.words(of: try texts.bytes(other.document)))
      output.append(10)
      output += table(
        [("with", named(other.document)), ("scores", scores(other)), ("words", view.summary)]
          + PassageEvidence.lines(other.passages)
      )
      output.append(10)
      output += view.text(style, context: context)
    }
    return output
  }

  private func table(_ lines: [(String, String)]) -> [UInt8] {
    lines.flatMap { name, value in
      Array((name + String(repeating: " ", count: 10 - name.count) + value + "\n").utf8)
    }
  }

  private func id(_ document: Int) -> String { TerminalText.inLine(documents.id(document)) }

  private func named(_ document: Int) -> String {
    let parts = [documents.source(document), documents.author(document), documents.time(document)]
    return ([id(document)] + parts.compactMap { $0.map(TerminalText.inLine) }).joined(
      separator: "  "
    )
  }

  private func pair(_ edge: Edge) -> String {
    let isInside = explanation.family?.members.contains { $0.document == edge.b } ?? false
    return edge.strength.brief + "  \(edge.level)  " + id(edge.b)
      + (isInside ? "" : "  (kept apart)")
  }

  private func scores(_ other: Explanation.Other) -> String {
    if let edge = other.edge {
      let scores = edge.scores
      return "\(edge.level), jaccard \(scores.jaccard.brief), containment "
        + "\(scores.containmentOfFirst.brief) and \(scores.containmentOfSecond.brief)"
        + (scores.coverage.map { ", in order \($0.brief)" } ?? "") + "; a verified pair"
    }
    if let member = other.member, member.isMeasured {
      return "\(member.level), jaccard \(member.similarity.brief), containment "
        + "\(member.containment.brief); joined through other pairs"
    }
    return "no verified pair; compared here for their words only"
  }

  /// One JSON object.
  ///
  /// - Returns: the object and a line feed.
  /// - Throws: ``SidikError`` where a text cannot be read.
  public func json() throws -> [UInt8] {
    let first = words.words(of: try texts.bytes(explanation.document))
    let others = try explanation.others.map { words.words(of: try texts.bytes($0.document)) }
    return JSONWriter.line { json in
      json.member("id", documents.id(explanation.document))
      if let family = explanation.family {
        json.key("family")
        json.raw(FamilyWriter(documents, provenance: provenance).line(family).dropLast())
      }
      json.objects("pairs", explanation.edges) { append($1, to: &$0) }
      if let weakest = explanation.weakest {
        json.object("weakest") { json in
          json.member("a", documents.id(weakest.a))
          json.member("b", documents.id(weakest.b))
          json.member("strength", weakest.strength, decimals: 4)
        }
      }
      json.objects("compared", zip(explanation.others, others)) { json, compared in
        json.member("id", documents.id(compared.0.document))
        json.member("verified", compared.0.edge != nil)
        if let passages = compared.0.passages { json.append(passages) }
        json.key("diff")
        json.differences(first, compared.1)
      }
      json.member("sidik", provenance.stamp)
    }
  }

  private func append(_ edge: Edge, to json: inout JSONWriter) {
    json.member("id", documents.id(edge.b))
    json.member("level", edge.level.rawValue)
    json.member("strength", edge.strength, decimals: 4)
    json.append(edge.scores)
    json.member("origin", edge.origin.rawValue)
  }
}
