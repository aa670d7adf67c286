internal import SidikCluster
internal import SidikCore
internal import SidikFormats
public import SidikStore

/// Writes what is in an index: its documents, and the numbers of its files.
public enum IndexInfoWriter {
  /// A document as a line of an export.
  ///
  /// - Parameters:
  ///   - place: which.
  ///   - record: its record.
  ///   - snapshot: the index.
  /// - Returns: one JSON object and a line feed.
  /// - Throws: ``SidikError`` where the index is damaged.
  public static func line(
    _ place: DocumentPlace,
    _ record: StoredRecord,
    _ snapshot: IndexSnapshot
  ) throws -> [UInt8] {
    let (id, source) = (try snapshot.id(place), try snapshot.source(place))
    let text = try snapshot.text(place)
    return JSONWriter.line { json in
      json.key("id")
      json.string(utf8: id)
      if !source.isEmpty {
        json.key("source")
        json.string(utf8: source)
      }
      json.member(record.hasOwnTime ? "time" : "added", Timestamp.text(seconds: record.time))
      json.member("length", record.length)
      json.member("digest", Hexadecimal.string(record.digest))
      if let text {
        json.key("text")
        json.string(utf8: text)
      }
    }
  }

  /// The numbers of an index.
  ///
  /// - Parameters:
  ///   - info: the numbers.
  ///   - asJSON: one JSON object instead of lines.
  /// - Returns: the text.
  public static func text(_ info: IndexInfo, asJSON: Bool) -> [UInt8] {
    let pairs = pairs(info)
    if asJSON {
      return JSONWriter.line { json in
        for (name, value) in pairs {
          if let number = Int(value) { json.member(name, number) } else { json.member(name, value) }
        }
      }
    }
    let width = (pairs.map(\.0.utf8.count).max() ?? 0) + 2
    let lines = pairs.map { name, value in
      name + String(repeating: " ", count: width - name.utf8.count) + value + "\n"
    }
    return Array(lines.joined().utf8)
  }

  private static func pairs(_ info: IndexInfo) -> [(String, String)] {
    var pairs = [
      ("documents", "\(info.documents)"), ("removed", "\(info.removed)"),
      ("segments", "\(info.segments)"), ("bytes", "\(info.bytes)"),
    ]
    if info.documents > 0 {
      pairs.append(("bytes_per_document", "\(info.bytes / info.documents)"))
    }
    if let times = info.times {
      pairs.append(("first", Timestamp.text(seconds: times.lowerBound)))
      pairs.append(("last", Timestamp.text(seconds: times.upperBound)))
    }
    pairs.append(("generation", "\(info.generation)"))
    for line in info.parameters.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1).map { String($0) }
      pairs.append((parts[0], parts.count > 1 ? parts[1] : ""))
    }
    return pairs
  }
}
