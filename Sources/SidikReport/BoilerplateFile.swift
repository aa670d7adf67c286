public import SidikCluster
public import SidikCore
internal import SidikFormats

/// Reads passages as `Documentation/Formats/boilerplate.md` says.
public enum BoilerplateFile {
  /// Reads a file of passages; the first line that is none ends it.
  ///
  /// - Parameters:
  ///   - path: a file in any format that documents are read from.
  ///   - normaliser: the folds of the run, which decide how many words a passage has.
  /// - Returns: the passages.
  /// - Throws: ``SidikError`` with file, line and reason.
  public static func read(_ path: String, _ normaliser: NormaliserOptions) throws -> Boilerplate {
    let reader = try InputReader(
      InputOptions(
        paths: [path],
        fields: FieldMapping(text: "text", source: "source", author: "place"),
        onError: .fail
      )
    )
    var (batch, passages) = (DocumentBatch(), [Boilerplate.Passage]())
    var folder = PassageFolder(normaliser)
    while let chunk = try reader.nextChunk() {
      try chunk.parse(into: &batch)
      for entry in batch.entries {
        do {
          passages.append(try passage(entry, batch, &folder))
        } catch {
          throw SidikError(error.code, error.message, file: path, line: entry.line)
        }
      }
    }
    return Boilerplate(passages)
  }

  private static func passage(
    _ entry: DocumentBatch.Entry,
    _ batch: DocumentBatch,
    _ folder: inout PassageFolder
  ) throws(SidikError) -> Boilerplate.Passage {
    func text(_ range: Range<Int>?) -> String? {
      range.map { String(decoding: batch.bytes[$0], as: UTF8.self) }
    }
    let name = text(entry.author) ?? ""
    guard let place = name.isEmpty ? .anywhere : BoilerplatePlace(rawValue: name) else {
      let places = BoilerplatePlace.allCases.map(\.rawValue).joined(separator: ", ")
      throw SidikError(.data, "there is no place '\(name)' (there are \(places))")
    }
    let words = folder.wordCount(Array(batch.bytes[entry.text]))
    guard words >= Boilerplate.leastWords else {
      throw SidikError(
        .data,
        "a passage needs \(Boilerplate.leastWords) words or more, and this has \(words)"
      )
    }
    let source = text(entry.source).flatMap { $0.isEmpty || $0 == "*" ? nil : $0 }
    return Boilerplate.Passage(
      source: source,
      place: place,
      text: text(entry.text) ?? "",
      words: words
    )
  }
}

/// Counts the words of a passage as they are compared.
private struct PassageFolder: ~Copyable {
  private var normaliser: Normaliser
  private var normalised = NormalisedText()
  private var ranges: [Range<Int>] = []

  init(_ options: NormaliserOptions) { normaliser = Normaliser(options) }

  mutating func wordCount(_ text: [UInt8]) -> Int {
    unsafe text.withUnsafeBufferPointer { text in
      unsafe normaliser.normalise(text, trackOffsets: false, into: &normalised)
    }
    unsafe normalised.bytes.withUnsafeBufferPointer { text in
      unsafe WordRanges.find(text, into: &ranges)
    }
    return ranges.count
  }
}
