@_spi(Kernels) internal import SidikCore

/// The nodes of each shared sample and the shared samples of each node.
///
/// Samples that only one node has, or more than ``SampledHashes/documentFrequencyCap``, are left
/// out.
public struct SamplePostings: Sendable {
  /// The nodes of each sample, ascending, one sample after the other; see ``PostingLists``.
  private var nodes: [UInt32] = []
  /// The places of each node in ``nodes``, one node after the other: those that it shares samples
  /// with follow it there, so that they are found at once.
  private var places: [UInt32] = []
  private var placeStarts: [Int]
  private var found = SampledHashes.Statistics()

  private let idMask: UInt64

  /// Prepares for nodes that are numbered below a count.
  ///
  /// - Parameters:
  ///   - idMask: the bits of the node in an entry.
  ///   - nodeCount: nodes are numbered below this.
  init(idMask: UInt64, nodeCount: Int) {
    precondition(nodeCount < PostingLists.end, "too many nodes")
    self.idMask = idMask
    placeStarts = [Int](repeating: 0, count: nodeCount + 1)
  }

  /// Ends the postings: what nodes share is found from here on.
  public mutating func finish() {
    for node in 0..<placeStarts.count - 1 { placeStarts[node + 1] += placeStarts[node] }
    places = [UInt32](repeating: 0, count: nodes.count)
    var next = placeStarts
    for place in nodes.indices {
      let node = Int(nodes[place] & ~PostingLists.end)
      places[next[node]] = UInt32(place)
      next[node] += 1
    }
  }

  /// Takes the samples of a part.
  ///
  /// - Parameter entries: samples with their nodes in the low bits, ascending; all above those of
  ///   earlier parts.
  public mutating func append(_ entries: [UInt64]) {
    found.samples += entries.count
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, (entries[end] ^ entries[start]) & ~idMask == 0 { end += 1 }
      if end - start > SampledHashes.documentFrequencyCap {
        found.cappedFeatures += 1
      } else if end - start > 1 {
        for entry in entries[start..<end] {
          let node = Int(entry & idMask)
          nodes.append(UInt32(node))
          placeStarts[node + 1] += 1
        }
        nodes[nodes.count - 1] |= PostingLists.end
      }
      start = end
    }
  }

  /// What the postings met.
  public func statistics(proposed: Int) -> SampledHashes.Statistics {
    var statistics = found
    statistics.proposed = proposed
    return statistics
  }

  /// The pairs of some nodes with nodes of higher numbers that share enough samples.
  ///
  /// - Parameter range: the nodes.
  /// - Returns: packed pairs, each once.
  /// - Complexity: O(n * cap) for n samples of the nodes, and O(nodes) memory.
  public func propose(_ range: Range<Int>) -> [UInt64] {
    var pairs: [UInt64] = []
    var shared = [UInt16](repeating: 0, count: placeStarts.count)
    var met = [UInt32](repeating: 0, count: placeStarts.count)
    for node in range {
      let count = PostingLists.countPartners(
        places[placeStarts[node]..<placeStarts[node + 1]],
        in: nodes,
        into: &shared,
        &met
      )
      for member in met[..<count] {
        let other = Int(member)
        let (x, y) = (sampleCount(node), sampleCount(other))
        let least = SampledHashes.leastSamples(shorter: min(x, y), longer: max(x, y))
        let common = shared[other]
        if common >= SampledHashes.leastShared, common == .max || Double(common) >= least {
          pairs.append(CandidatePairs.pack(node, other))
        }
        shared[other] = 0
      }
    }
    return pairs
  }

  private func sampleCount(_ node: Int) -> Int { placeStarts[node + 1] - placeStarts[node] }
}
