/// The numbers of an index, from its manifest alone.
public struct IndexInfo: Sendable, Hashable {
  /// Documents that were not removed.
  public var documents = 0
  /// Documents that were removed and still take room.
  public var removed = 0
  /// Segments.
  public var segments = 0
  /// Bytes of all segments.
  public var bytes = 0
  /// From the earliest to the latest time of a document, removed ones among them; nil where there
  /// are none.
  public var times: ClosedRange<Int64>?
  /// Rises with every commit.
  public var generation: UInt64
  /// What it was made with.
  public var parameters: String

  /// Reads the numbers.
  ///
  /// - Parameter folder: the index.
  /// - Throws: ``SidikError`` where there is no index, or its manifest is damaged.
  public init(_ folder: String) throws {
    let manifest = try Manifest(folder: folder)
    generation = manifest.generation
    parameters = manifest.parameters
    segments = manifest.segments.count
    for entry in manifest.segments {
      documents += entry.live
      removed += entry.removed
      bytes += entry.fileBytes
      let first = min(times?.lowerBound ?? .max, entry.times.lowerBound)
      times = first...max(times?.upperBound ?? .min, entry.times.upperBound)
    }
  }
}
