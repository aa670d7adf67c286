import Glibc
import SidikCore
import Synchronization

/// Standard output was closed by its reader, such as `head`; the program ends quietly.
public struct BrokenPipe: Error, Sendable, Hashable {
  /// Makes the error.
  public init() {}
}

/// Writes a file that appears only when it is whole.
///
/// Bytes go to a temporary name in the same folder, which ``finish()`` syncs and renames; until
/// then, and whatever goes wrong, a file that was there stays as it was. `-` is standard
/// output. Devices and pipes are written in place.
public final class OutputFile {
  private static let bufferBytes = 1 << 18

  /// The path as the user named it.
  public let path: String

  private let target: String
  private let temporary: String?
  private let replaces: Bool
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  /// Opens an output.
  ///
  /// - Parameters:
  ///   - path: where to write; `-` is standard output.
  ///   - force: whether a file that exists may be replaced.
  ///   - inputs: the files that are read, none of which is ever replaced.
  /// - Returns: the open output.
  /// - Throws: ``SidikError`` where it may not or cannot be written.
  public static func open(
    _ path: String,
    force: Bool = false,
    inputs: Set<FileIdentity> = []
  ) throws -> OutputFile {
    if path == "-" {
      // A closed pipe is to be an error of `write`, not the end of the process.
      _ = signal(SIGPIPE, SIG_IGN)
      return OutputFile(path: path, target: path, temporary: nil, replaces: false, 1)
    }
    let target = resolved(path)
    guard let status = FileStatus(path: target) else {
      return try create(path, target, replaces: force, mode: nil)
    }
    if inputs.contains(status.identity) {
      throw SidikError(.usage, "is one of the inputs, which are never changed", file: path)
    }
    switch status.kind {
    case .folder: throw SidikError(.file, "is a folder", file: path)
    case .file:
      guard force else {
        throw SidikError(.usage, "exists already; --force replaces it", file: path)
      }
      return try create(path, target, replaces: true, mode: status.mode)
    case .other:
      _ = signal(SIGPIPE, SIG_IGN)
      let descriptor = unsafe Glibc.open(target, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw fault(errno, path) }
      return OutputFile(path: path, target: target, temporary: nil, replaces: true, descriptor)
    }
  }

  /// Makes the temporary file beside the target.
  private static func create(
    _ path: String,
    _ target: String,
    replaces: Bool,
    mode: UInt32?
  ) throws -> OutputFile {
    let cut = target.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = cut.map { String(target[...$0]) } ?? ""
    for attempt in 0..<100 {
      let temporary = "\(folder).sidik-\(getpid())-\(UInt32.random(in: 0 ... .max))-\(attempt)"
      let descriptor = unsafe Glibc.open(
        temporary,
        O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
        0o666
      )
      if descriptor >= 0 {
        if let mode { _ = fchmod(descriptor, mode) }
        return OutputFile(
          path: path,
          target: target,
          temporary: temporary,
          replaces: replaces,
          descriptor
        )
      }
      if errno != EEXIST { throw fault(errno, path) }
    }
    throw SidikError(.file, "no temporary name is free beside it", file: path)
  }

  /// The path behind symbolic links, so that the link stays a link.
  private static func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  private init(
    path: String,
    target: String,
    temporary: String?,
    replaces: Bool,
    _ descriptor: Int32
  ) {
    self.path = path
    self.target = target
    self.temporary = temporary
    self.replaces = replaces
    self.descriptor = descriptor
    if let temporary { Self.unfinished.withLock { _ = $0.insert(temporary) } }
  }

  deinit { discard() }

  /// Temporary files that have no name of their own yet, for a program that is interrupted.
  private static let unfinished = Mutex<Set<String>>([])

  /// Removes every unfinished output of this process: the last act of an interrupted program.
  public static func discardAll() {
    unfinished.withLock { paths in
      for path in paths { _ = unsafe unlink(path) }
    }
  }

  /// Writes bytes.
  ///
  /// - Parameter bytes: what to write.
  /// - Throws: ``BrokenPipe`` where the reader of a pipe is gone; ``SidikError`` of code
  ///   `budget` where the disk is full.
  public func write(_ bytes: some Collection<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferBytes { try flush() }
  }

  /// Passes on what is buffered.
  ///
  /// - Throws: as ``write(_:)``.
  public func flush() throws {
    var done = 0
    while done < buffer.count {
      let put = unsafe buffer.withUnsafeBytes { all in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: all[done...])
        return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if put >= 0 {
        done += put
      } else if errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&wait, 1, -1)
      } else if errno != EINTR {
        let code = errno
        buffer.removeAll()
        discard()
        throw Self.fault(code, path)
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes all that is left, syncs it and gives the file its name.
  ///
  /// - Throws: as ``write(_:)``, and where the name is taken meanwhile.
  public func finish() throws {
    guard descriptor >= 0 else { return }
    try flush()
    guard let temporary else {
      if descriptor > 2 { _ = close(descriptor) }
      descriptor = -1
      return
    }
    let synced = fsync(descriptor) == 0 ? 0 : errno
    let closed = close(descriptor) == 0 ? 0 : errno
    descriptor = -1
    defer { forget() }
    let code = synced != 0 ? synced : closed
    if code == 0, try rename(temporary) {
      syncFolder()
      return
    }
    let reason = code != 0 ? code : errno
    _ = unsafe unlink(temporary)
    throw Self.fault(reason, path)
  }

  /// Gives the file its name; false with `errno` set where that fails.
  private func rename(_ temporary: String) throws -> Bool {
    if replaces { return unsafe Glibc.rename(temporary, target) == 0 }
    // A hard link never replaces what another program has put there meanwhile.
    if unsafe link(temporary, target) == 0 {
      _ = unsafe unlink(temporary)
      return true
    }
    if errno == EEXIST {
      _ = unsafe unlink(temporary)
      throw SidikError(.usage, "exists already; --force replaces it", file: path)
    }
    return unsafe Glibc.rename(temporary, target) == 0
  }

  private func syncFolder() {
    let cut = target.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = cut.map { String(target[...$0]) } ?? "."
    let opened = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { return }
    _ = fsync(opened)
    _ = close(opened)
  }

  /// Gives up: the temporary file is removed, what was there before stays.
  public func discard() {
    guard descriptor >= 0 else { return }
    if descriptor > 2 { _ = close(descriptor) }
    descriptor = -1
    if let temporary { _ = unsafe unlink(temporary) }
    forget()
  }

  private func forget() {
    if let temporary { Self.unfinished.withLock { _ = $0.remove(temporary) } }
  }

  private static func fault(_ code: Int32, _ path: String) -> any Error {
    switch code {
    case EPIPE: BrokenPipe()
    case EFBIG:
      SidikError(
        .budget,
        "cannot be written: the limit on the size of files is reached",
        file: path
      )
    case ENOSPC, EDQUOT:
      SidikError(.budget, "cannot be written: no space left on the device", file: path)
    default: SidikError(.file, "cannot be written: \(systemReason(code))", file: path)
    }
  }
}
