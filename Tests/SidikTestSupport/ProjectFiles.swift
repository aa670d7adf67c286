public import Foundation

/// Where the project's files stand, found from this source file.
public enum ProjectFiles {
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file or folder of the project.
  public static func url(_ path: String) -> URL { root.appendingPathComponent(path) }

  /// A text file of the project.
  public static func text(_ path: String) throws -> String {
    try String(contentsOf: url(path), encoding: .utf8)
  }

  /// A file or folder of the reference data beside the project, or nil where it is not there.
  public static func shared(_ path: String) -> URL? {
    let url = root.deletingLastPathComponent().appendingPathComponent("shared/" + path)
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }

  /// Whether the reference data stands beside the project; tests that need it say so.
  public static let hasShared = shared("corpora") != nil
}
