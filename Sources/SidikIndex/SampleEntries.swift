/// Samples with their nodes as one number each, in parts: equal samples stand in one part.
///
/// Samples are the smallest hashes of a text, so most of them lie far below the largest number. A
/// part is therefore as wide as a fraction of a power of two: whatever the lengths of the texts, no
/// part has more of all samples than about that fraction.
public struct SampleEntries: Sendable {
  /// Samples below 2^(63 - this) are one part.
  private static let powers = 24
  private let partBits: Int

  /// How many parts there are; most have few entries or none.
  public var partCount: Int { 1 + (Self.powers + 1) << partBits }

  /// Nodes are numbered below this.
  public let nodeCount: Int
  private let nodeMask: UInt64

  /// Prepares entries.
  ///
  /// - Parameters:
  ///   - nodeCount: nodes are numbered below this, and this below 2^31.
  ///   - partBits: parts are as wide as one in 2 to this power, up to 7, of a power of two.
  public init(nodeCount: Int, partBits: Int = 5) {
    precondition(nodeCount < 1 << 31 && partBits <= 7, "too many nodes or parts")
    (self.nodeCount, self.partBits) = (nodeCount, partBits)
    nodeMask = (UInt64(1) << UInt64(64 - max(1, nodeCount - 1).leadingZeroBitCount)) - 1
  }

  /// A sample with its node.
  ///
  /// Nodes take the low bits of a sample, which lets a few strangers meet. The high bits, which all
  /// samples of the part have, are left out: what is left is uniform, as sorting wants it.
  ///
  /// - Parameters:
  ///   - sample: a mixed hash.
  ///   - node: who has it.
  /// - Returns: the part and the entry, which sorts by sample and then by node.
  @inline(__always)
  public func entry(_ sample: UInt64, node: UInt32) -> (part: Int, entry: UInt64) {
    let zeros = sample.leadingZeroBitCount
    let entry = sample & ~nodeMask | UInt64(node)
    if zeros > Self.powers { return (0, entry << UInt64(Self.powers + 1)) }
    let place = Int((sample << UInt64(zeros + 1)) >> UInt64(64 - partBits))
    let part = 1 + (Self.powers - zeros) << partBits + place
    return (part, entry << UInt64(zeros + 1 + partBits))
  }

  /// By how many bits the entries of a part are shifted.
  private func shift(_ part: Int) -> UInt64 {
    if part == 0 { return UInt64(Self.powers + 1) }
    return UInt64(Self.powers - (part - 1) >> partBits + 1 + partBits)
  }

  /// Reads the entries of a part.
  ///
  /// - Parameter part: which.
  /// - Returns: the bits that are the sample, and by how many the node is shifted.
  func reading(_ part: Int) -> (samples: UInt64, shift: UInt64) {
    let shift = shift(part)
    return (~(nodeMask << shift), shift)
  }
}
