import Glibc
import SidikCore

/// What tells one file from another, whatever path leads to it.
public struct FileIdentity: Sendable, Hashable {
  /// The device.
  public let device: UInt64
  /// The inode on the device.
  public let inode: UInt64
}

/// What the system says of a path.
struct FileStatus {
  enum Kind { case file, folder, other }

  let kind: Kind
  let identity: FileIdentity
  let size: Int
  /// When the content last changed, in nanoseconds.
  let changed: Int
  /// The permission bits.
  let mode: UInt32

  private init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    default: kind = .other
    }
    identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    size = Int(status.st_size)
    mode = UInt32(status.st_mode) & 0o7777
    changed = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
  }

  /// Asks about a path, links followed; nil where nothing can be said (see `errno`).
  init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Asks about an open descriptor.
  init?(descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Asks about a path and names it in the error.
  static func of(_ path: String) throws -> FileStatus {
    guard let status = FileStatus(path: path) else {
      throw SidikError(.file, "cannot be opened: \(systemReason(errno))", file: path)
    }
    return status
  }
}

/// Listing folders and opening files.
enum FileSystem {
  /// The names in a folder, sorted by their bytes, without `.` and `..`.
  static func names(in folder: String) throws -> [String] {
    guard let stream = unsafe opendir(folder) else {
      throw SidikError(.file, "cannot be listed: \(systemReason(errno))", file: folder)
    }
    defer { _ = unsafe closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(validatingCString: $0)
        }
      }
      guard let name else {
        throw SidikError(.file, "holds a file whose name is not UTF-8", file: folder)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    if errno != 0 {
      throw SidikError(.file, "cannot be listed: \(systemReason(errno))", file: folder)
    }
    return names.sorted { bytesPrecede($0, $1) }
  }

  /// Whether one name stands before another by their UTF-8 bytes.
  static func bytesPrecede(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  /// Opens a file to read it.
  static func openToRead(_ path: String) throws -> Int32 {
    while true {
      let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
      if descriptor >= 0 { return descriptor }
      if errno != EINTR {
        throw SidikError(.file, "cannot be opened: \(systemReason(errno))", file: path)
      }
    }
  }

  /// A path put together from a folder and a name.
  static func join(_ folder: String, _ name: String) -> String {
    if folder.isEmpty { return name }
    return folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
  }

  /// The path behind a descriptor, where it is a regular file with a name.
  static func path(of descriptor: Int32) -> String? {
    guard let status = FileStatus(descriptor: descriptor), status.kind == .file else {
      return nil
    }
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
    guard count > 0,
      let path = String(validating: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self),
      FileStatus(path: path)?.identity == status.identity
    else { return nil }
    return path
  }
}
