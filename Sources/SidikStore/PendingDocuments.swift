internal import SidikCore

/// Documents that were added and not yet committed; they can be looked up like those of a segment.
final class PendingDocuments {
  private(set) var records: [StoredRecord] = []
  private var ids: [UInt8] = []
  private var idEnds: [Int] = []
  private var sources = SourceNames()
  private var texts: [UInt8] = []
  private var textEnds: [Int] = []
  private var bands = PendingKeys()
  private var samples = PendingKeys()
  private let compressor: TextCompressor?
  private var times: ClosedRange<Int64>?

  /// None yet.
  init(keepsTexts: Bool) throws {
    compressor = keepsTexts ? try TextCompressor() : nil
  }

  var count: Int { records.count }

  /// Whether another document might not fit into a segment.
  var isFull: Bool {
    count == IndexFormat.mostDocuments || ids.count + texts.count > 1 << 30
      || samples.items.count > 1 << 26
  }

  /// Adds a document.
  func append(_ document: StoredDocument) throws {
    let number = records.count
    try compressor?.append(document.text, to: &texts)
    textEnds.append(texts.count)
    ids += document.id
    idEnds.append(ids.count)
    records.append(
      StoredRecord(
        document,
        source: sources.number(document.source),
        idEnd: UInt32(ids.count)
      )
    )
    bands.append(Self.items(document.bandKeys.lazy.map(IndexFormat.key), number))
    if compressor != nil {
      samples.append(Self.items(document.samples.lazy.map(IndexFormat.sampleKey), number))
    }
    let (first, last) = (times?.lowerBound ?? document.time, times?.upperBound ?? document.time)
    times = min(first, document.time)...max(last, document.time)
  }

  /// The items of a document, each key once.
  private static func items(_ keys: some Sequence<UInt64>, _ document: Int) -> [UInt64] {
    var items = keys.map { SegmentKeysWriter.item(key: $0, document: document) }
    FeatureSorting.sortUnique(&items)
    return items
  }

  /// Gives the documents of a key to `take`, ascending; false ends it.
  func find(_ key: UInt64, inSamples: Bool, _ take: (Int) -> Bool) {
    if inSamples { samples.find(key, take) } else { bands.find(key, take) }
  }

  func id(_ document: Int) -> [UInt8] {
    Array(ids[(document == 0 ? 0 : idEnds[document - 1])..<idEnds[document]])
  }

  func source(_ document: Int) -> [UInt8] {
    let number = Int(records[document].source)
    return number == 0 ? [] : sources.names[number - 1]
  }

  func text(_ document: Int, _ decompressor: TextDecompressor) throws -> [UInt8]? {
    guard compressor != nil else { return nil }
    let range = (document == 0 ? 0 : textEnds[document - 1])..<textEnds[document]
    return try unsafe texts.withUnsafeBytes {
      try unsafe decompressor.text(UnsafeRawBufferPointer(rebasing: $0[range]))
    }
  }

  /// Writes a segment of them.
  ///
  /// - Returns: what the manifest says of it.
  /// - Throws: ``SidikError`` where the disk is full.
  func write(_ writer: SegmentWriter) throws -> Manifest.Entry {
    let (bandItems, sampleItems) = (bands.sorted(), samples.sorted())
    var bands = SegmentKeysWriter(entries: bandItems.count, documents: count)
    try writer.section(.bandEntries) { try bands.append(bandItems, to: writer) }
    try writer.section(.bandDirectory) { try bands.finish(to: writer) }
    try writer.section(.records) {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(count * IndexFormat.recordBytes)
      for record in records { record.append(to: &bytes) }
      try writer.append(bytes)
    }
    try writer.section(.ids) { try writer.append(ids) }
    try writer.section(.sources) { try writer.append(sources.bytes) }
    var samples = SegmentKeysWriter(entries: sampleItems.count, documents: count)
    try writer.section(.texts) { if compressor != nil { try writer.append(texts) } }
    try writer.section(.textEnds) {
      guard compressor != nil else { return }
      var bytes: [UInt8] = []
      for end in textEnds { bytes.append(little: UInt64(end)) }
      try writer.append(bytes)
    }
    try writer.section(.sampleEntries) { try samples.append(sampleItems, to: writer) }
    try writer.section(.sampleDirectory) {
      if compressor != nil { try samples.finish(to: writer) }
    }
    return try writer.finish(
      documents: count,
      times: times ?? 0...0,
      bucketBits: (bands.bucketBits, samples.bucketBits)
    )
  }
}

/// Items by their keys, in the order in which they were added: chains in one array.
///
/// Chains are made where they are asked for, so that adding alone does without.
struct PendingKeys {
  private var heads: [Int32] = []
  private var tails: [Int32] = []
  private(set) var items: [UInt64] = []
  private var next: [Int32] = []

  mutating func append(_ new: [UInt64]) { items += new }

  /// Puts what was added since into the chains.
  private mutating func linkAll() {
    if next.count == items.count { return }
    if items.count > heads.count { grow() }
    for place in next.count..<items.count {
      next.append(-1)
      let slot = slot(items[place] >> SegmentKeysWriter.documentBits)
      let link = Int32(place)
      if heads[slot] < 0 { heads[slot] = link } else { next[Int(tails[slot])] = link }
      tails[slot] = link
    }
  }

  /// Keys are uniform, so their low bits are an address.
  private func slot(_ key: UInt64) -> Int { Int(key) & (heads.count - 1) }

  private mutating func grow() {
    var size = max(1024, heads.count)
    while size < items.count { size *= 4 }
    heads = [Int32](repeating: -1, count: size)
    tails = heads
    next.removeAll(keepingCapacity: true)
  }

  /// Gives the documents of a key to `take`, ascending; false ends it.
  mutating func find(_ key: UInt64, _ take: (Int) -> Bool) {
    if items.isEmpty { return }
    linkAll()
    var place = heads[slot(key)]
    while place >= 0 {
      let item = items[Int(place)]
      if item >> SegmentKeysWriter.documentBits == key,
        !take(Int(item & ((1 << SegmentKeysWriter.documentBits) - 1)))
      {
        return
      }
      place = next[Int(place)]
    }
  }

  /// The items, ascending.
  func sorted() -> [UInt64] {
    var all = items
    FeatureSorting.sortUnique(&all)
    return all
  }
}
