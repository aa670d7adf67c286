import Glibc
internal import SidikCore

/// One file of frames that is being read; no byte of a payload is given before its checksum was
/// looked at.
final class FrameFile {
  /// The head of a frame.
  struct Head {
    var kind: UInt32
    var length: Int
    var checksum: UInt64
  }

  private let path: String
  private let kind: ShardFrames.Kind
  private let descriptor: Int32
  private let size: Int
  private var place = 0

  /// Opens a file and checks its beginning.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - kind: what it must be.
  ///   - parameters: the line that it must have been made with.
  /// - Throws: ``SidikError`` where it cannot be read, is something else or made with others.
  init(_ path: String, _ kind: ShardFrames.Kind, _ parameters: String) throws {
    self.path = path
    self.kind = kind
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw SidikError(.file, unsafe String(cString: strerror(errno)), file: path)
    }
    var status = stat()
    size = unsafe fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    let expected = ShardFrames.header(kind, parameters)
    var head = ShardBytes((try? read(kind.magic.count + 4)) ?? [])
    guard head.run(kind.magic.count).map(Array.init) == kind.magic,
      let length: UInt32 = head.number(), length < 1 << 16
    else { throw damage("is no \(kind.name)") }
    place = 0
    let found = try read(kind.magic.count + 4 + Int(length) + 8)
    var checksum = ShardBytes(Array(found.suffix(8)))
    guard ShardFrames.checksum(Array(found.dropLast(8))) == checksum.number() else {
      throw damage("the beginning of the \(kind.name) is damaged")
    }
    guard found == expected else {
      let own = String(decoding: found.dropFirst(12).dropLast(8), as: UTF8.self)
      throw damage("was made with other parameters: \(own), not \(parameters)")
    }
  }

  deinit { if descriptor >= 0 { _ = close(descriptor) } }

  /// Whether a file begins like one of a kind.
  static func isOne(_ path: String, _ kind: ShardFrames.Kind) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { _ = close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: kind.magic.count)
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return false
    }
    return unsafe pread(descriptor, &bytes, bytes.count, 0) == bytes.count && bytes == kind.magic
  }

  /// Whether nothing follows.
  var isAtEnd: Bool { place == size }

  /// The head of the next frame.
  func head() throws -> Head {
    var bytes = ShardBytes(try read(ShardFrames.headBytes))
    guard let kind: UInt32 = bytes.number(), let length: UInt64 = bytes.number(),
      let checksum: UInt64 = bytes.number()
    else { throw frameDamage }
    guard length <= UInt64(size - place) else { throw endsEarly }
    return Head(kind: kind, length: Int(length), checksum: checksum)
  }

  /// The payload behind a head.
  func payload(_ head: Head) throws -> [UInt8] {
    let payload = try read(head.length)
    guard ShardFrames.checksum(payload) == head.checksum else { throw frameDamage }
    return payload
  }

  /// Leaves the payload behind a head unread.
  func skip(_ head: Head) { place += head.length }

  private func read(_ count: Int) throws -> [UInt8] {
    guard count <= size - place else { throw endsEarly }
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      while used < count {
        let base = unsafe buffer.baseAddress.map { unsafe $0 + used }
        let got = unsafe pread(descriptor, base, count - used, off_t(place + used))
        if got > 0 { used += got } else if got == 0 || errno != EINTR { return }
      }
    }
    guard bytes.count == count else { throw damage("the \(kind.name) cannot be read") }
    place += count
    return bytes
  }

  private var endsEarly: SidikError { damage("the \(kind.name) ends early") }

  /// A frame that is not what was written.
  var frameDamage: SidikError { damage("a frame of the \(kind.name) is damaged") }

  /// A fault of the file.
  func damage(_ reason: String) -> SidikError { SidikError(.incompatible, reason, file: path) }
}
