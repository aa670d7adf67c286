/// What the reader found out or chose for one input, for a person to read.
public struct InputNote: Sendable, Hashable {
  /// What a note is about.
  public enum Kind: String, Sendable, Hashable {
    /// Format, encoding and fields were chosen.
    case detected
    /// The input holds no documents.
    case empty
    /// The input was named more than once.
    case repeated
    /// Something is odd, and what was done about it.
    case warning
  }

  /// The file as the user named it; `-` is standard input.
  public let file: String
  /// What it is about.
  public let kind: Kind
  /// One sentence without the file.
  public let message: String

  /// Makes a note.
  public init(file: String, kind: Kind, _ message: String) {
    self.file = file
    self.kind = kind
    self.message = message
  }

  /// One line a message, files with the same message taken together.
  ///
  /// - Parameter notes: in the order they came.
  /// - Returns: lines such as `a.csv: CSV with ';', UTF-8` or `3 files (a.txt, ...): text, UTF-8`.
  public static func lines(_ notes: [InputNote]) -> [String] {
    var order: [String] = []
    var files: [String: [String]] = [:]
    for note in notes {
      if files[note.message] == nil { order.append(note.message) }
      files[note.message, default: []].append(note.file)
    }
    return order.map { message in
      let named = files[message] ?? []
      if named.count <= 2 { return named.joined(separator: ", ") + ": " + message }
      return "\(named.count) files (\(named[0]), ...): \(message)"
    }
  }
}
