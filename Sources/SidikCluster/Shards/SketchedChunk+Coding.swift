internal import SidikCore
internal import SidikStore

/// A sketched chunk as the payloads of two frames: one without texts, and one of them.
///
/// ```
/// documents u32 | bytes of fields u32 | repaired bytes u64 | bytes of raw texts u64
/// a document:  text length u32 | characters u32 | digest 2 x u64 | repeats f32
///              | id, source, author, time: start u32, length u32 in the fields (length -1: none)
/// fields | signatures: 128 x u32 a document
/// problems u32 | of each: line, offset, kind u64; bytes or record start, end u64; file, reason:
/// length u32, bytes
///
/// normalised texts end to end, zstd
/// ```
extension SketchedChunk {
  private static let none = UInt32.max

  /// The payloads.
  ///
  /// - Returns: that of the documents and that of their texts.
  /// - Throws: where texts cannot be compressed.
  func encoded(_ compressor: TextCompressor) throws -> (documents: [UInt8], texts: [UInt8]) {
    var packed: [UInt8] = []
    try compressor.append(texts, to: &packed)
    return (encodedDocuments(), packed)
  }

  private func encodedDocuments() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(signatures.count * 4 + documents.count * 64 + fields.count)
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
    bytes.add(numbers: signatures)
    bytes.add(UInt32(problems.count))
    for problem in problems { bytes.add(problem) }
    return bytes
  }

  /// A chunk from its payloads; nil where they are none.
  ///
  /// - Parameters:
  ///   - payload: that of the documents.
  ///   - packed: that of the texts.
  ///   - decompressor: unpacks them.
  /// - Returns: the chunk, its text offsets relative to its texts.
  static func decoded(
    _ payload: [UInt8],
    _ packed: [UInt8],
    _ decompressor: TextDecompressor
  ) -> SketchedChunk? {
    guard var chunk = decoded(payload),
      let texts = try? unsafe packed.withUnsafeBytes({ try unsafe decompressor.text($0) }),
      texts.count == chunk.documents.reduce(0, { $0 + $1.row.textLength })
    else { return nil }
    chunk.texts = texts
    return chunk
  }

  /// A chunk without its texts; nil where the payload is none.
  static func decoded(_ payload: [UInt8]) -> SketchedChunk? {
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
    guard let fields = reader.run(Int(fieldBytes)),
      let signatures = reader.numbers(Int(count) * OnePermutationMinHash.slots)
    else { return nil }
    (chunk.fields, chunk.signatures) = (Array(fields), signatures)
    guard let problems: UInt32 = reader.number() else { return nil }
    for _ in 0..<problems {
      guard let problem = reader.problem() else { return nil }
      chunk.problems.append(problem)
    }
    return reader.rest == 0 ? chunk : nil
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
      repeats: Float(bitPattern: repeats)
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

extension [UInt8] {
  /// Appends what was wrong with a record.
  fileprivate mutating func add(_ problem: RecordProblem) {
    var numbers = (kind: 0, first: 0, second: 0)
    switch problem.outcome {
    case .repaired(let bytes): numbers.first = bytes
    case .quarantined(let record): numbers = (1, record.lowerBound, record.upperBound)
    }
    for number in [problem.line, problem.offset, numbers.kind, numbers.first, numbers.second] {
      add(UInt64(number))
    }
    for text in [problem.file, problem.reason] {
      add(UInt32(text.utf8.count))
      self += text.utf8
    }
  }
}

extension ShardBytes {
  /// What was wrong with a record.
  fileprivate mutating func problem() -> RecordProblem? {
    var numbers: [Int] = []
    for _ in 0..<5 {
      guard let number: UInt64 = number(), number < 1 << 62 else { return nil }
      numbers.append(Int(number))
    }
    var texts: [String] = []
    for _ in 0..<2 {
      guard let length: UInt32 = number(), let bytes = run(Int(length)) else { return nil }
      texts.append(String(decoding: bytes, as: UTF8.self))
    }
    guard numbers[2] <= 1, numbers[3] <= numbers[4] || numbers[2] == 0 else { return nil }
    return RecordProblem(
      file: texts[0],
      line: numbers[0],
      offset: numbers[1],
      reason: texts[1],
      outcome: numbers[2] == 1
        ? .quarantined(record: numbers[3]..<numbers[4]) : .repaired(bytes: numbers[3])
    )
  }
}
