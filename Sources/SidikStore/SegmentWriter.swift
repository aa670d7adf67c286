internal import Glibc
internal import SidikCore

/// Writes a segment front to back; it belongs to the index once a manifest names it.
final class SegmentWriter {
  private static let bufferBytes = 1 << 20

  private let path: String
  private let descriptor: Int32
  private var header = SegmentHeader()
  private var buffer: [UInt8] = []
  /// Where in the file the buffer begins: always a whole block.
  private var flushed = IndexFormat.pageBytes
  private var checksums: [UInt8] = []

  /// Begins a segment.
  ///
  /// - Parameters:
  ///   - folder: the index.
  ///   - number: the number of its file.
  ///   - parameters: the checksum of the parameters in the manifest.
  /// - Throws: ``SidikError`` where the file cannot be made.
  init(folder: String, number: UInt64, parameters: UInt64) throws {
    path = StoreFile.join(folder, IndexFormat.name(number, "seg"))
    descriptor = try StoreFile.create(path)
    header.number = number
    header.parameters = parameters
    buffer.reserveCapacity(Self.bufferBytes + (1 << 16))
  }

  deinit { _ = close(descriptor) }

  /// Where the next byte stands in the file.
  private var offset: Int { flushed + buffer.count }

  /// Writes a section, after those before it.
  ///
  /// - Parameters:
  ///   - section: which.
  ///   - body: appends its bytes, in as many parts as it likes, by ``append(_:)``.
  /// - Throws: what `body` throws.
  func section(_ section: Section, _ body: () throws -> Void) throws {
    while offset & 7 != 0 { buffer.append(0) }
    let start = offset
    try body()
    header.sections[section.rawValue] = SectionPlace(offset: start, bytes: offset - start)
  }

  /// Appends bytes to the section that is being written.
  func append(_ bytes: some Collection<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferBytes { try flush(all: false) }
  }

  /// Appends bytes to the section that is being written.
  func append(_ bytes: UnsafeRawBufferPointer) throws {
    unsafe buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferBytes { try flush(all: false) }
  }

  /// Appends so many bytes, which `body` writes.
  func append(count: Int, _ body: (UnsafeMutableRawBufferPointer) -> Void) throws {
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: count))
    unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe body(UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
    }
    if buffer.count >= Self.bufferBytes { try flush(all: false) }
  }

  private func flush(all: Bool) throws {
    let whole = all ? buffer.count : buffer.count & ~(IndexFormat.pageBytes - 1)
    try unsafe buffer.withUnsafeBytes { bytes in
      let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<whole])
      for start in stride(from: 0, to: whole, by: IndexFormat.pageBytes) {
        let block = start..<min(whole, start + IndexFormat.pageBytes)
        let sum = unsafe XXHash64.hash(UnsafeRawBufferPointer(rebasing: part[block]))
        checksums.append(little: UInt32(truncatingIfNeeded: sum))
      }
      try unsafe StoreFile.write(part, to: descriptor, at: flushed, path)
    }
    flushed += whole
    buffer.removeFirst(whole)
  }

  /// Writes checksums and header and makes the file durable.
  ///
  /// - Parameters:
  ///   - documents: how many there are.
  ///   - times: from the earliest to the latest.
  ///   - bucketBits: of the tables of bands and of samples.
  /// - Returns: what the manifest says of the segment.
  /// - Throws: ``SidikError`` where the disk is full.
  func finish(
    documents: Int,
    times: ClosedRange<Int64>,
    bucketBits: (bands: Int, samples: Int)
  ) throws -> Manifest.Entry {
    while offset & 7 != 0 { buffer.append(0) }
    try flush(all: true)
    header.documents = documents
    header.times = times
    (header.bandBucketBits, header.sampleBucketBits) = bucketBits
    header.sections[Section.checksums.rawValue] =
      SectionPlace(offset: flushed, bytes: checksums.count)
    header.checksumOfChecksums = XXHash64.hash(checksums)
    header.fileBytes = flushed + checksums.count
    try unsafe checksums.withUnsafeBytes {
      try unsafe StoreFile.write($0, to: descriptor, at: flushed, path)
    }
    var page = header.bytes
    let checksum: UInt64 = page.little(IndexFormat.headerBytes - 8)
    page += [UInt8](repeating: 0, count: IndexFormat.pageBytes - page.count)
    try unsafe page.withUnsafeBytes {
      try unsafe StoreFile.write($0, to: descriptor, at: 0, path)
    }
    try StoreFile.sync(descriptor, path)
    return Manifest.Entry(
      number: header.number,
      fileBytes: header.fileBytes,
      documents: documents,
      times: times,
      headerChecksum: checksum
    )
  }
}
