import Glibc
import SidikCore

/// A folder in which a run keeps its finished stages, so that it can be continued after a kill.
///
/// A stage's file has another name until it is whole and synced; then `MANIFEST`, replaced in one
/// step, says that it is there, of which inputs and under which parameters. What no manifest
/// names is never used.
///
/// ```
/// MANIFEST   what the sketches are of, and their size
/// sketches   all documents of the inputs, sketched (a shard, Documentation/Formats/shards.md)
/// LOCK       held by the run that works in the folder
/// ```
public final class RunFolder {
  /// What was found in the folder.
  public enum State: Sendable, Hashable {
    /// Nothing of a run.
    case empty
    /// The sketches of these inputs, whole.
    case sketched
    /// A run of other inputs or parameters, which was taken away; says of which.
    case other(String)
    /// A run that ended before its sketches were whole, of which nothing is used.
    case unfinished
  }

  /// The folder as the user named it.
  public let path: String
  /// Where the sketches stand, or are to stand.
  public var sketches: String { path + "/sketches" }
  private var manifest: String { path + "/MANIFEST" }
  private let basis: String
  private let lock: Int32

  /// Opens a folder; one that is missing is made.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - parameters: all that decides the sketches, in one line.
  ///   - reader: the inputs.
  /// - Throws: ``SidikError`` where it cannot be used, another run works in it, it holds other
  ///   files, or an input can be read only once.
  public init(_ path: String, parameters: String, _ reader: InputReader) throws {
    self.path = path
    basis =
      "sidik-run 1\nversion \(SidikVersion.current)\nparameters \(parameters)\n"
      + "inputs \(try reader.fingerprint())\n"
    if unsafe mkdir(path, 0o777) != 0, errno != EEXIST {
      throw SidikError(.file, "cannot be made: \(systemReason(errno))", file: path)
    }
    let known: Set<String> = ["MANIFEST", "sketches", "LOCK"]
    for name in try FileSystem.names(in: path) where !known.contains(name) {
      // What a kill left of a file that was being written.
      guard name.hasPrefix(".sidik-") else {
        throw SidikError(.usage, "is a folder that holds other files", file: path)
      }
    }
    lock = unsafe open(path + "/LOCK", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard lock >= 0 else {
      throw SidikError(.file, "cannot be written: \(systemReason(errno))", file: path)
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      throw SidikError(.busy, "another run works in this folder", file: path)
    }
  }

  deinit { _ = close(lock) }

  /// Looks at what the folder holds, and takes away what is of no use.
  ///
  /// - Returns: what was found.
  /// - Throws: ``SidikError`` where it cannot be read.
  public func prepare() throws -> State {
    for name in try FileSystem.names(in: path) where name.hasPrefix(".sidik-") {
      _ = unsafe unlink(path + "/" + name)
    }
    let size = FileStatus(path: sketches)?.size
    guard FileStatus(path: manifest) != nil else {
      if size != nil { clear() }
      return size == nil ? .empty : .unfinished
    }
    let found = try readManifest()
    if let size, found == basis + "sketches \(size)\n" { return .sketched }
    clear()
    if found.hasPrefix(basis) { return .unfinished }
    let lines = { (text: String) in text.split(separator: "\n") }
    let names = zip(lines(found), lines(basis)).filter { $0 != $1 }
      .compactMap { $0.1.split(separator: " ").first }
    return .other(names.joined(separator: ", "))
  }

  private func readManifest() throws -> String {
    let descriptor = try FileSystem.openToRead(manifest)
    defer { _ = close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let got = unsafe read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes[..<max(0, got)], as: UTF8.self)
  }

  /// Says that the sketches are whole.
  ///
  /// - Throws: ``SidikError`` where that cannot be written.
  public func finishSketches() throws {
    let size = try FileStatus.of(sketches).size
    let file = try OutputFile.open(manifest, force: true)
    try file.write(Array((basis + "sketches \(size)\n").utf8))
    try file.finish()
  }

  /// Takes away what was found to be damaged.
  public func discard() { clear() }

  /// Takes away all that the run has kept; the folder goes too.
  public func remove() {
    clear()
    _ = unsafe unlink(path + "/LOCK")
    _ = unsafe rmdir(path)
  }

  /// The manifest goes first: nothing may be named that is not there.
  private func clear() {
    _ = unsafe unlink(manifest)
    _ = unsafe unlink(sketches)
  }
}
