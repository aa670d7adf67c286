public import Foundation

/// A folder of a test's own, gone with all it holds when the last reference to it goes.
public final class ScratchFolder: Sendable {
  public let url: URL

  public init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("sidik-tests-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A file or folder in it.
  public func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  /// Writes a file and returns where it stands.
  @discardableResult
  public func write(_ name: String, _ content: some DataProtocol) throws -> URL {
    let target = file(name)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(content).write(to: target)
    return target
  }

  /// Writes a file of text and returns where it stands.
  @discardableResult
  public func write(_ name: String, _ text: String) throws -> URL {
    try write(name, Array(text.utf8))
  }

  /// The bytes of a file.
  public func data(_ name: String) throws -> Data { try Data(contentsOf: file(name)) }

  /// The text of a file.
  public func text(_ name: String) throws -> String {
    String(decoding: try data(name), as: UTF8.self)
  }

  /// The paths of all files in it or in a folder of it, hidden ones too, sorted.
  public func files(in folder: String = "") -> [String] {
    let start = folder.isEmpty ? url : file(folder)
    let found = FileManager.default.enumerator(atPath: start.path)
    var names: [String] = []
    while let name = found?.nextObject() as? String {
      var isFolder: ObjCBool = false
      let path = start.appendingPathComponent(name).path
      _ = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      if !isFolder.boolValue { names.append(name) }
    }
    return names.sorted()
  }
}
