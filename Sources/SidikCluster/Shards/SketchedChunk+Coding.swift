internal import SidikCore
internal import SidikStore

/// A sketched chunk as the payload of a frame.
///
/// ```
/// documents u32 | bytes of fields u32 | repaired bytes u64 | bytes of raw texts u64
/// a document:  text length u32 | characters u32 | digest 2 x u64 | repeats f32
///              | id, source, author, time: start u32, length u32 in the fields (length -1: none)
/// fields | length of the packed texts u64 | normalised texts end to end, zstd
/// signatures: 128 x u32 a document
/// ```
extension SketchedChunk {
  private static let none = UInt32.max

  /// The payload.
  ///
  /// - Throws: where texts cannot be compressed.
  func encoded(_ compressor: TextCompressor) throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(texts.count / 2 + signatures.count * 4 + documents.count * 64)
    bytes.add(UInt32(documents.count))
    bytes.add(UInt32(fields.count))
    bytes.add(UInt64(repairedBytes))
    bytes.add(UInt64(textBytes))
    for document in documents {
      let row = document.row
      bytes.add(UInt32(row.textLength))
      bytes.add(UInt32(row.scalars))
      bytes.add(row.digest.high)
      bytes.add(row.digest.low)
      bytes.add(row.repeats.bitPattern)
      let entry = document.entry
      for range in [entry.id, entry.source, entry.author, entry.time] {
        bytes.add(range.map { UInt32($0.lowerBound) } ?? 0)
        bytes.add(range.map { UInt32($0.count) } ?? Self.none)
      }
    }
    bytes += fields
    var packed: [UInt8] = []
    try compressor.append(texts, to: &packed)
    bytes.add(UInt64(packed.count))
    bytes += packed
    for slot in signatures.prefix(documents.count * OnePermutationMinHash.slots) { bytes.add(slot) }
    return bytes
  }

  /// A chunk from its payload; nil where the payload is none.
  static func decoded(_ payload: [UInt8], _ decompressor: TextDecompressor) -> SketchedChunk? {
    var reader = ShardBytes(payload)
    var chunk = SketchedChunk()
    guard let count: UInt32 = reader.number(), let fieldBytes: UInt32 = reader.number(),
      let repaired: UInt64 = reader.number(), let raw: UInt64 = reader.number(),
      Int(count) <= reader.rest / 60, repaired <= raw, raw < 1 << 48
    else { return nil }
    (chunk.repairedBytes, chunk.textBytes) = (Int(repaired), Int(raw))
    var offset = 0
    for _ in 0..<count {
      guard let document = document(&reader, at: offset, fieldBytes: Int(fieldBytes)) else {
        return nil
      }
      offset += document.row.textLength
      chunk.documents.append(document)
    }
    guard let fields = reader.run(Int(fieldBytes)), let length: UInt64 = reader.number(),
      length <= UInt64(reader.rest), let packed = reader.run(Int(length)),
      let texts = try? unsafe packed.withUnsafeBytes({ try unsafe decompressor.text($0) }),
      texts.count == offset
    else { return nil }
    chunk.fields = Array(fields)
    chunk.texts = texts
    let slots = Int(count) * OnePermutationMinHash.slots
    guard reader.rest == slots * 4 else { return nil }
    chunk.signatures.reserveCapacity(slots)
    for _ in 0..<slots {
      guard let slot: UInt32 = reader.number() else { return nil }
      chunk.signatures.append(slot)
    }
    return chunk
  }

  private static func document(
    _ reader: inout ShardBytes,
    at offset: Int,
    fieldBytes: Int
  ) -> Document? {
    guard let length: UInt32 = reader.number(), let scalars: UInt32 = reader.number(),
      let high: UInt64 = reader.number(), let low: UInt64 = reader.number(),
      let repeats: UInt32 = reader.number()
    else { return nil }
    var ranges: [Range<Int>?] = []
    for _ in 0..<4 {
      guard let start: UInt32 = reader.number(), let count: UInt32 = reader.number() else {
        return nil
      }
      if count == none {
        ranges.append(nil)
      } else {
        guard Int(start) + Int(count) <= fieldBytes else { return nil }
        ranges.append(Int(start)..<Int(start) + Int(count))
      }
    }
    guard let id = ranges[0], scalars <= length || scalars == 0 else { return nil }
    let row = DocumentTable.Row(
      textOffset: offset,
      textLength: Int(length),
      scalars: Int(scalars),
      digest: ExactDigest(high: high, low: low),
      repeats: Float(bitPattern: repeats),
      source: -1,
      author: -1
    )
    let entry = DocumentBatch.Entry(
      text: 0..<0,
      id: id,
      source: ranges[1],
      author: ranges[2],
      time: ranges[3],
      line: 0,
      record: 0..<0
    )
    return Document(row: row, entry: entry)
  }
}
