internal import SidikCore

/// The table of one kind of keys in a segment.
struct KeyTable {
  /// Where the entries stand in the file.
  let entries: Int
  /// How many there are.
  let count: Int
  private let directory: Int
  let bucketBits: Int
  private let documentBits: UInt64
  private let documentMask: UInt64
  private let restBits: UInt64

  init(_ header: SegmentHeader, _ entries: Section, _ directory: Section, _ bucketBits: Int) {
    let place = header.sections[entries.rawValue]
    self.entries = place.offset
    count = place.bytes / IndexFormat.entryBytes
    self.directory = header.sections[directory.rawValue].offset
    self.bucketBits = bucketBits
    documentBits = UInt64(header.documentBits)
    documentMask = (1 << documentBits) - 1
    restBits = UInt64(IndexFormat.keyBits - bucketBits)
  }

  /// The places of a bucket's entries.
  @inline(__always)
  func bucket(_ number: UInt64, _ segment: Segment) throws -> Range<Int> {
    let memory = unsafe try segment.bytes(directory + 4 * Int(number), 8)
    let start = unsafe Int(memory.loadUnaligned(as: UInt32.self).littleEndian)
    let end = unsafe Int(memory.loadUnaligned(fromByteOffset: 4, as: UInt32.self).littleEndian)
    guard start <= end, end <= count else { throw segment.contradiction("a bucket has no place") }
    return start..<end
  }

  /// An entry of a bucket whose bytes were checked: the rest of its key above its document.
  @inline(__always)
  private func entry(_ memory: UnsafeRawPointer, _ place: Int) -> UInt64 {
    // Three bytes more than the entry has; the directory behind the entries has them.
    let word = unsafe memory.loadUnaligned(
      fromByteOffset: IndexFormat.entryBytes * place,
      as: UInt64.self
    )
    return word.littleEndian & ((1 << 40) - 1)
  }

  /// Appends the documents of a key, ascending, each above those in its high bits.
  ///
  /// - Parameters:
  ///   - key: 40 bits.
  ///   - segment: the segment of the table.
  ///   - tag: stands above each document number.
  ///   - removals: documents that are passed over.
  ///   - times: documents of other times are passed over; nil takes all.
  ///   - most: documents wanted, at most.
  ///   - found: receives them.
  /// - Throws: ``SidikError`` where the file is damaged.
  /// - Complexity: O(log n) for n entries in the bucket, of which there are about 20, and O(found).
  func find(
    _ key: UInt64,
    _ segment: Segment,
    tag: UInt64,
    _ removals: Removals,
    _ times: ClosedRange<Int64>?,
    most: Int,
    into found: inout [UInt64]
  ) throws {
    let bucket = try bucket(key >> restBits, segment)
    if bucket.isEmpty { return }
    let memory = unsafe try segment.bytes(
      entries + IndexFormat.entryBytes * bucket.lowerBound,
      IndexFormat.entryBytes * bucket.count
    )
    let rest = key & ((1 << restBits) - 1)
    var place = unsafe firstPlace(memory, bucket.count, rest << documentBits)
    var left = most
    while place < bucket.count, left > 0 {
      let entry = unsafe entry(memory, place)
      guard entry >> documentBits == rest else { return }
      let document = Int(entry & documentMask)
      guard document < removals.documents else { throw segment.contradiction("no such document") }
      let isLive = removals.count == 0 || !removals.contains(document)
      if isLive, try times?.contains(segment.record(document).time) ?? true {
        found.append(tag | UInt64(document))
        left -= 1
      }
      place += 1
    }
  }

  /// The first of a bucket's entries that is not below a value.
  @inline(__always)
  private func firstPlace(_ memory: UnsafeRawPointer, _ count: Int, _ least: UInt64) -> Int {
    var (low, high) = (0, count)
    while high - low > 8 {
      let middle = (low + high) / 2
      if unsafe entry(memory, middle) < least { low = middle + 1 } else { high = middle }
    }
    while unsafe low < high && entry(memory, low) < least { low += 1 }
    return low
  }

  /// Appends the items (see ``KeyTableWriter``) of keys in a range, ascending.
  ///
  /// - Parameters:
  ///   - keys: from the first to the last key, both included.
  ///   - segment: the segment of the table.
  ///   - isDamaged: asked with the error of a bucket that cannot be read; true passes over it.
  ///   - items: receives them, with the segment's own document numbers.
  /// - Throws: ``SidikError`` where the file is damaged.
  func items(
    _ keys: ClosedRange<UInt64>,
    _ segment: Segment,
    isDamaged: (SidikError) -> Bool,
    into items: inout [UInt64]
  ) throws {
    for number in keys.lowerBound >> restBits...keys.upperBound >> restBits {
      do {
        let bucket = try bucket(number, segment)
        if bucket.isEmpty { continue }
        let memory = unsafe try segment.bytes(
          entries + IndexFormat.entryBytes * bucket.lowerBound,
          IndexFormat.entryBytes * bucket.count
        )
        for place in 0..<bucket.count {
          let entry = unsafe entry(memory, place)
          let key = number << restBits | entry >> documentBits
          if keys.contains(key) {
            items.append(
              KeyTableWriter.item(key: key, document: Int(entry & documentMask))
            )
          }
        }
      } catch let error as SidikError {
        guard isDamaged(error) else { throw error }
      }
    }
  }
}
