internal import Glibc

/// A text that lives as long as the library, as C has it.
@safe
struct StaticText: @unchecked Sendable {
  // Unchecked: never written after it was made.
  let pointer: UnsafePointer<CChar>?

  /// Copies a text.
  init(_ text: String) { unsafe pointer = UnsafePointer(strdup(text)) }
}
