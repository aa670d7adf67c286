internal import SidikCore

/// Writes the entries of a key table and keeps its directory until they are all written.
struct SegmentKeysWriter {
  /// Bits of a document number in an item, below its key.
  static let documentBits = UInt64(IndexFormat.mostDocumentBits)

  let bucketBits: Int
  private let documentBits: Int
  private var directory: [UInt32]
  private var count = 0
  private var bucket = 0

  /// Prepares a table.
  ///
  /// - Parameters:
  ///   - entries: how many there will be, about.
  ///   - documents: documents of the segment.
  init(entries: Int, documents: Int) {
    bucketBits = SegmentHeader.bucketBits(entries: entries, documents: documents)
    documentBits = SegmentHeader.documentBits(documents)
    directory = [UInt32](repeating: 0, count: (1 << bucketBits) + 1)
  }

  /// An item to be sorted: the key above the document.
  @inline(__always)
  static func item(key: UInt64, document: Int) -> UInt64 {
    key << documentBits | UInt64(document)
  }

  /// Appends items that are above all before them, ascending.
  mutating func append(_ items: [UInt64], to writer: SegmentWriter) throws {
    for start in stride(from: 0, to: items.count, by: Self.itemsPerBlock) {
      let block = items[start..<min(items.count, start + Self.itemsPerBlock)]
      try unsafe writer.append(count: IndexFormat.entryBytes * block.count) {
        unsafe write(block, $0)
      }
    }
  }

  private static let itemsPerBlock = 1 << 14

  /// Writes the entries of items, and where their buckets begin.
  private mutating func write(_ items: ArraySlice<UInt64>, _ bytes: UnsafeMutableRawBufferPointer) {
    let restBits = UInt64(IndexFormat.keyBits - bucketBits)
    let restMask = (UInt64(1) << restBits) - 1
    let documentMask = (UInt64(1) << Self.documentBits) - 1
    let shift = UInt64(documentBits)
    var (bucket, count, offset) = (bucket, count, 0)
    for item in items {
      let key = item >> Self.documentBits
      let own = Int(key >> restBits)
      while bucket < own {
        bucket += 1
        directory[bucket] = UInt32(count)
      }
      let entry = (key & restMask) << shift | (item & documentMask)
      unsafe bytes.storeBytes(
        of: UInt32(truncatingIfNeeded: entry).littleEndian,
        toByteOffset: offset,
        as: UInt32.self
      )
      unsafe bytes[offset + 4] = UInt8(truncatingIfNeeded: entry >> 32)
      count += 1
      offset += IndexFormat.entryBytes
    }
    (self.bucket, self.count) = (bucket, count)
  }

  /// Writes the directory, once all entries are written.
  mutating func finish(to writer: SegmentWriter) throws {
    guard count <= Int(UInt32.max) else {
      throw SidikError(.budget, "a segment of the index cannot hold so many features")
    }
    while bucket < directory.count - 1 {
      bucket += 1
      directory[bucket] = UInt32(count)
    }
    for part in stride(from: 0, to: directory.count, by: 1 << 14) {
      var bytes: [UInt8] = []
      for place in directory[part..<min(directory.count, part + (1 << 14))] {
        bytes.append(little: place)
      }
      try writer.append(bytes)
    }
  }
}
