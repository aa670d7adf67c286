/// A fault that a user of Sidik can cause or meet: bad options, bad data, no room, a bad file.
///
/// Misuse of the API traps; bad input never does, it ends here. `code` decides the exit code
/// of the command-line program (``Code/exitStatus``).
public struct SidikError: Error, Sendable, Hashable {
  /// The kind of fault; extensible, so compare with the static members.
  public struct Code: Sendable, Hashable {
    /// The stable name, as it stands in `--stats` and in JSON errors.
    public let name: String
    /// The exit status of a program that ends for this reason.
    public let exitStatus: Int32

    /// Options that contradict each other or are out of range.
    public static let usage = Code(name: "usage", exitStatus: 2)
    /// Input that cannot be read as what it claims to be.
    public static let data = Code(name: "data", exitStatus: 2)
    /// A file or folder that cannot be opened, read or written.
    public static let file = Code(name: "file", exitStatus: 2)
    /// No room left on disk, or over the memory budget.
    public static let budget = Code(name: "budget", exitStatus: 4)
    /// Sketches or an index made with other parameters, or a damaged one.
    public static let incompatible = Code(name: "incompatible", exitStatus: 5)
    /// An index that another process is writing; trying again later may help.
    public static let busy = Code(name: "busy", exitStatus: 6)
  }

  /// What kind of fault it is.
  public let code: Code
  /// One sentence for a person, without the position.
  public let message: String
  /// The file it happened in, as the user named it.
  public let file: String?
  /// The 1-based line in `file`.
  public let line: Int?
  /// The 0-based byte offset in `file` (after decompression).
  public let offset: Int?

  /// Makes an error with as much of its position as is known.
  public init(
    _ code: Code,
    _ message: String,
    file: String? = nil,
    line: Int? = nil,
    offset: Int? = nil
  ) {
    self.code = code
    self.message = message
    self.file = file
    self.line = line
    self.offset = offset
  }
}

extension SidikError: CustomStringConvertible {
  /// The position, if any, and the message, on one line.
  public var description: String {
    var position = ""
    if let file { position += file + ":" }
    if let line { position += "\(line):" }
    if let offset { position += " byte \(offset):" }
    return position.isEmpty ? message : position + " " + message
  }
}
