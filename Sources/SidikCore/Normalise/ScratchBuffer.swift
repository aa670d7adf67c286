/// Memory that a worker keeps and fills again and again, without bounds checks.
///
/// The callers reserve before they write; `count` is theirs to set.
@safe struct ScratchBuffer<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  var count = 0

  init(capacity: Int = 256) {
    unsafe base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { unsafe base.deallocate() }

  /// Makes room for `wanted` elements and keeps the first `count`.
  @inline(__always)
  mutating func reserve(_ wanted: Int) {
    if wanted > capacity { grow(wanted) }
  }

  @inline(never)
  private mutating func grow(_ wanted: Int) {
    let larger = max(wanted, capacity + capacity / 2)
    let fresh = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    unsafe fresh.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = fresh
    capacity = larger
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    reserve(count + 1)
    unsafe base[count] = element
    count += 1
  }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < capacity)
      return unsafe base[index]
    }
    set {
      assert(index >= 0 && index < capacity)
      unsafe base[index] = newValue
    }
  }
}

/// One owner at a time, as it can't be copied.
extension ScratchBuffer: @unchecked Sendable where Element: Sendable {}
