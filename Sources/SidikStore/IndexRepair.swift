internal import SidikCore

/// What became of a damaged index.
public struct IndexRepair: Sendable, Hashable {
  /// Documents that could not be kept.
  public var lostDocuments = 0
  /// Segments of which nothing could be kept.
  public var lostSegments = 0
  /// Runs of keys, and sources, that could not be kept: their documents stay and may be found less
  /// often.
  public var lostDetails = 0

  /// Nothing was lost.
  public init() {}

  /// Whether nothing was lost.
  public var isWhole: Bool { lostDocuments + lostSegments + lostDetails == 0 }
}

extension IndexWriter {
  /// Keeps what can be read of a damaged index and leaves out the rest, segment by segment.
  ///
  /// Of the manifest one copy is enough; without any nothing says what the index is.
  ///
  /// - Parameter folder: the index.
  /// - Returns: what was lost.
  /// - Throws: ``SidikError`` where no copy of the manifest is whole, the disk full, or another process
  ///   writes.
  public static func repair(_ folder: String) throws -> IndexRepair {
    let manifest = try Manifest(folder: folder)
    let lock = try WriterLock(folder)
    var repair = IndexRepair()
    // What cannot be opened at all goes first, so that the rest is an index again.
    var sound = try Manifest(folder: folder)
    sound.segments = sound.segments.compactMap { entry in
      repair.opened(folder, entry, manifest.parametersChecksum)
    }
    if sound.segments != manifest.segments || !manifest.isWhole {
      sound.generation += 1
      try sound.publish(in: folder)
    }
    withExtendedLifetime(lock) {}
    return repair
  }

  /// Writes every segment anew that has damaged blocks.
  ///
  /// - Parameter repair: receives what was lost.
  /// - Throws: ``SidikError`` where the disk is full.
  public func rewriteDamaged(_ repair: inout IndexRepair) throws {
    for number in snapshot.segments.indices.reversed() {
      let live = snapshot.segments[number]
      if (0..<live.segment.header.blocks).allSatisfy(live.segment.isIntact) { continue }
      let removals = repair.unreadable(live)
      let input = LiveSegment(entry: live.entry, segment: live.segment, removals: removals)
      var lost = 0
      try replace(number..<number + 1, by: [input]) { _ in lost += 1 }
      repair.lostDetails += lost
    }
  }
}

extension IndexRepair {
  /// The entry of a segment that can be opened, or nil.
  fileprivate mutating func opened(
    _ folder: String,
    _ entry: Manifest.Entry,
    _ parameters: UInt64
  ) -> Manifest.Entry? {
    guard (try? Segment(folder: folder, entry, parameters: parameters)) != nil else {
      lostSegments += 1
      lostDocuments += entry.live
      return nil
    }
    if (try? Removals(folder: folder, entry)) != nil { return entry }
    // Which documents were removed is lost: to have them again is better than to lose the others.
    var entry = entry
    (entry.removed, entry.removals) = (0, 0)
    return entry
  }

  /// What was removed, with the documents that cannot be read.
  fileprivate mutating func unreadable(_ live: LiveSegment) -> Removals {
    var removals = live.removals
    let decompressor = try? TextDecompressor()
    for document in 0..<live.entry.documents where !removals.contains(document) {
      let isReadable: Void? = try? {
        let record = try live.segment.record(document)
        _ = try live.segment.id(document, record)
        if let decompressor { _ = try live.segment.text(document, decompressor) }
      }()
      if isReadable == nil {
        removals.insert(document)
        lostDocuments += 1
      }
    }
    return removals
  }
}
