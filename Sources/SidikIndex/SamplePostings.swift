/// The nodes of each shared sample and the shared samples of each node.
///
/// Samples that only one node has, or more than ``SampledHashes/documentFrequencyCap``, are left
/// out.
public struct SamplePostings: Sendable {
  /// The nodes of each sample, one sample after the other.
  private var nodes: [UInt32] = []
  private var starts: [UInt32] = [0]
  /// The samples of each node, one node after the other.
  private var sampleOf: [UInt32] = []
  private var sampleStarts: [Int]
  private var found = SampledHashes.Statistics()

  /// Makes postings.
  ///
  /// - Parameters:
  ///   - sorted: samples with their nodes in the low bits, ascending over all parts.
  ///   - idMask: the bits of the node.
  ///   - nodeCount: nodes are numbered below this.
  init(_ sorted: [[UInt64]], idMask: UInt64, nodeCount: Int) {
    sampleStarts = [Int](repeating: 0, count: nodeCount + 1)
    for entries in sorted {
      found.samples += entries.count
      append(entries, idMask)
    }
    for node in 0..<nodeCount { sampleStarts[node + 1] += sampleStarts[node] }
    sampleOf = [UInt32](repeating: 0, count: nodes.count)
    var next = sampleStarts
    for sample in 0..<starts.count - 1 {
      for place in Int(starts[sample])..<Int(starts[sample + 1]) {
        let node = Int(nodes[place])
        sampleOf[next[node]] = UInt32(sample)
        next[node] += 1
      }
    }
  }

  private mutating func append(_ entries: [UInt64], _ idMask: UInt64) {
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
          sampleStarts[node + 1] += 1
        }
        starts.append(UInt32(nodes.count))
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
    // Members of a sample ascend, so those above the node are its end.
    var shared = [UInt16](repeating: 0, count: sampleStarts.count)
    var touched: [UInt32] = []
    for node in range {
      let samples = sampleStarts[node]..<sampleStarts[node + 1]
      for place in samples {
        let sample = Int(sampleOf[place])
        var member = Int(starts[sample + 1]) - 1
        while nodes[member] > node {
          let other = Int(nodes[member])
          if shared[other] == 0 { touched.append(nodes[member]) }
          if shared[other] < .max { shared[other] += 1 }
          member -= 1
        }
      }
      for member in touched {
        let other = Int(member)
        let (x, y) = (samples.count, sampleStarts[other + 1] - sampleStarts[other])
        let least = SampledHashes.leastSamples(shorter: min(x, y), longer: max(x, y))
        let count = Int(shared[other])
        if count >= SampledHashes.leastShared, count == .max || Double(count) >= least {
          pairs.append(CandidatePairs.pack(node, other))
        }
        shared[other] = 0
      }
      touched.removeAll(keepingCapacity: true)
    }
    return pairs
  }
}
