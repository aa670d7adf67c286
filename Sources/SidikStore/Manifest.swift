internal import SidikCore

/// What belongs to an index now: the one file that is ever replaced.
///
/// It says what the index is, so it stands in its file twice: a damaged page costs nothing.
struct Manifest {
  /// A segment as the manifest has it.
  struct Entry: Equatable {
    var number: UInt64
    var fileBytes: Int
    var documents: Int
    var removed = 0
    var removals: UInt64 = 0
    var times: ClosedRange<Int64>
    var headerChecksum: UInt64

    static let bytes = 56

    /// Documents that were not removed.
    var live: Int { documents - removed }
  }

  static let name = "MANIFEST"
  private static let fixedBytes = 40

  var generation: UInt64 = 0
  var nextNumber: UInt64 = 1
  var parameters: String
  var segments: [Entry] = []
  /// Whether both copies were read as they were written.
  private(set) var isWhole = true

  /// What segments say of the parameters they were made with.
  var parametersChecksum: UInt64 { XXHash64.hash(Array(parameters.utf8)) }

  /// The names of all files that belong to the index.
  var files: Set<String> {
    var names: Set<String> = [Self.name, "LOCK"]
    for entry in segments {
      names.insert(IndexFormat.name(entry.number, "seg"))
      if entry.removals != 0 { names.insert(IndexFormat.name(entry.removals, "del")) }
    }
    return names
  }

  init(parameters: String) { self.parameters = parameters }

  /// Reads the manifest of a folder.
  ///
  /// - Throws: ``SidikError`` of code `file` where there is none, `incompatible` where it is
  ///   damaged or of another version.
  init(folder: String) throws {
    let path = StoreFile.join(folder, Self.name)
    guard let bytes = try StoreFile.read(path) else {
      throw SidikError(.file, "is no index: it has no MANIFEST", file: folder)
    }
    do {
      try self.init(bytes)
    } catch let damage as IndexDamage {
      throw damage.error(path)
    }
  }

  /// Reads what stands in the file: the first copy that is intact.
  init(_ bytes: [UInt8]) throws {
    do {
      try self.init(copy: bytes)
    } catch {
      let places = stride(from: IndexFormat.pageBytes, to: bytes.count, by: IndexFormat.pageBytes)
      guard let copy = places.compactMap({ try? Manifest(copy: Array(bytes[$0...])) }).first else {
        throw error
      }
      self = copy
    }
    isWhole = bytes == self.bytes
  }

  /// Reads the copy that bytes begin with.
  private init(copy bytes: [UInt8]) throws {
    guard bytes.count >= Self.fixedBytes + 8, Array(bytes[..<8]) == IndexFormat.manifestMagic else {
      throw IndexDamage("is no manifest of an index")
    }
    let version: UInt32 = bytes.little(8)
    guard version == IndexFormat.version else { throw IndexDamage(version: version) }
    let count = Int(bytes.little(12, as: UInt32.self))
    let length = Int(bytes.little(32, as: UInt32.self))
    let end = Self.fixedBytes + length + count * Entry.bytes
    guard end + 8 <= bytes.count, XXHash64.hash(Array(bytes[..<end])) == bytes.little(end) else {
      throw IndexDamage("is damaged")
    }
    guard let text = String(validating: bytes[40..<40 + length], as: UTF8.self)
    else { throw IndexDamage("contradicts itself") }
    parameters = text
    generation = bytes.little(16)
    nextNumber = bytes.little(24)
    segments = (0..<count).map { Entry(bytes, Self.fixedBytes + length + $0 * Entry.bytes) }
    guard segments.allSatisfy({ $0.removed <= $0.documents && $0.number < nextNumber }) else {
      throw IndexDamage("contradicts itself")
    }
  }

  /// What the file holds: a copy, zeros to the end of its page, and the copy again.
  var bytes: [UInt8] {
    let copy = self.copy
    let rest = -copy.count & (IndexFormat.pageBytes - 1)
    return copy + [UInt8](repeating: 0, count: rest) + copy
  }

  private var copy: [UInt8] {
    var output = IndexFormat.manifestMagic
    let text = Array(parameters.utf8)
    output.append(little: IndexFormat.version)
    output.append(little: UInt32(segments.count))
    output.append(little: generation)
    output.append(little: nextNumber)
    output.append(little: UInt32(text.count))
    output.append(little: UInt32(0))
    output += text
    for entry in segments { entry.append(to: &output) }
    output.append(little: XXHash64.hash(output))
    return output
  }

  /// Makes this the state of the index: durable when it returns.
  ///
  /// - Throws: ``SidikError`` where it cannot be written; the state before holds then.
  func publish(in folder: String) throws {
    let fresh = StoreFile.join(folder, Self.name + ".new")
    try StoreFile.write(bytes, to: fresh)
    try StoreFile.syncFolder(folder)
    try StoreFile.rename(fresh, to: StoreFile.join(folder, Self.name))
    try StoreFile.syncFolder(folder)
  }
}

extension Manifest.Entry {
  fileprivate init(_ bytes: [UInt8], _ place: Int) {
    let (first, last): (Int64, Int64) = (bytes.little(place + 32), bytes.little(place + 40))
    self.init(
      number: bytes.little(place),
      fileBytes: Int(truncatingIfNeeded: bytes.little(place + 8, as: UInt64.self)),
      documents: Int(bytes.little(place + 16, as: UInt32.self)),
      removed: Int(bytes.little(place + 20, as: UInt32.self)),
      removals: bytes.little(place + 24),
      times: first...max(first, last),
      headerChecksum: bytes.little(place + 48)
    )
  }

  fileprivate func append(to output: inout [UInt8]) {
    output.append(little: number)
    output.append(little: UInt64(fileBytes))
    output.append(little: UInt32(documents))
    output.append(little: UInt32(removed))
    output.append(little: removals)
    output.append(little: times.lowerBound)
    output.append(little: times.upperBound)
    output.append(little: headerChecksum)
  }
}
