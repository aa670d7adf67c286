/// The version of the program and the library.
public enum SidikVersion {
  /// Semantic version; a change of answers raises at least the minor number.
  public static let current = "0.1.0"
}
