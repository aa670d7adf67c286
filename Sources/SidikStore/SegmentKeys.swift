internal import CSidikKernels
internal import SidikCore

/// The table of one kind of keys in a segment.
struct SegmentKeys {
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

  /// How many keys are looked up together.
  static let keysPerRound = 64

  /// Finds the documents of keys.
  ///
  /// Keys stand all over the file, so a look-up waits for memory and does little else. Up to
  /// ``keysPerRound`` of them go together (directory, then each step of the search), and each asks for
  /// the place of its next step before the others take theirs, so that their waits overlap.
  ///
  /// - Parameters:
  ///   - keys: of 40 bits, by their places in the query.
  ///   - range: which of them.
  ///   - segment: the segment of the table.
  ///   - cap: a key of more documents than that is given to `exceeded` instead, at once; nil for no such.
  ///   - exceeded: takes the place of such a key in the query.
  ///   - take: takes the place of a key in the query and a document, documents of one key
  ///     ascending; false ends the key.
  /// - Throws: ``SidikError`` where the file is damaged; what `take` throws.
  /// - Complexity: O(log n) a key for n entries in its bucket, of which there are about 20, and
  ///   O(found).
  func find(
    _ keys: [UInt64],
    _ range: Range<Int>,
    _ segment: Segment,
    cap: Int? = nil,
    exceeded: (Int) -> Void = { _ in },
    _ take: (Int, Int) throws -> Bool
  ) throws {
    try unsafe withUnsafeTemporaryAllocation(of: Search.self, capacity: Self.keysPerRound) { all in
      for place in range { segment.expect(directory + 4 * Int(keys[place] >> restBits)) }
      for place in range {
        let bucket = try bucket(keys[place] >> restBits, segment)
        let rest = keys[place] & ((1 << restBits) - 1)
        expect(bucket, segment)
        unsafe all[place - range.lowerBound] = Search(
          low: bucket.lowerBound,
          high: bucket.upperBound,
          least: rest << documentBits
        )
      }
      for place in 0..<range.count { unsafe try begin(&all[place], segment) }
      // Step by step through all of them, for each step waits again.
      var isOpen = true
      while isOpen {
        isOpen = false
        for place in 0..<range.count where unsafe all[place].high - all[place].low > 4 {
          unsafe halve(&all[place])
          isOpen = true
        }
      }
      for place in 0..<range.count { unsafe end(&all[place], cap) }
      for place in range {
        let found = unsafe all[place - range.lowerBound]
        if let cap, has(found, moreThan: cap) {
          exceeded(place)
        } else {
          try gather(found, place, take)
        }
      }
    }
  }

  /// Asks for the entries of a bucket, or where a search through a large one begins.
  @inline(__always)
  private func expect(_ bucket: Range<Int>, _ segment: Segment) {
    let start = entries + IndexFormat.entryBytes * bucket.lowerBound
    let end = entries + IndexFormat.entryBytes * bucket.upperBound
    if end - start > 4 * Self.lineBytes { return segment.expect((start + end) / 2) }
    for line in stride(from: start, to: end, by: Self.lineBytes) { segment.expect(line) }
  }

  /// Bytes that memory gives at once.
  private static let lineBytes = 64

  /// Where a key is looked for among the entries of its bucket.
  @safe
  private struct Search {
    var low: Int
    var high: Int
    var end = 0
    let least: UInt64
    /// Where entry 0 of the table would stand.
    var memory: UnsafeRawPointer?
  }

  /// Takes the first step of a search, whose entries are checked.
  @inline(__always)
  private func begin(_ search: inout Search, _ segment: Segment) throws {
    if search.low == search.high { return }
    let memory = unsafe try segment.bytes(
      entries + IndexFormat.entryBytes * search.low,
      IndexFormat.entryBytes * (search.high - search.low)
    )
    unsafe search.memory = memory - IndexFormat.entryBytes * search.low
    search.end = search.high
    halve(&search)
  }

  /// One step of the search for the first entry that is not below ``Search/least``.
  @inline(__always)
  private func halve(_ search: inout Search) {
    guard let memory = unsafe search.memory else { return }
    let middle = (search.low + search.high) / 2
    let isBelow = unsafe entry(memory, middle) < search.least
    // Nobody foresees which, so no branch asks.
    search.low = isBelow ? middle + 1 : search.low
    search.high = isBelow ? search.high : middle
    unsafe sidik_prefetch(memory + IndexFormat.entryBytes * ((search.low + search.high) / 2))
  }

  /// Ends a search: ``Search/low`` becomes the first entry that is not below ``Search/least``.
  @inline(__always)
  private func end(_ search: inout Search, _ cap: Int?) {
    guard let memory = unsafe search.memory else { return }
    while unsafe search.low < search.high && entry(memory, search.low) < search.least {
      search.low += 1
    }
    guard let cap else { return }
    unsafe sidik_prefetch(memory + IndexFormat.entryBytes * (search.low + cap))
  }

  /// Whether a key has more documents than `cap`: entries of one key stand together.
  @inline(__always)
  private func has(_ found: Search, moreThan cap: Int) -> Bool {
    guard let memory = unsafe found.memory, found.low + cap < found.end else { return false }
    return unsafe (entry(memory, found.low + cap) ^ found.least) >> documentBits == 0
  }

  /// Gives the documents of a key to `take`.
  @inline(__always)
  private func gather(
    _ found: Search,
    _ key: Int,
    _ take: (Int, Int) throws -> Bool
  ) throws {
    guard let memory = unsafe found.memory else { return }
    var place = found.low
    while place < found.end {
      let entry = unsafe entry(memory, place)
      guard (entry ^ found.least) >> documentBits == 0 else { return }
      guard try take(key, Int(entry & documentMask)) else { return }
      place += 1
    }
  }

  /// Appends the items (see ``SegmentKeysWriter``) of keys in a range, ascending.
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
              SegmentKeysWriter.item(key: key, document: Int(entry & documentMask))
            )
          }
        }
      } catch let error as SidikError {
        guard isDamaged(error) else { throw error }
      }
    }
  }
}
