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
        tail.flushed += try unsafe put(UnsafeRawBufferPointer(bytes), at: tail.flushed)
        return true
      }
      if isWritten == true { return offset }
      tail.buffer.append(contentsOf: bytes)
      if tail.buffer.count >= Self.bufferBytes { try flush(&tail) }
      return offset
    }
  }

  /// Writes bytes over others, or behind the end; what is left between reads as zero.
  ///
  /// - Parameters:
  ///   - bytes: what to keep.
  ///   - offset: where; bytes that ``append(_:)`` adds afterwards stand behind all others.
  /// - Throws: ``SidikError`` of code `budget` where the disk is full.
  public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    try tail.withLock { tail in
      try flush(&tail)
      tail.flushed = max(tail.flushed, offset + bytes.count)
    }
    _ = try unsafe put(bytes, at: offset)
  }

  /// Reads bytes that were written, without the lock of writers.
  ///
  /// - Parameters:
  ///   - buffer: is filled.
  ///   - offset: where its first byte stands; all must have been written by
  ///     ``write(_:at:)`` or ``flush()``.
  /// - Throws: ``SidikError`` where the file cannot be read.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
    var done = 0
    while done < buffer.count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let got = unsafe pread(descriptor, rest.baseAddress, rest.count, offset + done)
      if got > 0 {
        done += got
      } else if got == 0 || errno != EINTR {
        throw Self.fault(got == 0 ? EIO : errno, folder: folder)
      }
    }
  }

  /// Asks the kernel to have bytes at hand soon.
  ///
  /// - Parameter range: which bytes; returns before they are there.
  public func prefetch(_ range: Range<Int>) {
    _ = posix_fadvise(descriptor, range.lowerBound, range.count, POSIX_FADV_WILLNEED)
  }

  /// Says that bytes will not be read soon, so that the kernel keeps others in memory.
  func release(_ range: Range<Int>) {
    _ = posix_fadvise(descriptor, range.lowerBound, range.count, POSIX_FADV_DONTNEED)
  }

  /// Hands what was appended to the file, for ``read(into:at:)``.
  ///
  /// - Throws: ``SidikError`` of code `budget` where the disk is full.
  public func flush() throws { try tail.withLock { try flush(&$0) } }

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
  /// - Parameter window: so many bytes of it stay in memory at most, about; see
  ///   ``SpoolMap/willRead(_:)``.
  /// - Returns: the mapping; it stays valid after the spool is gone.
  /// - Throws: ``SidikError`` where it cannot be mapped.
  public func map(window: Int = SpoolMap.defaultWindow) throws -> SpoolMap {
    let count = try tail.withLock { tail in
      try flush(&tail)
      return tail.flushed
    }
    return try SpoolMap(
      self,
      descriptor: descriptor,
      count: count,
      window: window,
      folder: folder
    )
  }

  /// Reads bytes into memory of their own.
  ///
  /// - Parameter range: which bytes; all must have been written.
  /// - Returns: the bytes; they stay valid after the spool is gone.
  /// - Throws: ``SidikError`` where the file cannot be read, or there is no memory.
  public func load(_ range: Range<Int>) throws -> SpoolMap {
    let map = try SpoolMap(room: range.count)
    try unsafe read(
      into: UnsafeMutableRawBufferPointer(mutating: map.unsafeBytes),
      at: range.lowerBound
    )
    return map
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
      try unsafe put(bytes, at: tail.flushed)
    }
    tail.buffer.removeAll(keepingCapacity: true)
  }

  /// Writes bytes at an offset of the file; returns how many.
  private func put(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws -> Int {
    var done = 0
    while done < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
      let put = unsafe pwrite(descriptor, rest.baseAddress, rest.count, offset + done)
      if put < 0 {
        if errno == EINTR { continue }
        throw Self.fault(errno, folder: folder, wanted: bytes.count - done)
      }
      done += put
    }
    return done
  }

  /// What is said where the file does not hold what was written to it.
  public var hasChanged: SidikError {
    SidikError(
      .file,
      "a temporary file has changed since it was written: the disk or the memory is at fault",
      file: folder
    )
  }

  static func fault(_ code: Int32, folder: String, wanted: Int = 0) -> SidikError {
    if [ENOSPC, EDQUOT, EFBIG].contains(code) {
      var room = statvfs()
      let isKnown = unsafe wanted > 0 && statvfs(folder, &room) == 0
      let free = Int(room.f_bavail) * Int(room.f_frsize)
      let missing =
        isKnown ? ": at least \(wanted) bytes more are needed, \(free) are free" : ""
      return SidikError(
        .budget,
        "no space left for temporary files\(missing); set TMPDIR or --temp-dir to a roomier folder",
        file: folder
      )
    }
    let reason = unsafe String(cString: strerror(code))
    return SidikError(.file, "cannot keep temporary files here: \(reason)", file: folder)
  }
}
