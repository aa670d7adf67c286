internal import Glibc
internal import SidikCore

/// The lock of the one process that writes an index; it goes with the process, however that ends.
final class WriterLock {
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Parameter folder: the index.
  /// - Throws: ``SidikError`` of code `busy` where another process has it.
  init(_ folder: String) throws {
    let path = StoreFile.join(folder, "LOCK")
    let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard opened >= 0 else { throw StoreFile.fault(errno, path) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      defer { _ = close(opened) }
      guard code == EWOULDBLOCK || code == EINTR else { throw StoreFile.fault(code, path) }
      throw SidikError(
        .busy,
        "is being written by \(Self.owner(opened)); one process at a time can write an index",
        file: folder
      )
    }
    descriptor = opened
    _ = ftruncate(descriptor, 0)
    let text = Array("\(getpid())\n".utf8)
    _ = unsafe pwrite(descriptor, text, text.count, 0)
  }

  deinit {
    // Closing alone leaves the lock to a process that is just being started and has the descriptor till then.
    _ = flock(descriptor, LOCK_UN)
    _ = close(descriptor)
  }

  /// Who wrote their number into the file.
  private static func owner(_ descriptor: Int32) -> String {
    var text = [UInt8](repeating: 0, count: 32)
    let count = unsafe pread(descriptor, &text, text.count, 0)
    let digits = text[..<max(0, count)].prefix { $0 >= 48 && $0 <= 57 }
    return digits.isEmpty ? "another process" : "process " + String(decoding: digits, as: UTF8.self)
  }
}
