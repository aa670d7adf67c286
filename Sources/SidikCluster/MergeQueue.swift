/// A possible merge of two groups.
struct Merge {
  var mean: Double
  var a: Int
  var b: Int
  /// Members of both groups when the entry was pushed; another size makes it stale.
  var size: Int

  /// Higher means first; ties by the groups' numbers, so that the order is total.
  static func precedes(_ x: Merge, _ y: Merge) -> Bool {
    if x.mean != y.mean { return x.mean > y.mean }
    return (x.a, x.b, x.size) < (y.a, y.b, y.size)
  }
}

/// A binary heap of merges, the best on top.
struct MergeQueue {
  private var heap: [Merge] = []

  mutating func push(_ merge: Merge) {
    heap.append(merge)
    var child = heap.count - 1
    while child > 0, Merge.precedes(heap[child], heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> Merge? {
    guard let best = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return best }
    heap[0] = last
    var parent = 0
    while true {
      var top = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if Merge.precedes(heap[child], heap[top]) { top = child }
      }
      if top == parent { return best }
      heap.swapAt(parent, top)
      parent = top
    }
  }
}
