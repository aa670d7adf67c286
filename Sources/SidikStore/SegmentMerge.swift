internal import SidikCore

/// Makes one segment of several, without what was removed from them.
///
/// Items are gathered, sorted and written by ranges of keys, so memory does not grow with the
/// index but for the directory (4 to 8 bytes a document).
struct SegmentMerge {
  private static let itemsPerPart = 1 << 20

  private let inputs: [LiveSegment]
  /// The number of each input's first document in the result.
  private var bases: [Int] = []
  private var ranks: [[Int]] = []
  private var documents = 0
  /// Takes the errors of keys and sources that cannot be read; nil ends with the first.
  private let damage: ((SidikError) -> Void)?

  /// Prepares a merge.
  ///
  /// - Parameters:
  ///   - inputs: segments, oldest first.
  ///   - damage: takes the errors of keys that cannot be read and are left out; nil leaves out none.
  init(_ inputs: [LiveSegment], damage: ((SidikError) -> Void)? = nil) {
    self.inputs = inputs
    self.damage = damage
    for input in inputs {
      bases.append(documents)
      ranks.append(input.removals.ranks)
      documents += input.entry.documents - input.removals.count
    }
  }

  /// Whether anything is left.
  var isEmpty: Bool { documents == 0 }

  /// Whether the result would be one segment by the limits of the format.
  static func fits(_ inputs: [LiveSegment]) -> Bool {
    func sum(_ size: (LiveSegment) -> Int) -> Int { inputs.reduce(0) { $0 + size($1) } }
    return sum { $0.entry.live } <= IndexFormat.mostDocuments
      && sum { $0.segment.place(.ids).bytes } < Int(UInt32.max)
      && sum { $0.segment.bands.count } < Int(UInt32.max)
      && sum { $0.segment.samples?.count ?? 0 } < Int(UInt32.max)
  }

  /// The number of a document in the result; nil where it is removed.
  private func number(_ input: Int, _ document: Int) -> Int? {
    let removals = inputs[input].removals
    if removals.count == 0 { return bases[input] + document }
    if removals.contains(document) { return nil }
    let below = removals.words[document >> 6] & ((1 << UInt64(document & 63)) - 1)
    return bases[input] + ranks[input][document >> 6] + (document & 63) - below.nonzeroBitCount
  }

  /// Writes the result.
  ///
  /// - Returns: what the manifest says of it.
  /// - Throws: ``SidikError`` where an input is damaged or the disk is full.
  func write(_ writer: SegmentWriter) throws -> Manifest.Entry {
    let hasTexts = inputs.contains { $0.segment.place(.textEnds).bytes > 0 }
    let bands = try table(writer, .bandEntries, .bandDirectory, isWanted: true) { $0.bands }
    let times = try records(writer)
    try eachDocument(writer, .ids) { input, document, record in
      let segment = inputs[input].segment
      return try segment.idRange(document, record)
    }
    try writer.section(.sources) { try writer.append(sourceNames().bytes) }
    try eachDocument(writer, .texts) { input, document, _ in
      try inputs[input].segment.textRange(document) ?? 0..<0
    }
    try writer.section(.textEnds) { if hasTexts { try textEnds(writer) } }
    let samples = try table(writer, .sampleEntries, .sampleDirectory, isWanted: hasTexts) {
      $0.samples
    }
    return try writer.finish(documents: documents, times: times, bucketBits: (bands, samples))
  }

  /// Writes one key table; returns the bits of its buckets.
  private func table(
    _ writer: SegmentWriter,
    _ entries: Section,
    _ directory: Section,
    isWanted: Bool,
    _ of: (Segment) -> SegmentKeys?
  ) throws -> Int {
    let tables = inputs.map { of($0.segment) }
    let count = tables.reduce(0) { $0 + ($1?.count ?? 0) }
    var output = SegmentKeysWriter(entries: count, documents: documents)
    var partBits = 0
    while count >> partBits > Self.itemsPerPart { partBits += 1 }
    try writer.section(entries) {
      for part in 0..<UInt64(1) << UInt64(partBits) {
        let shift = UInt64(IndexFormat.keyBits - partBits)
        let keys = part << shift...((part + 1) << shift) - 1
        try output.append(try items(keys, tables), to: writer)
      }
    }
    try writer.section(directory) { if isWanted { try output.finish(to: writer) } }
    return output.bucketBits
  }

  /// The items of a range of keys over all inputs, ascending.
  private func items(_ keys: ClosedRange<UInt64>, _ tables: [SegmentKeys?]) throws -> [UInt64] {
    var all: [UInt64] = []
    var ends: [Int] = []
    for (input, table) in tables.enumerated() {
      guard let table else { continue }
      let segment = inputs[input].segment
      let start = all.count
      try table.items(
        keys,
        segment,
        isDamaged: { error in
          damage?(error)
          return damage != nil
        },
        into: &all
      )
      try renumber(&all, from: start, input)
      ends.append(all.count)
      segment.release(IndexFormat.pageBytes..<inputs[input].entry.fileBytes)
    }
    FeatureSorting.mergeRuns(&all, ends: ends)
    return all
  }

  /// Gives items of one input, from a place on, the numbers that their documents have in the result.
  private func renumber(_ items: inout [UInt64], from start: Int, _ input: Int) throws {
    let mask = (UInt64(1) << SegmentKeysWriter.documentBits) - 1
    let documents = UInt64(inputs[input].entry.documents)
    var kept = start
    var last = UInt64.max
    for place in start..<items.count {
      let item = items[place]
      guard item & mask < documents, place == start || item > last else {
        throw inputs[input].segment.contradiction("an entry has no such document, or no order")
      }
      last = item
      guard let number = number(input, Int(item & mask)) else { continue }
      items[kept] = item & ~mask | UInt64(number)
      kept += 1
    }
    items.removeLast(items.count - kept)
  }

  /// Writes the records; returns their times.
  private func records(_ writer: SegmentWriter) throws -> ClosedRange<Int64> {
    var names = SourceNames()
    var (first, last) = (Int64.max, Int64.min)
    var idEnd = 0
    try writer.section(.records) {
      var bytes: [UInt8] = []
      try forEach { input, document, record in
        var record = record
        let segment = inputs[input].segment
        idEnd += try segment.idRange(document, record).count
        record.source = names.number(try source(input, record))
        record.idEnd = UInt32(idEnd)
        (first, last) = (min(first, record.time), max(last, record.time))
        bytes.removeAll(keepingCapacity: true)
        record.append(to: &bytes)
        try writer.append(bytes)
      }
    }
    return first...last
  }

  /// The sources, in the order in which ``records(_:)`` numbers them.
  private func sourceNames() throws -> SourceNames {
    var names = SourceNames()
    try forEach { input, _, record in
      _ = names.number(try source(input, record))
    }
    return names
  }

  /// A document's source; none where it is damaged and that is to be passed over.
  private func source(_ input: Int, _ record: StoredRecord) throws -> [UInt8] {
    do {
      return try inputs[input].segment.source(record)
    } catch let error as SidikError {
      guard let damage else { throw error }
      damage(error)
      return []
    }
  }

  private func textEnds(_ writer: SegmentWriter) throws {
    var end = 0
    var bytes: [UInt8] = []
    try forEach { input, document, _ in
      end += try inputs[input].segment.textRange(document)?.count ?? 0
      bytes.removeAll(keepingCapacity: true)
      bytes.append(little: UInt64(end))
      try writer.append(bytes)
    }
  }

  /// Copies bytes of every document.
  private func eachDocument(
    _ writer: SegmentWriter,
    _ section: Section,
    _ range: (Int, Int, StoredRecord) throws -> Range<Int>
  ) throws {
    try writer.section(section) {
      try forEach { input, document, record in
        let range = try range(input, document, record)
        if range.isEmpty { return }
        let start = try unsafe inputs[input].segment.bytes(range.lowerBound, range.count)
        try unsafe writer.append(UnsafeRawBufferPointer(start: start, count: range.count))
      }
    }
  }

  private func forEach(_ body: (Int, Int, StoredRecord) throws -> Void) throws {
    for (number, input) in inputs.enumerated() {
      for document in 0..<input.entry.documents where !input.removals.contains(document) {
        try body(number, document, try input.segment.record(document))
        if document & 0xFFFF == 0xFFFF { input.segment.release(0..<input.entry.fileBytes) }
      }
    }
  }
}
