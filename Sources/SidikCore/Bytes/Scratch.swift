import Glibc

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
      unsafe LargePages.ask(for: UnsafeRawBufferPointer(memory))
    }
    return unsafe memory
  }
}

/// Pages of 2 MB.
enum LargePages {
  /// Wishes for them; nothing depends on it.
  ///
  /// Large tables are met in no order: so the processor looks up fewer addresses, and the system has
  /// no fault for every 4 KB.
  static func ask(for bytes: UnsafeRawBufferPointer) {
    let page = 1 << 21
    guard bytes.count >= 4 * page, let base = bytes.baseAddress else { return }
    let skipped = -Int(bitPattern: base) & (page - 1)
    let length = (bytes.count - skipped) & -page
    _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base) + skipped, length, MADV_HUGEPAGE)
  }
}
