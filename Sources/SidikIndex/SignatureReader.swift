internal import SidikCore

/// Reads the rows of a matrix on one thread, and remembers the last ones where they stand on disk:
/// the nodes of a bucket meet each other again and again.
@safe
public final class SignatureReader {
  /// Pairs of places; a row goes to the older one of its pair, so the last two rows stay.
  private static let sets = 256
  private static let slots = OnePermutationMinHash.slots

  private let matrix: SignatureMatrix
  private var rows: UnsafeMutablePointer<UInt32>?
  private var held: [Int] = []
  private var newer: [Bool] = []

  /// A reader of all rows.
  public init(_ matrix: SignatureMatrix) {
    self.matrix = matrix
    unsafe rows = nil
    guard matrix.isSpilled else { return }
    unsafe rows = .allocate(capacity: 2 * Self.sets * Self.slots)
    unsafe rows?.initialize(repeating: 0, count: 2 * Self.sets * Self.slots)
    held = [Int](repeating: -1, count: 2 * Self.sets)
    newer = [Bool](repeating: false, count: Self.sets)
  }

  deinit { unsafe rows?.deallocate() }

  /// One row, valid until two others are read.
  @inline(__always)
  func row(_ index: Int) -> UnsafePointer<UInt32> {
    guard let rows = unsafe rows else { return unsafe matrix.row(index) }
    let set = index % Self.sets
    let way = held[2 * set] == index ? 0 : held[2 * set + 1] == index ? 1 : -1
    if way >= 0 {
      newer[set] = way == 1
      return unsafe UnsafePointer(rows + (2 * set + way) * Self.slots)
    }
    return unsafe read(index, set, rows)
  }

  private func read(
    _ index: Int,
    _ set: Int,
    _ rows: UnsafeMutablePointer<UInt32>
  ) -> UnsafePointer<UInt32> {
    let place = 2 * set + (newer[set] ? 0 : 1)
    newer[set].toggle()
    held[place] = index
    let target = unsafe UnsafeMutableBufferPointer(
      start: rows + place * Self.slots,
      count: Self.slots
    )
    unsafe matrix.read(index, 1, into: target)
    return unsafe UnsafePointer(rows + place * Self.slots)
  }

  /// Equal slots of two rows: 128 times the estimated Jaccard similarity.
  public func equalSlots(_ a: Int, _ b: Int) -> Int {
    unsafe Signatures.equalSlots(
      UnsafeBufferPointer(start: row(a), count: Self.slots),
      UnsafeBufferPointer(start: row(b), count: Self.slots)
    )
  }
}
