internal import SidikIndex

/// Samples of nodes by their part, in memory or on disk.
final class SampleStore {
  private let entries: SampleEntries
  private let spool: RecordSpool<UInt64>?
  private let mostWaiting: Int
  private var waiting: [[UInt64]]
  private var written: [[Range<Int>]]

  /// How many entries each part has.
  private(set) var counts: [Int]

  /// Makes room.
  ///
  /// - Parameters:
  ///   - entries: how samples and nodes are one number.
  ///   - memory: what the run may take; nil keeps all in memory.
  ///   - folder: where the file is kept.
  /// - Throws: ``SidikError`` where the folder cannot be written.
  init(_ entries: SampleEntries, _ memory: MemoryLimit?, folder: String?) throws {
    self.entries = entries
    spool = try memory.map { _ in try RecordSpool(folder: folder) }
    // Some thousand parts have as many entries waiting.
    mostWaiting = memory.map { max(64, min(1 << 17, $0.batch >> 13)) } ?? .max
    waiting = [[UInt64]](repeating: [], count: entries.partCount)
    written = [[Range<Int>]](repeating: [], count: entries.partCount)
    counts = [Int](repeating: 0, count: entries.partCount)
  }

  /// Adds the samples of a node.
  ///
  /// - Throws: ``SidikError`` where the disk is full.
  func append(_ samples: [UInt64], node: UInt32) throws {
    for sample in samples {
      let (part, entry) = entries.entry(sample, node: node)
      waiting[part].append(entry)
      counts[part] += 1
      if waiting[part].count == mostWaiting { try flush(part) }
    }
  }

  private func flush(_ part: Int) throws {
    guard let spool else { return }
    let first = try spool.append(waiting[part])
    written[part].append(first..<spool.count)
    waiting[part].removeAll(keepingCapacity: true)
  }

  /// Gives the entries of a part away, in the order they were added.
  ///
  /// - Throws: ``SidikError`` where they cannot be read, or are not what was written.
  func take(_ part: Int) throws -> [UInt64] {
    defer { (written[part], waiting[part]) = ([], []) }
    if written[part].isEmpty { return waiting[part] }
    var all: [UInt64] = []
    all.reserveCapacity(counts[part])
    for range in written[part] { all += try spool?.read(range) ?? [] }
    all += waiting[part]
    return all
  }
}
