/// Makes records out of files that are neither text nor compressed text, such as Parquet.
///
/// What does that stands outside of the library, so that it needs no library for it.
public protocol InputConverter: Sendable {
  /// Whether a file has to be converted.
  ///
  /// - Parameter path: as the user named it.
  /// - Returns: false where it is read as it is.
  func takes(_ path: String) -> Bool

  /// Begins to convert a file.
  ///
  /// - Parameters:
  ///   - path: as the user named it.
  ///   - descriptor: the open file, which the converter closes.
  /// - Returns: its records as JSON Lines.
  /// - Throws: ``SidikError`` where that cannot be done.
  func open(_ path: String, _ descriptor: Int32) throws -> any ConvertedInput
}

/// A file that is being converted; ends with the object.
public protocol ConvertedInput: AnyObject, Sendable {
  /// Gives JSON Lines, once.
  var descriptor: Int32 { get }

  /// Is called at the end of what ``descriptor`` gives.
  ///
  /// - Throws: ``SidikError`` where the end came early.
  func finish() throws
}
