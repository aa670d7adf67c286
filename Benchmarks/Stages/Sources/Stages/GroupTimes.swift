import Sidik

/// Grouping of made-up keys, a fifth of the documents near-duplicates of another.
struct GroupTimes {
  let documents: Int
  let bands: Int

  func run() {
    var time = 0.0
    var (members, groups) = (0, 0)
    var generator = SplitMix64(seed: 1)
    let grouping = BandGrouping(nodeCount: documents)
    var parents = Array(0..<UInt32(documents))
    let before = Clock.peakMemory()
    var entries: [UInt64] = []
    for _ in 0..<bands {
      entries.removeAll(keepingCapacity: true)
      entries.reserveCapacity(documents)
      for node in 0..<UInt32(documents) {
        let key = generator.next()
        // A near-duplicate has the key of its neighbour in a third of the bands.
        let copies = node % 5 == 4 && key % 3 == 0
        entries.append(grouping.entry(key: copies ? entries[Int(node) - 1] : key, node: node))
      }
      Clock.add(to: &time) {
        let buckets = grouping.buckets(&entries)
        for range in buckets.ranges {
          groups += 1
          members += range.count
          let first = buckets.members[range.lowerBound]
          for place in range.dropFirst() { join(&parents, first, buckets.members[place]) }
        }
      }
    }
    print(
      "\(documents) documents, \(bands) bands: \(rounded(time, 2)) CPU s, "
        + "\(rounded(time / Double(documents * bands) * 1e9, 1)) ns a document and band, "
        + "\(Clock.peakMemory() - before) MB beside \(before); "
        + "\(groups) groups of \(members) members"
    )
  }

  private func join(_ parents: inout [UInt32], _ a: UInt32, _ b: UInt32) {
    let (x, y) = (root(&parents, a), root(&parents, b))
    if x != y { parents[Int(max(x, y))] = min(x, y) }
  }

  private func root(_ parents: inout [UInt32], _ node: UInt32) -> UInt32 {
    var node = node
    while parents[Int(node)] != node {
      parents[Int(node)] = parents[Int(parents[Int(node)])]
      node = parents[Int(node)]
    }
    return node
  }
}
