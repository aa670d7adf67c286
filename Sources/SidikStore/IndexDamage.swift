internal import SidikCore

/// What is wrong with a file of an index, before it is known which file it is.
struct IndexDamage: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }

  /// A version that this program cannot read.
  init(version: UInt32) {
    self.init(
      "is of format version \(version); this program reads version \(IndexFormat.version)"
    )
  }

  /// The error a user sees.
  func error(_ file: String) -> SidikError {
    SidikError(.incompatible, reason, file: file)
  }
}
