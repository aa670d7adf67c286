public import SidikCore
internal import SidikStore

/// Documents of shards, sketched already, for ``Pipeline``.
///
/// Every frame is checked against its checksum before a byte of it is used, and a file that ends
/// early is an error: no document is lost silently.
public final class ShardSource: DocumentSource {
  private let paths: [String]
  private let parameters: String
  private let readsTexts: Bool
  private var next = 0
  private var file: OpenShard?

  /// Opens nothing yet.
  ///
  /// - Parameters:
  ///   - paths: files of shards, in any order.
  ///   - configuration: the run that they are for; one file may not have been made with others.
  public convenience init(_ paths: [String], _ configuration: PipelineConfiguration) {
    self.init(paths, configuration, readsTexts: true)
  }

  /// Opens nothing yet.
  ///
  /// - Parameters:
  ///   - paths: files of shards, in any order.
  ///   - configuration: the run that they are for; one file may not have been made with others.
  ///   - readsTexts: whether texts and fields are wanted; else they are left where they are.
  init(_ paths: [String], _ configuration: PipelineConfiguration, readsTexts: Bool) {
    self.paths = paths
    self.readsTexts = readsTexts
    parameters = configuration.sketchParameters
  }

  /// Whether a file begins like one of a shard.
  public static func isShard(_ path: String) -> Bool { FrameFile.isOne(path, .shard) }

  /// Reads all files to their ends, and gives nothing of them.
  ///
  /// - Throws: ``SidikError`` where one is damaged, cut short or made with other parameters.
  public func check() throws {
    while try nextChunk() != nil {}
  }

  /// The next frame's documents, or nil at the end of the last file.
  public func nextChunk() throws -> (any DocumentChunk)? {
    while true {
      if file == nil {
        guard next < paths.count else { return nil }
        file = try OpenShard(paths[next], parameters)
        next += 1
      }
      if let found = try file?.nextPayloads(readsTexts: readsTexts) {
        return ShardChunk(payload: found.documents, texts: found.texts, path: paths[next - 1])
      }
      file = nil
    }
  }
}

/// The documents of one frame.
struct ShardChunk: DocumentChunk {
  let payload: [UInt8]
  /// Their packed texts; nil where these are not wanted.
  let texts: [UInt8]?
  let path: String

  var byteCount: Int { payload.count + (texts?.count ?? 0) }

  /// Shards hold no records as they were read.
  func parse(into batch: inout DocumentBatch) throws {
    throw SidikError(.usage, "is a shard; only cluster takes shards", file: path)
  }

  /// The sketched documents.
  ///
  /// - Parameter defaultSource: the source of those that name none.
  /// - Returns: the documents as sketching them leaves them.
  /// - Throws: ``SidikError`` where the frame is damaged.
  func sketched(defaultSource: [UInt8]?) throws -> SketchedChunk {
    guard let texts else { return try withoutTexts() }
    guard var chunk = SketchedChunk.decoded(payload, texts, try TextDecompressor()) else {
      throw damage
    }
    guard let defaultSource else { return chunk }
    let start = chunk.fields.count
    chunk.fields += defaultSource
    for index in chunk.documents.indices where chunk.documents[index].entry.source?.isEmpty ?? true
    {
      chunk.documents[index].entry.source = start..<chunk.fields.count
    }
    return chunk
  }

  /// Rows and signatures only.
  private func withoutTexts() throws -> SketchedChunk {
    guard var chunk = SketchedChunk.decoded(payload) else { throw damage }
    for index in chunk.documents.indices {
      chunk.documents[index].entry = DocumentBatch.Entry(
        text: 0..<0,
        id: 0..<0,
        source: nil,
        author: nil,
        time: nil,
        line: 0,
        record: 0..<0
      )
    }
    chunk.fields = []
    return chunk
  }

  private var damage: SidikError {
    SidikError(.incompatible, "a frame of the shard is damaged", file: path)
  }
}

/// One file that is being read.
private final class OpenShard {
  private let file: FrameFile
  private var documents: UInt64 = 0

  init(_ path: String, _ parameters: String) throws {
    file = try FrameFile(path, .shard, parameters)
  }

  /// The payloads of the next documents, nil behind the last.
  func nextPayloads(readsTexts: Bool) throws -> (documents: [UInt8], texts: [UInt8]?)? {
    let head = try file.head()
    let payload = try file.payload(head)
    var numbers = ShardBytes(payload)
    if head.kind == ShardFrames.end {
      guard numbers.number(UInt64.self) == documents, file.isAtEnd else {
        throw file.damage("the shard lacks documents")
      }
      return nil
    }
    guard head.kind == ShardFrames.chunk, let count: UInt32 = numbers.number() else {
      throw file.frameDamage
    }
    documents += UInt64(count)
    let texts = try file.head()
    guard texts.kind == ShardFrames.texts else { throw file.frameDamage }
    if readsTexts { return (payload, try file.payload(texts)) }
    file.skip(texts)
    return (payload, nil)
  }
}
