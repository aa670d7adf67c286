internal import SidikCore

/// The removed documents of one segment.
struct Removals: Equatable {
  private(set) var words: [UInt64]
  private(set) var count = 0
  let documents: Int

  private static let fixedBytes = 40

  /// None removed.
  init(documents: Int) {
    self.documents = documents
    words = [UInt64](repeating: 0, count: (documents + 63) / 64)
  }

  /// Whether a document is removed.
  @inline(__always)
  func contains(_ document: Int) -> Bool {
    words[document >> 6] & (1 << UInt64(document & 63)) != 0
  }

  /// Removes a document; says whether it was there.
  @discardableResult
  mutating func insert(_ document: Int) -> Bool {
    if contains(document) { return false }
    words[document >> 6] |= 1 << UInt64(document & 63)
    count += 1
    return true
  }

  /// For each run of 64 documents how many before it are not removed.
  var ranks: [Int] {
    var (live, result) = (0, [Int]())
    result.reserveCapacity(words.count)
    for word in words {
      result.append(live)
      live += 64 - word.nonzeroBitCount
    }
    return result
  }

  /// The bytes of the file.
  func bytes(number: UInt64, segment: UInt64) -> [UInt8] {
    var output = IndexFormat.removalMagic
    output.append(little: IndexFormat.version)
    output.append(little: UInt32(documents))
    output.append(little: number)
    output.append(little: segment)
    output.append(little: UInt32(count))
    output.append(little: UInt32(0))
    for word in words { output.append(little: word) }
    output.append(little: XXHash64.hash(output))
    return output
  }

  /// Reads the file that a manifest names.
  ///
  /// - Throws: ``SidikError`` where it is missing, damaged, or belongs to another segment.
  init(folder: String, _ entry: Manifest.Entry) throws {
    self.init(documents: entry.documents)
    guard entry.removals != 0 else { return }
    let path = StoreFile.join(folder, IndexFormat.name(entry.removals, "del"))
    guard let bytes = try StoreFile.read(path) else {
      throw MissingFile(path: path)
    }
    do {
      try read(bytes, entry)
    } catch {
      throw error.error(path)
    }
  }

  private mutating func read(_ bytes: [UInt8], _ entry: Manifest.Entry) throws(IndexDamage) {
    guard bytes.count >= Self.fixedBytes + 8, Array(bytes[..<8]) == IndexFormat.removalMagic else {
      throw IndexDamage("is no list of removals")
    }
    let version: UInt32 = bytes.little(8)
    guard version == IndexFormat.version else { throw IndexDamage(version: version) }
    let end = bytes.count - 8
    guard XXHash64.hash(Array(bytes[..<end])) == bytes.little(end) else {
      throw IndexDamage("is damaged")
    }
    guard end == Self.fixedBytes + 8 * words.count,
      bytes.little(12, as: UInt32.self) == UInt32(documents),
      bytes.little(24, as: UInt64.self) == entry.number
    else { throw IndexDamage("belongs to another segment") }
    for index in words.indices { words[index] = bytes.little(Self.fixedBytes + 8 * index) }
    count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    let beyond = documents & 63 == 0 ? 0 : words[words.count - 1] >> UInt64(documents & 63)
    guard count == entry.removed, beyond == 0 else { throw IndexDamage("contradicts the manifest") }
  }
}

/// A file that a manifest names and that is not there: merged away meanwhile, or lost.
struct MissingFile: Error {
  let path: String

  /// The error where it stays missing.
  var error: SidikError {
    SidikError(.incompatible, "is missing, though the manifest names it", file: path)
  }
}
