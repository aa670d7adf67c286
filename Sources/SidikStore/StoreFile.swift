internal import Glibc
internal import SidikCore

/// The system calls of an index, each with an error that names the file.
enum StoreFile {
  /// Opens a new file to write it; one that is there is emptied.
  static func create(_ path: String) throws -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    let descriptor = unsafe open(path, flags, 0o666)
    guard descriptor >= 0 else { throw fault(errno, path) }
    return descriptor
  }

  /// Writes all bytes at an offset.
  static func write(
    _ bytes: UnsafeRawBufferPointer,
    to descriptor: Int32,
    at offset: Int,
    _ path: String
  ) throws {
    var done = 0
    while done < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
      let put = unsafe pwrite(descriptor, rest.baseAddress, rest.count, offset + done)
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw fault(put == 0 ? ENOSPC : errno, path) }
      done += put
    }
  }

  /// Makes what was written durable.
  static func sync(_ descriptor: Int32, _ path: String) throws {
    while fsync(descriptor) != 0 {
      if errno != EINTR { throw fault(errno, path) }
    }
  }

  /// Writes a small file, whole and durable.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = try create(path)
    defer { _ = close(descriptor) }
    try unsafe bytes.withUnsafeBytes { try unsafe write($0, to: descriptor, at: 0, path) }
    try sync(descriptor, path)
  }

  /// Makes the names in a folder durable.
  static func syncFolder(_ path: String) throws {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw fault(errno, path) }
    defer { _ = close(descriptor) }
    try sync(descriptor, path)
  }

  /// Gives a file another name; one that has it is replaced.
  static func rename(_ path: String, to target: String) throws {
    guard unsafe Glibc.rename(path, target) == 0 else { throw fault(errno, target) }
  }

  /// Takes a file's name away, if it has one.
  static func remove(_ path: String) { _ = unsafe unlink(path) }

  /// The bytes of a file, or nil where there is none.
  static func read(_ path: String) throws -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT { return nil }
    guard descriptor >= 0 else { throw fault(errno, path) }
    defer { _ = close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw fault(errno, path) }
      if got == 0 { return bytes }
      bytes += buffer[..<got]
    }
  }

  /// The names in a folder.
  static func names(in folder: String) throws -> [String] {
    guard let stream = unsafe opendir(folder) else { throw fault(errno, folder) }
    defer { _ = unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes a folder; one that is there must be empty.
  static func makeFolder(_ path: String) throws {
    if unsafe mkdir(path, 0o777) == 0 { return }
    guard errno == EEXIST else { throw fault(errno, path) }
    let names = try names(in: path)
    if names.contains("MANIFEST") {
      throw SidikError(.usage, "is an index already", file: path)
    }
    // What a creation that ended early leaves.
    guard names.allSatisfy({ ["MANIFEST.new", "LOCK"].contains($0) }) else {
      throw SidikError(.usage, "is a folder that holds other files", file: path)
    }
  }

  /// The error of a failed call.
  static func fault(_ code: Int32, _ path: String) -> SidikError {
    switch code {
    case ENOSPC, EDQUOT:
      return SidikError(.budget, "cannot be written: no space left on the device", file: path)
    case EFBIG:
      let reason = "cannot be written: the limit on the size of files is reached"
      return SidikError(.budget, reason, file: path)
    default:
      let text = unsafe String(cString: strerror(code))
      let reason = text.prefix(1).lowercased() + text.dropFirst()
      return SidikError(.file, "cannot be used: \(reason)", file: path)
    }
  }

  /// A path put together from a folder and a name.
  static func join(_ folder: String, _ name: String) -> String {
    folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
  }
}
