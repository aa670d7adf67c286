internal import SidikCore

/// One of several parts of a corpus that are sketched apart, as `Documentation/Formats/shards.md`
/// describes their files.
///
/// What decides where a document goes is its text alone: the file it stands in, its place there and
/// how the file was read change nothing, and equal texts go together.
public struct Shard: Sendable, Hashable {
  /// Which part, from 1.
  public let index: Int
  /// How many parts.
  public let count: Int

  /// A part.
  ///
  /// - Returns: nil where `index` is not in 1...`count`.
  public init?(index: Int, count: Int) {
    guard count > 0, count <= 1 << 20, (1...count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// Whether a text belongs to this part.
  func takes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if count == 1 { return true }
    let digest = unsafe ExactDigest(text, keys: HashKeys(seed: 0))
    return digest.high % UInt64(count) == UInt64(index - 1)
  }
}

extension PipelineConfiguration {
  /// What decides what a shard holds, in one line: shards are taken together only where it is equal.
  var sketchParameters: String { "sidik-shard:2;" + signatureParameters }

  /// What decides signatures, in one line.
  var signatureParameters: String {
    "norm:\(profile.normaliser.name);unit:\(profile.unit.name);"
      + "keys:" + Hexadecimal.string(keys.fingerprint)
  }

  /// All that decides the sketches of documents, in one line.
  public var sketchBasis: String {
    sketchParameters + (defaultSource.map { ";source:" + $0 } ?? "")
  }
}
