/// The numbers of format 1, as `Documentation/Formats/index.md` states them.
enum IndexFormat {
  static let version: UInt32 = 1
  static let manifestMagic = Array("SIDIKIDX".utf8)
  static let segmentMagic = Array("SIDIKSEG".utf8)
  static let removalMagic = Array("SIDIKDEL".utf8)

  /// Bytes before the first section, and of a checked block.
  static let pageBytes = 4096
  /// Bytes of the header that are used.
  static let headerBytes = 256
  static let recordBytes = 44
  static let entryBytes = 5
  /// Bits of a key.
  static let keyBits = 40
  /// A segment holds at most 2 to this power documents.
  static let mostDocumentBits = 24
  static let mostDocuments = 1 << mostDocumentBits

  /// The name of a file by its number.
  static func name(_ number: UInt64, _ kind: String) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits + "." + kind
  }

  /// The high bits of a 64-bit hash that are a key.
  @inline(__always)
  static func key(_ hash: UInt64) -> UInt64 { hash >> UInt64(64 - keyBits) }

  /// The key of a sampled feature: samples are small numbers, keys are uniform.
  @inline(__always)
  static func sampleKey(_ sample: UInt64) -> UInt64 {
    var mixed = sample &* 0xBF58_476D_1CE4_E5B9
    mixed ^= mixed >> 29
    return key(mixed &* 0x9E37_79B9_7F4A_7C15)
  }
}

/// The sections of a segment, in the order of its header.
enum Section: Int, CaseIterable {
  case bandEntries, bandDirectory, records, ids, sources, texts, textEnds
  case sampleEntries, sampleDirectory, checksums
}

/// Where a section stands in its file.
struct SectionPlace: Equatable {
  var offset = 0
  var bytes = 0
}

/// The header of a segment.
struct SegmentHeader {
  var documents = 0
  var number: UInt64 = 0
  var parameters: UInt64 = 0
  var fileBytes = 0
  var times: ClosedRange<Int64> = 0...0
  var bandBucketBits = 0
  var sampleBucketBits = 0
  var sections = [SectionPlace](repeating: SectionPlace(), count: Section.allCases.count)
  var checksumOfChecksums: UInt64 = 0

  /// Bits of a document number.
  var documentBits: Int { Self.documentBits(documents) }

  /// Bits of the numbers below `documents`, at least one.
  static func documentBits(_ documents: Int) -> Int {
    max(1, Int.bitWidth - (documents - 1).leadingZeroBitCount)
  }

  /// Bits of a bucket number, for buckets of about 12 to 25 entries.
  static func bucketBits(entries: Int, documents: Int) -> Int {
    var bits = documentBits(documents)
    while bits < 32, entries >> bits >= 32 { bits += 1 }
    return bits
  }

  /// The header's bytes, checksum last.
  var bytes: [UInt8] {
    var output = IndexFormat.segmentMagic
    output.append(little: IndexFormat.version)
    output.append(little: UInt32(documents))
    output.append(little: number)
    output.append(little: parameters)
    output.append(little: UInt64(fileBytes))
    output.append(little: times.lowerBound)
    output.append(little: times.upperBound)
    output.append(little: UInt32(documentBits))
    output.append(little: UInt32(bandBucketBits))
    output.append(little: UInt32(sampleBucketBits))
    output.append(little: UInt32(0))
    for section in sections {
      output.append(little: UInt64(section.offset))
      output.append(little: UInt64(section.bytes))
    }
    output.append(little: checksumOfChecksums)
    output.append(little: UInt64(0))
    output.append(little: XXHash64.hash(output))
    return output
  }

  init() {}

  /// Reads a header.
  ///
  /// - Parameter bytes: the first ``IndexFormat/headerBytes`` of a segment.
  /// - Throws: a sentence that says what is wrong.
  init(_ bytes: [UInt8]) throws(IndexDamage) {
    guard bytes.count >= IndexFormat.headerBytes,
      Array(bytes[..<8]) == IndexFormat.segmentMagic
    else { throw IndexDamage("is no segment of an index") }
    let version: UInt32 = bytes.little(8)
    guard version == IndexFormat.version else { throw IndexDamage(version: version) }
    let end = IndexFormat.headerBytes - 8
    guard XXHash64.hash(Array(bytes[..<end])) == bytes.little(end) else {
      throw IndexDamage("its header is damaged")
    }
    documents = Int(bytes.little(12, as: UInt32.self))
    number = bytes.little(16)
    parameters = bytes.little(24)
    fileBytes = Int(truncatingIfNeeded: bytes.little(32, as: UInt64.self))
    let (first, last): (Int64, Int64) = (bytes.little(40), bytes.little(48))
    times = first...max(first, last)
    bandBucketBits = Int(bytes.little(60, as: UInt32.self))
    sampleBucketBits = Int(bytes.little(64, as: UInt32.self))
    for index in sections.indices {
      sections[index] = SectionPlace(
        offset: Int(truncatingIfNeeded: bytes.little(72 + 16 * index, as: UInt64.self)),
        bytes: Int(truncatingIfNeeded: bytes.little(80 + 16 * index, as: UInt64.self))
      )
    }
    checksumOfChecksums = bytes.little(232)
    guard isSound else { throw IndexDamage("its header contradicts itself") }
  }

  /// Whether the numbers fit each other, so that a reader stays inside the file.
  private var isSound: Bool {
    guard documents > 0, documents <= IndexFormat.mostDocuments,
      (documentBits...32).contains(bandBucketBits), (documentBits...32).contains(sampleBucketBits)
    else { return false }
    var end = IndexFormat.pageBytes
    for place in sections {
      guard place.offset >= end, place.bytes >= 0, place.bytes <= fileBytes - place.offset else {
        return false
      }
      end = place.offset + place.bytes
    }
    let hasSamples = sections[Section.sampleDirectory.rawValue].bytes > 0
    func bytes(_ section: Section) -> Int { sections[section.rawValue].bytes }
    return end == fileBytes
      && bytes(.records) == documents * IndexFormat.recordBytes
      && bytes(.bandDirectory) == 4 * ((1 << bandBucketBits) + 1)
      && (!hasSamples || bytes(.sampleDirectory) == 4 * ((1 << sampleBucketBits) + 1))
      && (bytes(.textEnds) == 0 || bytes(.textEnds) == 8 * documents)
      && bytes(.checksums) == 4 * blocks
  }

  /// How many blocks are checked.
  var blocks: Int {
    let covered = sections[Section.checksums.rawValue].offset - IndexFormat.pageBytes
    return (covered + IndexFormat.pageBytes - 1) / IndexFormat.pageBytes
  }
}
