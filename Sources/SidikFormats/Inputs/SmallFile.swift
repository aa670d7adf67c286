import Glibc
public import SidikCore

/// Files that are read whole, such as keys.
public enum SmallFile {
  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - path: which.
  ///   - limit: bytes that it may have at most.
  /// - Returns: all of them.
  /// - Throws: ``SidikError`` where it cannot be read or is larger.
  public static func read(_ path: String, limit: Int) throws -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw SidikError(.file, unsafe String(cString: strerror(errno)), file: path)
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count < bytes.count {
      let got = unsafe bytes[count...].withUnsafeMutableBytes { part in
        unsafe Glibc.read(descriptor, part.baseAddress, part.count)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else {
        throw SidikError(.file, unsafe String(cString: strerror(errno)), file: path)
      }
      if got == 0 { break }
      count += got
    }
    guard count <= limit else {
      throw SidikError(.usage, "is larger than the \(limit) bytes such a file may have", file: path)
    }
    return Array(bytes[..<count])
  }
}

extension HashKeys {
  /// Keys derived from the secret in a file.
  ///
  /// - Parameter path: the file; all its bytes are the secret, at least 16 and at most 64 KB.
  /// - Throws: ``SidikError`` with the file where it cannot be read or is too short or too long.
  public init(secretFile path: String) throws {
    let secret = try SmallFile.read(path, limit: 1 << 16)
    do {
      try self.init(secret: secret)
    } catch {
      throw SidikError(error.code, error.message, file: path)
    }
  }
}
