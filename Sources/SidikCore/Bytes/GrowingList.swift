import Glibc

/// A long list of plain values that grows without being copied.
///
/// A large array that grows is copied to new memory, page by page, and stands in memory twice meanwhile; here the
/// system moves the pages. Elements are added at the end and never changed.
@safe
public struct GrowingList<Element: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline var storage = Storage()

  /// An empty list.
  public init() {}

  /// Number of elements.
  @inlinable public var count: Int { storage.count }

  /// Appends elements.
  ///
  /// - Complexity: O(n) in the new elements; O(count) once after the list was copied.
  public mutating func append(contentsOf elements: [Element]) {
    if !isKnownUniquelyReferenced(&storage) { storage = Storage(copying: storage) }
    unsafe elements.withUnsafeBufferPointer { unsafe storage.append($0) }
  }

  /// Lends the elements.
  @inlinable
  public func withUnsafeBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let elements = unsafe UnsafeBufferPointer(start: storage.base, count: storage.count)
    return try unsafe body(elements)
  }

  /// The element at a place.
  @inlinable
  public subscript(place: Int) -> Element {
    precondition(place >= 0 && place < count, "no such element")
    return unsafe withUnsafeBufferPointer { unsafe $0[place] }
  }

  /// Memory of the system's allocator, which moves pages of large pieces.
  @safe
  @usableFromInline
  final class Storage: @unchecked Sendable {
    // Unchecked: changed only by the one list that holds it.
    @usableFromInline var base: UnsafeMutablePointer<Element>?
    @usableFromInline var count = 0
    private var capacity = 0

    init() { unsafe base = nil }

    init(copying other: Storage) {
      unsafe base = nil
      unsafe append(UnsafeBufferPointer(start: other.base, count: other.count))
    }

    deinit { unsafe free(base) }

    func append(_ elements: UnsafeBufferPointer<Element>) {
      guard let source = elements.baseAddress, !elements.isEmpty else { return }
      let wanted = count + elements.count
      if wanted > capacity {
        capacity = Swift.max(wanted, 2 * capacity)
        let bytes = capacity * MemoryLayout<Element>.stride
        let moved = unsafe realloc(base, bytes)
        guard let moved = unsafe moved else { fatalError("no memory for \(wanted) elements") }
        unsafe base = moved.bindMemory(to: Element.self, capacity: capacity)
        unsafe LargePages.ask(for: UnsafeRawBufferPointer(start: moved, count: bytes))
      }
      guard let base = unsafe base else { return }
      unsafe (base + count).update(from: source, count: elements.count)
      count = wanted
    }
  }
}

extension GrowingList: RandomAccessCollection {
  /// The first place.
  @inlinable public var startIndex: Int { 0 }
  /// The place behind the last.
  @inlinable public var endIndex: Int { count }
}
