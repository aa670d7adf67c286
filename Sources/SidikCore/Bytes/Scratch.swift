/// A growable piece of memory that belongs to one worker and is used again for each document.
///
/// Growing does not keep the contents. The pointer stays valid until the next ``reserve(_:)``
/// or the end of the object.
@safe
public final class Scratch<Element: BitwiseCopyable> {
  /// The memory; its length is the capacity.
  public private(set) var memory: UnsafeMutableBufferPointer<Element>

  /// An empty piece of memory.
  public init() { unsafe memory = .allocate(capacity: 0) }

  deinit { unsafe memory.deallocate() }

  /// Makes room for at least `count` elements, without keeping the contents.
  ///
  /// - Parameter count: elements wanted.
  /// - Returns: the memory, at least that long.
  public func reserve(_ count: Int) -> UnsafeMutableBufferPointer<Element> {
    if unsafe memory.count < count {
      unsafe memory.deallocate()
      unsafe memory = .allocate(capacity: max(count, count + count / 2, 64))
    }
    return unsafe memory
  }
}
