internal import CSidikKernels
internal import Glibc
internal import SidikCore

/// A segment mapped into memory; every block is checked before its first byte is used.
///
/// Belongs to one thread. Stays readable when its file is unlinked.
@safe
final class Segment {
  let path: String
  let header: SegmentHeader
  let bands: SegmentKeys
  /// The table of samples, where the index keeps texts.
  let samples: SegmentKeys?
  private let base: UnsafeRawPointer
  private let mapped: Int
  /// A bit for each block that was checked.
  private let checked: UnsafeMutablePointer<UInt64>
  private var sources: SourceNames?

  /// Maps the segment that a manifest names.
  ///
  /// - Throws: ``SidikError`` where it is damaged; ``MissingFile`` where it is not there.
  init(folder: String, _ entry: Manifest.Entry, parameters: UInt64) throws {
    path = StoreFile.join(folder, IndexFormat.name(entry.number, "seg"))
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT { throw MissingFile(path: path) }
    guard descriptor >= 0 else { throw StoreFile.fault(errno, path) }
    defer { _ = close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw StoreFile.fault(errno, path) }
    guard Int(status.st_size) == entry.fileBytes, entry.fileBytes >= IndexFormat.pageBytes else {
      let reason = "has \(status.st_size) bytes where the manifest says \(entry.fileBytes)"
      throw SidikError(.incompatible, reason, file: path)
    }
    mapped = entry.fileBytes
    let address = unsafe mmap(nil, mapped, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw StoreFile.fault(errno, path)
    }
    unsafe base = UnsafeRawPointer(address)
    do {
      header = try unsafe Self.header(base, mapped, entry, parameters)
    } catch {
      _ = unsafe munmap(address, mapped)
      throw error.error(path)
    }
    let words = header.blocks / 64 + 1
    unsafe checked = .allocate(capacity: words)
    unsafe checked.initialize(repeating: 0, count: words)
    bands = SegmentKeys(header, .bandEntries, .bandDirectory, header.bandBucketBits)
    samples =
      header.sections[Section.sampleDirectory.rawValue].bytes == 0
      ? nil : SegmentKeys(header, .sampleEntries, .sampleDirectory, header.sampleBucketBits)
    // Keys are looked up all over the file: reading ahead would be in vain.
    _ = unsafe madvise(address, mapped, MADV_RANDOM)
  }

  deinit {
    unsafe checked.deallocate()
    _ = unsafe munmap(UnsafeMutableRawPointer(mutating: base), mapped)
  }

  private static func header(
    _ base: UnsafeRawPointer,
    _ mapped: Int,
    _ entry: Manifest.Entry,
    _ parameters: UInt64
  ) throws(IndexDamage) -> SegmentHeader {
    let page = unsafe UnsafeRawBufferPointer(start: base, count: IndexFormat.headerBytes)
    let header = try SegmentHeader(unsafe Array(page))
    let checksum = unsafe Array(page).little(IndexFormat.headerBytes - 8, as: UInt64.self)
    guard header.fileBytes == mapped, header.number == entry.number,
      header.documents == entry.documents, header.parameters == parameters,
      checksum == entry.headerChecksum
    else { throw IndexDamage("is not the segment that the manifest names") }
    let place = header.sections[Section.checksums.rawValue]
    let sums = unsafe UnsafeRawBufferPointer(start: base + place.offset, count: place.bytes)
    guard unsafe XXHash64.hash(sums) == header.checksumOfChecksums else {
      throw IndexDamage("its checksums are damaged")
    }
    return header
  }

  /// Makes sure that bytes are as they were written; an address to them.
  ///
  /// - Parameters:
  ///   - offset: in the file, within a section.
  ///   - count: bytes wanted.
  /// - Returns: the address of the first.
  /// - Throws: ``SidikError`` where one of their blocks is damaged.
  @inline(__always)
  func bytes(_ offset: Int, _ count: Int) throws -> UnsafeRawPointer {
    var block = (offset - IndexFormat.pageBytes) >> 12
    let last = (offset - IndexFormat.pageBytes + max(1, count) - 1) >> 12
    while block <= last {
      if unsafe checked[block >> 6] & (1 << UInt64(block & 63)) == 0 { try check(block) }
      block += 1
    }
    return unsafe base + offset
  }

  /// Asks memory for bytes that are read soon; nothing waits, nothing is checked.
  @inline(__always)
  func expect(_ offset: Int) { unsafe sidik_prefetch(base + offset) }

  private func check(_ block: Int) throws {
    guard isIntact(block) else {
      throw SidikError(
        .incompatible,
        "is damaged (sidik index check says how much)",
        file: path,
        offset: IndexFormat.pageBytes * (block + 1)
      )
    }
    unsafe checked[block >> 6] |= 1 << UInt64(block & 63)
  }

  /// Whether a block is as it was written.
  func isIntact(_ block: Int) -> Bool {
    let sums = header.sections[Section.checksums.rawValue].offset
    let start = IndexFormat.pageBytes * (block + 1)
    guard block >= 0, start < sums else { return false }
    let end = min(sums, start + IndexFormat.pageBytes)
    let bytes = unsafe UnsafeRawBufferPointer(start: base + start, count: end - start)
    let wanted = unsafe (base + sums).loadUnaligned(fromByteOffset: 4 * block, as: UInt32.self)
    return unsafe UInt32(truncatingIfNeeded: XXHash64.hash(bytes)) == wanted.littleEndian
  }

  /// Where a section stands.
  func place(_ section: Section) -> SectionPlace { header.sections[section.rawValue] }

  /// Gives memory of the file back to the system, for passes over the whole of it.
  func release(_ place: Range<Int>) {
    let start = place.lowerBound & ~(IndexFormat.pageBytes - 1)
    guard start < place.upperBound else { return }
    let address = unsafe UnsafeMutableRawPointer(mutating: base + start)
    _ = unsafe madvise(address, place.upperBound - start, MADV_DONTNEED)
  }
}

extension Segment {
  /// The error of contents that cannot be, though their checksums fit.
  func contradiction(_ what: String) -> SidikError {
    SidikError(.incompatible, "contradicts itself: \(what)", file: path)
  }

  /// The record of a document.
  func record(_ document: Int) throws -> StoredRecord {
    let place = place(.records).offset + IndexFormat.recordBytes * document
    return unsafe StoredRecord(try bytes(place, IndexFormat.recordBytes))
  }

  /// Gives the records of documents to `body`.
  ///
  /// Records stand all over the file; a loop that does little else than read them waits for many at once.
  func forEachRecord(
    of hits: ArraySlice<KeyHit>,
    _ body: (KeyHit, StoredRecord) -> Void
  ) throws {
    let start = place(.records).offset
    for hit in hits {
      let place = start + IndexFormat.recordBytes * hit.place.document
      body(hit, unsafe StoredRecord(try bytes(place, IndexFormat.recordBytes)))
    }
  }

  /// Where a document's id stands in the file.
  func idRange(_ document: Int, _ record: StoredRecord) throws -> Range<Int> {
    let start = document == 0 ? 0 : Int(try self.record(document - 1).idEnd)
    let end = Int(record.idEnd)
    let ids = place(.ids)
    guard start <= end, end <= ids.bytes else { throw contradiction("an id has no place") }
    return ids.offset + start..<ids.offset + end
  }

  /// A document's id.
  func id(_ document: Int, _ record: StoredRecord) throws -> [UInt8] {
    try copy(try idRange(document, record))
  }

  /// Bytes of the file.
  func copy(_ range: Range<Int>) throws -> [UInt8] {
    if range.isEmpty { return [] }
    let start = try unsafe bytes(range.lowerBound, range.count)
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: range.count))
  }

  /// Where a document was published; empty where nothing is known.
  func source(_ record: StoredRecord) throws -> [UInt8] {
    if record.source == 0 { return [] }
    let names = try allSources().names
    guard Int(record.source) <= names.count else { throw contradiction("a source has no name") }
    return names[Int(record.source) - 1]
  }

  private func allSources() throws -> SourceNames {
    if let sources { return sources }
    let section = place(.sources)
    do {
      let bytes = try copy(section.offset..<section.offset + section.bytes)
      let found = try SourceNames(bytes)
      sources = found
      return found
    } catch let damage as IndexDamage {
      throw damage.error(path)
    }
  }

  /// Where the frame of a document's text stands in the file; nil without texts.
  func textRange(_ document: Int) throws -> Range<Int>? {
    let (texts, ends) = (place(.texts), place(.textEnds))
    guard ends.bytes > 0 else { return nil }
    func end(_ document: Int) throws -> Int {
      let word = unsafe try bytes(ends.offset + 8 * document, 8).loadUnaligned(as: UInt64.self)
      return Int(truncatingIfNeeded: word.littleEndian)
    }
    let range = (document == 0 ? 0 : try end(document - 1), try end(document))
    guard range.0 >= 0, range.0 <= range.1, range.1 <= texts.bytes else {
      throw contradiction("a text has no place")
    }
    return texts.offset + range.0..<texts.offset + range.1
  }

  /// The normalised text of a document; nil without texts.
  func text(_ document: Int, _ decompressor: TextDecompressor) throws -> [UInt8]? {
    guard let range = try textRange(document) else { return nil }
    do {
      let frame = unsafe UnsafeRawBufferPointer(
        start: try bytes(range.lowerBound, range.count),
        count: range.count
      )
      return try unsafe decompressor.text(frame)
    } catch let damage as IndexDamage {
      throw damage.error(path)
    }
  }
}
