import Glibc
public import SidikCore
internal import SidikStore

/// Documents of shards, sketched already, for ``Pipeline``.
///
/// Every frame is checked against its checksum before a byte of it is used, and a file that ends
/// early is an error: no document is lost silently.
public final class ShardSource: DocumentSource {
  private let paths: [String]
  private let parameters: String
  private var next = 0
  private var file: OpenShard?

  /// Opens nothing yet.
  ///
  /// - Parameters:
  ///   - paths: files of shards, in any order.
  ///   - configuration: the run that they are for; one file may not have been made with others.
  public init(_ paths: [String], _ configuration: PipelineConfiguration) {
    self.paths = paths
    parameters = configuration.sketchParameters
  }

  /// Whether a file begins like one of a shard.
  public static func isShard(_ path: String) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { _ = close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: ShardFrames.magic.count)
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return false
    }
    return unsafe pread(descriptor, &bytes, bytes.count, 0) == bytes.count
      && bytes == ShardFrames.magic
  }

  /// The next frame's documents, or nil at the end of the last file.
  public func nextChunk() throws -> (any DocumentChunk)? {
    while true {
      if file == nil {
        guard next < paths.count else { return nil }
        file = try OpenShard(paths[next], parameters)
        next += 1
      }
      if let payload = try file?.nextPayload() {
        return ShardChunk(payload: payload, path: paths[next - 1])
      }
      file = nil
    }
  }
}

/// The documents of one frame.
struct ShardChunk: DocumentChunk {
  let payload: [UInt8]
  let path: String

  var byteCount: Int { payload.count }

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
    guard var chunk = SketchedChunk.decoded(payload, try TextDecompressor()) else {
      throw SidikError(.incompatible, "a frame of the shard is damaged", file: path)
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
}

/// One file that is being read.
private final class OpenShard {
  private let path: String
  private let descriptor: Int32
  private let size: Int
  private var place = 0
  private var documents: UInt64 = 0

  init(_ path: String, _ parameters: String) throws {
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw SidikError(.file, unsafe String(cString: strerror(errno)), file: path)
    }
    var status = stat()
    size = unsafe fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    let expected = ShardFrames.header(parameters)
    var head = ShardBytes(try read(ShardFrames.magic.count + 4))
    guard head.run(ShardFrames.magic.count).map(Array.init) == ShardFrames.magic,
      let length: UInt32 = head.number(), length < 1 << 16
    else { throw damage("is no shard") }
    place = 0
    let found = try read(ShardFrames.magic.count + 4 + Int(length) + 8)
    guard ShardFrames.checksum(Array(found.dropLast(8))) == Array(found.suffix(8)).last64 else {
      throw damage("the beginning of the shard is damaged")
    }
    guard found == expected else {
      let own = String(decoding: found.dropFirst(12).dropLast(8), as: UTF8.self)
      throw damage("was made with other parameters: \(own), not \(parameters)")
    }
  }

  deinit { if descriptor >= 0 { _ = close(descriptor) } }

  /// The payload of the next frame with documents, nil behind the last.
  func nextPayload() throws -> [UInt8]? {
    var head = ShardBytes(try read(ShardFrames.headBytes))
    guard let kind: UInt32 = head.number(), let length: UInt64 = head.number(),
      let checksum: UInt64 = head.number()
    else { throw damage("a frame of the shard is damaged") }
    guard length <= UInt64(size - place) else { throw damage("the shard ends early") }
    let payload = try read(Int(length))
    guard ShardFrames.checksum(payload) == checksum else {
      throw damage("a frame of the shard is damaged")
    }
    var numbers = ShardBytes(payload)
    if kind == ShardFrames.end {
      guard numbers.number(UInt64.self) == documents, place == size else {
        throw damage("the shard lacks documents")
      }
      return nil
    }
    guard kind == ShardFrames.chunk, let count: UInt32 = numbers.number() else {
      throw damage("a frame of the shard is damaged")
    }
    documents += UInt64(count)
    return payload
  }

  private func read(_ count: Int) throws -> [UInt8] {
    guard count <= size - place else { throw damage("the shard ends early") }
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      while used < count {
        let base = unsafe buffer.baseAddress.map { unsafe $0 + used }
        let got = unsafe pread(descriptor, base, count - used, place + used)
        if got > 0 { used += got } else if got == 0 || errno != EINTR { return }
      }
    }
    guard bytes.count == count else { throw damage("the shard cannot be read") }
    place += count
    return bytes
  }

  private func damage(_ reason: String) -> SidikError {
    SidikError(.incompatible, reason, file: path)
  }
}

extension [UInt8] {
  /// Eight bytes as a number.
  fileprivate var last64: UInt64? {
    var reader = ShardBytes(self)
    return reader.number()
  }
}
