@_spi(Kernels) internal import SidikCore

/// The shared samples of some nodes: those that they share samples with follow them in the lists,
/// so that they are found at once.
public struct SamplePostings: Sendable {
  /// See ``SampleLists``.
  private let lists: [UInt32]
  private let counts: [UInt32]
  private let partners: Range<Int>
  /// The places of each row in ``lists``, one row after the other.
  private var places: [UInt32]
  private var starts: [Int]

  /// The nodes whose pairs are found.
  public let rows: Range<Int>

  /// Prepares to propose.
  ///
  /// - Parameters:
  ///   - lists: the lists of ``SampleLists``, or what was picked from them.
  ///   - counts: for each node how many samples it shares with others.
  ///   - rows: the nodes whose pairs are wanted.
  ///   - partners: the nodes that they are wanted with.
  /// - Complexity: O(n).
  public init(
    _ lists: [UInt32],
    counts: [UInt32],
    rows: Range<Int>,
    partners: Range<Int>
  ) {
    (self.lists, self.counts, self.rows, self.partners) = (lists, counts, rows, partners)
    starts = [Int](repeating: 0, count: rows.count + 1)
    let base = rows.lowerBound
    for entry in lists {
      let node = Int(entry & ~PostingLists.end)
      if rows.contains(node) { starts[node - base + 1] += 1 }
    }
    for row in 0..<rows.count { starts[row + 1] += starts[row] }
    places = [UInt32](repeating: 0, count: starts[rows.count])
    // Each start is moved to its end, which is the start of the next, and back.
    for place in lists.indices {
      let node = Int(lists[place] & ~PostingLists.end)
      guard rows.contains(node) else { continue }
      places[starts[node - base]] = UInt32(place)
      starts[node - base] += 1
    }
    for row in stride(from: rows.count, to: 0, by: -1) { starts[row] = starts[row - 1] }
    starts[0] = 0
  }

  /// One thread's counters.
  public final class Counters {
    /// For each node; all 0 between calls.
    fileprivate var shared: [UInt16]
    fileprivate var met: [UInt32]

    /// Bytes that they take for each node.
    public static let bytesPerNode = 6

    /// Makes counters.
    ///
    /// - Parameter nodeCount: nodes are numbered below this.
    public init(nodeCount: Int) {
      shared = [UInt16](repeating: 0, count: nodeCount)
      met = [UInt32](repeating: 0, count: nodeCount + 1)
    }
  }

  /// The pairs of some rows with partners of higher numbers that share enough samples.
  ///
  /// - Parameters:
  ///   - range: the nodes, all in ``rows``.
  ///   - counters: of the calling thread.
  /// - Returns: packed pairs, each once.
  /// - Complexity: O(n * cap) for n samples of the nodes.
  public func propose(_ range: Range<Int>, _ counters: Counters) -> [UInt64] {
    var pairs: [UInt64] = []
    var (shared, met): ([UInt16], [UInt32]) = ([], [])
    swap(&shared, &counters.shared)
    swap(&met, &counters.met)
    defer { (counters.shared, counters.met) = (shared, met) }
    for node in range {
      let row = node - rows.lowerBound
      let count = PostingLists.countPartners(
        places[starts[row]..<starts[row + 1]],
        in: lists,
        into: &shared,
        &met
      )
      let own = Int(counts[node])
      for member in met[..<count] {
        let other = Int(member)
        let common = shared[other]
        shared[other] = 0
        guard common >= SampledHashes.leastShared, partners.contains(other) else { continue }
        let its = Int(counts[other])
        let least = SampledHashes.leastSamples(shorter: min(own, its), longer: max(own, its))
        if common == .max || Double(common) >= least {
          pairs.append(CandidatePairs.pack(node, other))
        }
      }
    }
    return pairs
  }
}
