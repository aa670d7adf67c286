public import SidikEvaluation
internal import SidikFormats

/// The files of a labelled set, so that any engine can be measured on it.
public enum EditSetWriter {
  /// The names of the files, in the order of ``contents(_:)``.
  public static let names = ["documents.jsonl", "truth.jsonl", "kinds.tsv", "pairs.tsv"]

  /// The contents of the files.
  ///
  /// - Parameter corpus: the set.
  /// - Returns: `documents.jsonl` (id, text, source, author, time), `truth.jsonl` (`ids`),
  ///   `kinds.tsv` (id, kind, base) and `pairs.tsv` (id, id, label, kind).
  public static func contents(_ corpus: LabelledCorpus) -> [[UInt8]] {
    [documents(corpus), truth(corpus), kinds(corpus), pairs(corpus)]
  }

  private static func documents(_ corpus: LabelledCorpus) -> [UInt8] {
    corpus.documents.flatMap { document in
      JSONWriter.line { json in
        json.member("id", document.id)
        json.member("text", document.text)
        if let source = document.source { json.member("source", source) }
        if let author = document.author { json.member("author", author) }
        if let time = document.time { json.member("time", time) }
      }
    }
  }

  private static func truth(_ corpus: LabelledCorpus) -> [UInt8] {
    corpus.truth.flatMap { group in
      JSONWriter.line { $0.strings("ids", group) }
    }
  }

  private static func kinds(_ corpus: LabelledCorpus) -> [UInt8] {
    corpus.documents.flatMap { row([$0.id, $0.kind, $0.base]) }
  }

  private static func pairs(_ corpus: LabelledCorpus) -> [UInt8] {
    corpus.labelledRows.flatMap { row([$0.pair.a, $0.pair.b, $0.pair.label, $0.kind]) }
  }

  /// Tabs and line ends inside an id become blanks.
  private static func row(_ fields: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (place, field) in fields.enumerated() {
      if place > 0 { bytes.append(9) }
      bytes += field.utf8.map { $0 == 9 || $0 == 10 || $0 == 13 ? 32 : $0 }
    }
    bytes.append(10)
    return bytes
  }
}
