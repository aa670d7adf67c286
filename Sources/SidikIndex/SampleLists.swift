@_spi(Kernels) internal import SidikCore

/// The nodes of every sample that nodes share.
///
/// Samples that only one node has, or more than ``SampledHashes/documentFrequencyCap``, are left
/// out.
public struct SampleLists: Sendable {
  /// Marks the last node of a list.
  public static let end = PostingLists.end

  /// The nodes of each sample, ascending, one sample after the other, the last of each with
  /// ``end``.
  public private(set) var nodes: [UInt32] = []
  /// For each node how many samples it shares with others.
  public private(set) var counts: [UInt32]
  /// What was met.
  public private(set) var statistics = SampledHashes.Statistics()

  private let entries: SampleEntries

  /// No lists yet.
  ///
  /// - Parameter entries: how samples and nodes are one number.
  public init(_ entries: SampleEntries) {
    self.entries = entries
    counts = [UInt32](repeating: 0, count: entries.nodeCount)
  }

  /// Takes the entries of a part, whole.
  ///
  /// - Parameters:
  ///   - sorted: its entries, ascending, each once.
  ///   - part: which.
  /// - Complexity: O(n).
  public mutating func append(_ sorted: [UInt64], part: Int) {
    statistics.samples += sorted.count
    let (samples, shift) = entries.reading(part)
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, (sorted[end] ^ sorted[start]) & samples == 0 { end += 1 }
      if end - start > SampledHashes.documentFrequencyCap {
        statistics.cappedFeatures += 1
      } else if end - start > 1 {
        for entry in sorted[start..<end] {
          let node = UInt32(truncatingIfNeeded: (entry & ~samples) >> shift)
          nodes.append(node)
          counts[Int(node)] += 1
        }
        nodes[nodes.count - 1] |= Self.end
      }
      start = end
    }
  }

  /// Gives the lists away; counts stay.
  public mutating func take() -> [UInt32] {
    defer { nodes = [] }
    return nodes
  }

  /// Gives what nodes share with those that follow them in the lists, range by range.
  ///
  /// - Parameters:
  ///   - lists: lists of nodes, whole.
  ///   - rows: ranges of nodes that follow each other, all nodes in the end.
  ///   - body: takes the number of a range, and of a list the places from its first node in that
  ///     range to the end, if these are two or more.
  /// - Throws: what `body` throws.
  /// - Complexity: O(n) where ranges are about as long, or few.
  public static func forEachTail(
    _ lists: [UInt32],
    by rows: [Range<Int>],
    _ body: (_ row: Int, _ places: Range<Int>) throws -> Void
  ) rethrows {
    let nodeCount = rows.last?.upperBound ?? 0
    var start = 0
    while start < lists.count {
      var last = start
      while lists[last] & end == 0 { last += 1 }
      // Where it would be if all were as long.
      var row = Int(lists[start] & ~end) * rows.count / max(1, nodeCount)
      while Int(lists[start] & ~end) < rows[row].lowerBound { row -= 1 }
      for place in start..<last {
        let node = Int(lists[place] & ~end)
        if place > start, node < rows[row].upperBound { continue }
        while node >= rows[row].upperBound { row += 1 }
        try body(row, place..<last + 1)
      }
      start = last + 1
    }
  }

  /// Picks what some nodes share with others.
  ///
  /// - Parameters:
  ///   - lists: lists of nodes, whole.
  ///   - rows: the first nodes.
  ///   - partners: the others, none below the first of `rows`.
  ///   - picked: receives the members of every list that are of these, if the first is in `rows`
  ///     and there are two or more.
  /// - Complexity: O(n).
  public static func pick(
    from lists: [UInt32],
    rows: Range<Int>,
    partners: Range<Int>,
    into picked: inout [UInt32]
  ) {
    var first = picked.count
    for entry in lists {
      let node = Int(entry & ~end)
      if rows.contains(node) || (picked.count > first && partners.contains(node)) {
        picked.append(UInt32(node))
      }
      guard entry & end != 0 else { continue }
      if picked.count - first > 1 {
        picked[picked.count - 1] |= end
      } else {
        picked.removeLast(picked.count - first)
      }
      first = picked.count
    }
  }
}
