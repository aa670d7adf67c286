internal import SidikCore

/// A polynomial over the words of a window that moves along (Karp, Rabin 1987).
struct WindowHash {
  private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// What the first word of a full window contributes.
  private let highest: UInt64
  private(set) var value: UInt64 = 0

  /// An empty window.
  init(width: Int) {
    highest = (1..<width).reduce(UInt64(1)) { power, _ in power &* Self.base }
  }

  /// Takes a word in at the end.
  @inline(__always)
  mutating func append(_ word: UInt64) { value = value &* Self.base &+ word }

  /// Takes the first word of a full window away.
  @inline(__always)
  mutating func drop(_ word: UInt64) { value &-= word &* highest }
}
