import Glibc
import Synchronization

/// Bytes kept on disk for the length of a run: a temporary file without a name.
///
/// Bytes are appended by any thread, one at a time, and read by any number of threads by
/// their offset. The file has no name, so nothing is left behind however the program ends.
public final class Spool: Sendable {
  private struct Tail {
    var buffer: [UInt8] = []
    var flushed = 0
  }

  private static let bufferBytes = 1 << 20
  /// So many bytes at once are written as they are.
  private static let directBytes = 1 << 16
  private let descriptor: Int32
  private let folder: String
  private let tail = Mutex(Tail())

  /// Makes an empty spool.
  ///
  /// - Parameter folder: where it is kept; nil is `TMPDIR`, or `/tmp`.
  /// - Throws: ``SidikError`` where the folder cannot be written.
  public init(folder: String? = nil) throws {
    var place = "/tmp"
    if let folder {
      place = folder
    } else if let named = unsafe getenv("TMPDIR"), unsafe named.pointee != 0 {
      place = unsafe String(cString: named)
    }
    self.folder = place
    // mkstemp(3) puts a name of its own in the place of six letters X.
    var pattern = Array((place + "/sidik-" + String(repeating: "X", count: 6)).utf8CString)
    descriptor = unsafe mkstemp(&pattern)
    guard descriptor >= 0 else {
      throw Self.fault(errno, folder: place)
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = unsafe unlink(pattern)
  }

  deinit {
    _ = close(descriptor)
  }

  /// How many bytes were appended.
  public var count: Int {
    tail.withLock { $0.flushed + $0.buffer.count }
  }

  /// Appends bytes.
  ///
  /// - Parameter bytes: what to keep.
  /// - Returns: the offset at which they stand.
  /// - Throws: ``SidikError`` of code `budget` where the disk is full.
  @discardableResult
  public func append(_ bytes: some Collection<UInt8>) throws -> Int {
    try tail.withLock { tail in
      let offset = tail.flushed + tail.buffer.count
      let isWritten = try bytes.withContiguousStorageIfAvailable { bytes in
        guard bytes.count >= Self.directBytes else { return false }
        try flush(&tail)
        tail.flushed += try unsafe write(UnsafeRawBufferPointer(bytes), at: tail.flushed)
        return true
      }
      if isWritten == true { return offset }
      tail.buffer.append(contentsOf: bytes)
      if tail.buffer.count >= Self.bufferBytes { try flush(&tail) }
      return offset
    }
  }

  /// Reads bytes that were appended.
  ///
  /// - Parameters:
  ///   - range: which bytes; they must have been appended.
  ///   - output: receives them at its end.
  /// - Throws: ``SidikError`` where the file cannot be read.
  public func read(_ range: Range<Int>, onto output: inout [UInt8]) throws {
    let onDisk = try tail.withLock { tail in
      precondition(range.upperBound <= tail.flushed + tail.buffer.count, "past the spool's end")
      if range.upperBound > tail.flushed { try flush(&tail) }
      return tail.flushed
    }
    precondition(range.upperBound <= onDisk)
    var offset = range.lowerBound
    var failure: Int32 = 0
    output.append(addingCapacity: range.count) { (span: inout OutputSpan<UInt8>) in
      unsafe span.withUnsafeMutableBufferPointer { free, used in
        guard let base = free.baseAddress else { return }
        while offset < range.upperBound {
          let got = unsafe pread(descriptor, base + used, range.upperBound - offset, offset)
          if got > 0 {
            used += got
            offset += got
          } else if got == 0 || errno != EINTR {
            failure = got == 0 ? EIO : errno
            return
          }
        }
      }
    }
    guard failure == 0 else { throw Self.fault(failure, folder: folder) }
  }

  /// Reads bytes that were appended.
  ///
  /// - Parameter range: which bytes; they must have been appended.
  /// - Returns: the bytes.
  /// - Throws: ``SidikError`` where the file cannot be read.
  public func read(_ range: Range<Int>) throws -> [UInt8] {
    var output: [UInt8] = []
    try read(range, onto: &output)
    return output
  }

  /// Maps all that was appended so far into memory, for readers on many threads.
  ///
  /// - Returns: the mapping; it stays valid after the spool is gone.
  /// - Throws: ``SidikError`` where it cannot be mapped.
  public func map() throws -> SpoolMap {
    let count = try tail.withLock { tail in
      try flush(&tail)
      return tail.flushed
    }
    return try SpoolMap(descriptor: descriptor, count: count, folder: folder)
  }

  /// A descriptor of its own on the same file, placed at the start.
  ///
  /// - Returns: the descriptor, which the caller closes; positions are not shared.
  /// - Throws: ``SidikError`` where none is left.
  public func reopened() throws -> Int32 {
    try tail.withLock { try flush(&$0) }
    let path = "/proc/self/fd/\(descriptor)"
    let copy = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard copy >= 0 else { throw Self.fault(errno, folder: folder) }
    return copy
  }

  private func flush(_ tail: inout Tail) throws {
    tail.flushed += try unsafe tail.buffer.withUnsafeBytes { bytes in
      try unsafe write(bytes, at: tail.flushed)
    }
    tail.buffer.removeAll(keepingCapacity: true)
  }

  /// Writes bytes at an offset of the file; returns how many.
  private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws -> Int {
    var done = 0
    while done < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
      let put = unsafe pwrite(descriptor, rest.baseAddress, rest.count, offset + done)
      if put < 0 {
        if errno == EINTR { continue }
        throw Self.fault(errno, folder: folder)
      }
      done += put
    }
    return done
  }

  static func fault(_ code: Int32, folder: String) -> SidikError {
    if [ENOSPC, EDQUOT, EFBIG].contains(code) {
      return SidikError(
        .budget,
        "no space left for temporary files; set TMPDIR to a roomier folder",
        file: folder
      )
    }
    let reason = unsafe String(cString: strerror(code))
    return SidikError(.file, "cannot keep temporary files here: \(reason)", file: folder)
  }
}

/// The bytes of a ``Spool``, mapped into memory.
@safe
public final class SpoolMap: @unchecked Sendable {
  private let base: UnsafeRawPointer?
  /// How many bytes there are.
  public let count: Int

  fileprivate init(descriptor: Int32, count: Int, folder: String) throws {
    self.count = count
    guard count > 0 else {
      unsafe base = nil
      return
    }
    let address = unsafe mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw Spool.fault(errno, folder: folder)
    }
    unsafe base = UnsafeRawPointer(address)
  }

  /// Takes bytes that are in memory, so that they are read like those of a spool.
  ///
  /// - Parameter bytes: copied.
  /// - Throws: ``SidikError`` of code `budget` where there is no memory.
  public init(copying bytes: [UInt8]) throws {
    count = bytes.count
    guard count > 0 else {
      unsafe base = nil
      return
    }
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    let address = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw SidikError(.budget, "not enough memory for \(count) bytes of texts")
    }
    unsafe address.copyMemory(from: bytes, byteCount: count)
    unsafe base = UnsafeRawPointer(address)
  }

  deinit {
    if let base = unsafe base {
      _ = unsafe munmap(UnsafeMutableRawPointer(mutating: base), count)
    }
  }

  /// Gives the mapped bytes to `body`.
  ///
  /// - Parameter body: reads the bytes; they must not leave it.
  /// - Returns: what `body` returns.
  /// - Throws: what `body` throws.
  public func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let all = unsafe UnsafeRawBufferPointer(start: base, count: count)
    let bytes = unsafe Span<UInt8>(_unsafeBytes: all)
    return try body(bytes)
  }

  /// The mapped bytes, for kernels; they are valid while this object lives.
  public var unsafeBytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: base, count: count)
  }
}
