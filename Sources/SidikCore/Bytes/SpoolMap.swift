import Glibc
import Synchronization

/// The bytes of a ``Spool``, mapped into memory.
@safe
public final class SpoolMap: @unchecked Sendable {
  // Unchecked: the bytes do not change; giving pages back changes none either.

  /// What is kept in memory where nobody says otherwise, in bytes.
  public static let defaultWindow = 256 << 20
  /// The kernel maps so much around a byte that is read.
  private static let around = 64 << 10

  private let base: UnsafeRawPointer?
  private let window: Int
  private let touched = Atomic<Int>(0)
  private let spool: Spool?
  /// Whether the bytes are memory like any other: so few that mapping pages costs more than copying them.
  private let isSmall: Bool

  /// Below so many bytes.
  private static let small = 1 << 20

  /// Whether there is more than stays in memory, so that a reader that needs a text only once had
  /// better copy it (``copy(_:into:)``).
  public var isLarge: Bool { window != .max }
  /// How many bytes there are.
  public let count: Int

  init(_ spool: Spool, descriptor: Int32, count: Int, window: Int, folder: String) throws {
    self.spool = spool
    self.count = count
    isSmall = false
    self.window = count <= window ? .max : max(window, 1 << 20)
    guard count > 0 else {
      unsafe base = nil
      return
    }
    let address = unsafe mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw Spool.fault(errno, folder: folder)
    }
    unsafe base = UnsafeRawPointer(address)
    // Texts are looked at in the order of their digests: reading ahead would read everything
    // again and again where the file is larger than what the kernel can keep.
    if self.window != .max { _ = unsafe madvise(address, count, MADV_RANDOM) }
  }

  /// Takes bytes that are in memory, so that they are read like those of a spool.
  ///
  /// - Parameter bytes: copied.
  /// - Throws: ``SidikError`` of code `budget` where there is no memory.
  public convenience init(copying bytes: [UInt8]) throws {
    try self.init(room: bytes.count)
    unsafe UnsafeMutableRawBufferPointer(mutating: unsafeBytes).copyBytes(from: bytes)
  }

  /// Room for bytes that are read into memory, all zero.
  init(room bytes: Int) throws {
    count = bytes
    window = .max
    spool = nil
    isSmall = count < Self.small
    guard count > 0 else {
      unsafe base = nil
      return
    }
    if isSmall {
      unsafe base = UnsafeRawPointer(calloc(count, 1))
      if unsafe base == nil { throw Self.noMemory(count) }
      return
    }
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    let address = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw Self.noMemory(count)
    }
    unsafe base = UnsafeRawPointer(address)
  }

  private static func noMemory(_ count: Int) -> SidikError {
    SidikError(.budget, "not enough memory for \(count) bytes of texts")
  }

  deinit {
    guard let base = unsafe UnsafeMutableRawPointer(mutating: base) else { return }
    if isSmall { return unsafe free(base) }
    _ = unsafe munmap(base, count)
  }

  /// Says that bytes are about to be read, so that no more than the window stays in memory.
  ///
  /// What was read before is given back to the kernel, whose cache still has it: the bytes stay
  /// valid, and reading them again maps them again.
  ///
  /// - Parameter bytes: how many.
  /// - Complexity: O(1), but for the one call in some thousands that gives pages back.
  @inline(__always)
  public func willRead(_ bytes: Int) {
    if window == .max { return }
    let sum = touched.add(bytes + Self.around, ordering: .relaxed).newValue
    if sum > window { giveBack() }
  }

  /// Copies bytes without mapping them, which is half the work where each is read once.
  ///
  /// - Parameters:
  ///   - range: which bytes.
  ///   - buffer: receives them; as large as the range.
  /// - Returns: whether they could be read so; else they are read where they are mapped.
  public func copy(_ range: Range<Int>, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    guard let spool, range.upperBound <= count else { return false }
    return unsafe (try? spool.read(into: buffer, at: range.lowerBound)) != nil
  }

  /// Asks the kernel to have bytes at hand soon; returns before they are.
  ///
  /// - Parameter range: which bytes.
  public func prefetch(_ range: Range<Int>) {
    if isLarge { spool?.prefetch(range) }
  }

  /// Says that bytes will not be read soon, so that the kernel keeps others in memory.
  ///
  /// - Parameter range: which bytes; they stay valid.
  public func release(_ range: Range<Int>) { spool?.release(range) }

  private func giveBack() {
    // One thread is enough.
    guard touched.exchange(0, ordering: .relaxed) > window, let base = unsafe base else { return }
    _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base), count, MADV_DONTNEED)
  }

  /// Gives the mapped bytes to `body`.
  ///
  /// - Parameter body: reads the bytes; they must not leave it.
  /// - Returns: what `body` returns.
  /// - Throws: what `body` throws.
  public func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let all = unsafe UnsafeRawBufferPointer(start: base, count: count)
    let bytes = unsafe Span<UInt8>(_unsafeBytes: all)
    return try body(bytes)
  }

  /// The mapped bytes, for kernels; they are valid while this object lives.
  public var unsafeBytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: base, count: count)
  }
}
