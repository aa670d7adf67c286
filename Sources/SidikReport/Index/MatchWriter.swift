public import SidikCluster
internal import SidikCore
internal import SidikFormats

/// Writes what an index answers, as `Documentation/Formats/matches.md` says.
public struct MatchWriter: Sendable {
  private let provenance: String
  private let folders: [String]

  /// Makes a writer.
  ///
  /// - Parameter indexes: those that were asked, in their order.
  public init(_ indexes: [OpenIndex]) {
    provenance =
      indexes.first.map { index in
        Provenance(PipelineConfiguration(profile: index.parameters.profile, keys: index.keys)).stamp
      } ?? SidikVersion.current
    folders = indexes.count > 1 ? indexes.map(\.folder) : []
  }

  /// A match as a line.
  ///
  /// - Parameters:
  ///   - query: the id of what was asked for; nil leaves it out.
  ///   - match: what was found.
  /// - Returns: one JSON object and a line feed.
  public func line(query: String?, _ match: IndexMatch) -> [UInt8] {
    JSONWriter.line { json in
      if let query { json.member("query", query) }
      append(match, to: &json)
      json.member("sidik", provenance)
    }
  }

  /// The value of the field `sidik` of a record that goes on.
  ///
  /// - Parameter match: the closest document of the index that is near enough; nil where none is.
  /// - Returns: one JSON object.
  public func annotation(_ match: IndexMatch?) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("known", match != nil)
      if let match { append(match, to: &json) }
      json.member("by", provenance)
    }
    return json.bytes
  }

  private func append(_ match: IndexMatch, to json: inout JSONWriter) {
    json.member("id", match.id)
    json.member("level", match.level?.rawValue ?? "estimated")
    json.member("verified", match.isVerified)
    if let scores = match.scores {
      json.append(scores)
    } else {
      json.member("jaccard", match.similarity, decimals: 4)
      json.member("same_digest", match.hasEqualDigest)
    }
    if let source = match.source { json.member("source", source) }
    if let time = match.time { json.member("time", Timestamp.text(seconds: time)) }
    if !folders.isEmpty { json.member("index", folders[match.index]) }
  }
}
