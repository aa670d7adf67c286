/// Unverified pairs of nodes, each once, sorted by the first and then the second member.
public struct CandidatePairs: Sendable {
  /// `first << 32 | second` with first < second, ascending.
  public private(set) var packed: [UInt64]

  /// Sorts pairs and drops repeats.
  ///
  /// - Parameters:
  ///   - pairs: packed pairs in any order; a pair may stand several times.
  ///   - nodeCount: members are below this.
  /// - Complexity: O(n log d) for n pairs with at most d partners a node.
  public init(_ pairs: [UInt64], nodeCount: Int) {
    var starts = [Int](repeating: 0, count: nodeCount + 1)
    for pair in pairs { starts[Int(pair >> 32) + 1] += 1 }
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    var next = starts
    var grouped = [UInt32](repeating: 0, count: pairs.count)
    for pair in pairs {
      let first = Int(pair >> 32)
      grouped[next[first]] = UInt32(truncatingIfNeeded: pair)
      next[first] += 1
    }
    packed = []
    packed.reserveCapacity(pairs.count)
    for first in 0..<nodeCount where starts[first] < starts[first + 1] {
      grouped[starts[first]..<starts[first + 1]].sort()
      var last: UInt32?
      for second in grouped[starts[first]..<starts[first + 1]] where second != last {
        packed.append(UInt64(first) << 32 | UInt64(second))
        last = second
      }
    }
  }

  /// Number of pairs.
  public var count: Int { packed.count }

  /// A pair as one number, the smaller member first.
  public static func pack(_ a: Int, _ b: Int) -> UInt64 {
    UInt64(min(a, b)) << 32 | UInt64(max(a, b))
  }

  /// The members of a packed pair.
  public static func unpack(_ pair: UInt64) -> (Int, Int) {
    (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
  }
}
