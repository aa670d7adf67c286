internal import SidikCore

/// What a look at every byte of an index found.
public struct IndexCheck: Sendable, Hashable {
  /// Files that were read.
  public var files = 0
  /// Bytes that were read.
  public var bytes = 0
  /// Documents that were not removed.
  public var documents = 0
  /// What is wrong, a line each, in the order of the manifest.
  public var damage: [String] = []
  /// Files of no commit: an interrupted process left them, the next that writes removes them.
  public var leftovers: [String] = []

  private static let mostNamed = 20

  /// Reads every file of an index.
  ///
  /// - Parameter folder: the index.
  /// - Throws: ``SidikError`` where there is none, or neither copy of its manifest can be read.
  /// - Complexity: O(bytes).
  public init(_ folder: String) throws {
    let manifest = try Manifest(folder: folder)
    files = 1
    bytes = manifest.bytes.count
    if !manifest.isWhole {
      let path = StoreFile.join(folder, Manifest.name)
      damage.append("\(path): one of its two copies is damaged; the other is used")
    }
    for entry in manifest.segments {
      documents += entry.live
      check(folder, entry, manifest.parametersChecksum)
    }
    let known = manifest.files
    leftovers = try StoreFile.names(in: folder).filter {
      !known.contains($0) && IndexWriter.isOurs($0)
    }
  }

  private mutating func check(
    _ folder: String,
    _ entry: Manifest.Entry,
    _ parameters: UInt64
  ) {
    attempt { check in
      let removals = try Removals(folder: folder, entry)
      if entry.removals != 0 {
        check.files += 1
        check.bytes += 48 + 8 * removals.words.count
      }
    }
    attempt { check in
      let segment = try Segment(folder: folder, entry, parameters: parameters)
      check.files += 1
      check.bytes += entry.fileBytes
      try check.checkBlocks(segment)
    }
  }

  private mutating func checkBlocks(_ segment: Segment) throws {
    let broken = (0..<segment.header.blocks).filter { !segment.isIntact($0) }
    for block in broken.prefix(Self.mostNamed) {
      damage.append(
        "\(segment.path): byte \(IndexFormat.pageBytes * (block + 1)): a block is damaged"
          + Self.place(block, segment)
      )
    }
    if broken.count > Self.mostNamed {
      damage.append("\(segment.path): \(broken.count - Self.mostNamed) more blocks are damaged")
    }
    if broken.isEmpty { try Self.checkContents(segment) }
  }

  /// Runs a check and writes down what it throws.
  private mutating func attempt(_ body: (inout IndexCheck) throws -> Void) {
    do {
      try body(&self)
    } catch let error as SidikError {
      damage.append(error.description)
    } catch let missing as MissingFile {
      damage.append(missing.error.description)
    } catch {
      damage.append("\(error)")
    }
  }

  /// What a block holds.
  private static func place(_ block: Int, _ segment: Segment) -> String {
    let start = IndexFormat.pageBytes * (block + 1)
    let names = Section.allCases.filter { section in
      let place = segment.place(section)
      return place.bytes > 0 && place.offset < start + IndexFormat.pageBytes
        && place.offset + place.bytes > start
    }.map { "\($0)" }
    return names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
  }

  /// Whether the contents of an intact segment fit each other.
  private static func checkContents(_ segment: Segment) throws {
    let decompressor = try TextDecompressor()
    for document in 0..<segment.header.documents {
      let record = try segment.record(document)
      guard String(validating: try segment.id(document, record), as: UTF8.self) != nil else {
        throw segment.contradiction("an id is not UTF-8")
      }
      _ = try segment.source(record)
      _ = try segment.text(document, decompressor)
      guard segment.header.times.contains(record.time) else {
        throw segment.contradiction("a time lies outside those of the segment")
      }
    }
    for table in [segment.bands, segment.samples].compactMap({ $0 }) {
      try checkTable(table, segment)
    }
  }

  private static func checkTable(_ table: SegmentKeys, _ segment: Segment) throws {
    let shift = UInt64(IndexFormat.keyBits - table.bucketBits)
    var last: UInt64?
    var count = 0
    var items: [UInt64] = []
    for bucket in 0..<UInt64(1) << UInt64(table.bucketBits) {
      items.removeAll(keepingCapacity: true)
      let keys = bucket << shift...((bucket + 1) << shift) - 1
      try table.items(keys, segment, isDamaged: { _ in false }, into: &items)
      count += items.count
      for item in items {
        guard last.map({ $0 < item }) ?? true else {
          throw segment.contradiction("keys are not in order")
        }
        guard item & ((1 << SegmentKeysWriter.documentBits) - 1) < UInt64(segment.header.documents)
        else { throw segment.contradiction("no such document") }
        last = item
      }
    }
    guard count == table.count else { throw segment.contradiction("keys are in no bucket") }
  }
}
