internal import SidikCore

/// A segment with what was removed from it.
struct LiveSegment {
  let entry: Manifest.Entry
  let segment: Segment
  let removals: Removals
}

/// Where a document of a snapshot stands.
public struct DocumentPlace: Sendable, Hashable, Comparable {
  /// The segment by its place in the snapshot; what is not yet committed comes after the last.
  let segment: Int
  /// The document's number in its segment.
  let document: Int

  /// Orders by the order of adding.
  public static func < (a: DocumentPlace, b: DocumentPlace) -> Bool {
    (a.segment, a.document) < (b.segment, b.document)
  }
}

/// A document that shares keys with a query.
public struct KeyHit: Sendable, Hashable {
  /// Which document.
  public let place: DocumentPlace
  /// How many keys it shares.
  public internal(set) var shared: Int
}

/// The state of an index at one moment, whatever is written meanwhile.
///
/// Takes no lock. Belongs to one thread; each thread makes its own, which is cheap.
public final class IndexSnapshot {
  /// Of a band key no more documents than this are looked at, those first added: a text posted ten
  /// thousand times is met all the same.
  public static let mostPerBand = 64

  let folder: String
  let manifest: Manifest
  let segments: [LiveSegment]
  /// What the writer of this process has not yet committed.
  let pending: PendingDocuments?
  private let decompressor: TextDecompressor

  /// Opens the state that holds now.
  ///
  /// - Parameter folder: the index.
  /// - Throws: ``SidikError``: of code `file` where there is no index, `incompatible` where it is
  ///   damaged or of another version.
  /// - Complexity: O(segments), and .2 % of their bytes are read.
  public convenience init(folder: String) throws {
    var missing: MissingFile?
    // A writer may merge segments away between the manifest and their opening.
    for _ in 0..<100 {
      let manifest = try Manifest(folder: folder)
      do {
        try self.init(folder: folder, manifest, reusing: [], pending: nil)
        return
      } catch let error as MissingFile {
        missing = error
        if try Manifest(folder: folder).generation == manifest.generation { break }
      }
    }
    throw missing?.error
      ?? SidikError(.file, "is replaced faster than it can be read", file: folder)
  }

  /// Opens what a manifest names; segments of `reusing` are not opened again.
  init(
    folder: String,
    _ manifest: Manifest,
    reusing known: [LiveSegment],
    pending: PendingDocuments?
  ) throws {
    self.folder = folder
    self.manifest = manifest
    self.pending = pending
    decompressor = try TextDecompressor()
    let open = Dictionary(uniqueKeysWithValues: known.map { ($0.entry.number, $0) })
    segments = try manifest.segments.map { entry in
      let before = open[entry.number]
      return LiveSegment(
        entry: entry,
        segment: try before?.segment
          ?? Segment(folder: folder, entry, parameters: manifest.parametersChecksum),
        removals: try before.flatMap { $0.entry.removals == entry.removals ? $0.removals : nil }
          ?? Removals(folder: folder, entry)
      )
    }
  }

  /// The state that holds now: this one, where nothing was committed since.
  ///
  /// - Throws: as ``init(folder:)``.
  public func refreshed() throws -> IndexSnapshot {
    let now = try Manifest(folder: folder)
    return now.generation == generation ? self : try IndexSnapshot(folder: folder)
  }

  /// The parameters of an index, read without opening it.
  ///
  /// - Throws: as ``init(folder:)``.
  public static func parameters(folder: String) throws -> String {
    try Manifest(folder: folder).parameters
  }

  /// The parameters the index was made with, as ``IndexWriter/create(_:parameters:)`` took them.
  public var parameters: String { manifest.parameters }
  /// Rises with every commit.
  public var generation: UInt64 { manifest.generation }
  /// How many documents there are, committed or not.
  public var count: Int { segments.reduce(pending?.count ?? 0) { $0 + $1.entry.live } }

  /// The documents that share band keys, in the order of adding.
  ///
  /// - Parameters:
  ///   - hashes: the 64-bit keys of the query's bands.
  ///   - times: documents of other times are passed over; nil takes all.
  /// - Returns: each document once, with the number of keys it shares.
  /// - Throws: ``SidikError`` where the index is damaged.
  /// - Complexity: O(keys * segments), two places in memory each.
  public func bandHits(
    _ hashes: [UInt64],
    times: ClosedRange<Int64>? = nil
  ) throws -> [KeyHit] {
    var hits: [KeyHit] = []
    try forEachBandHit(hashes, times: times) { hit, _ in hits.append(hit) }
    return hits.sorted { $0.place < $1.place }
  }

  /// Gives the documents that share band keys to `body`, with their records.
  ///
  /// Most documents that share a key are strangers, which the caller tells by their records: so they are not put in
  /// order before.
  ///
  /// - Parameters:
  ///   - hashes: the 64-bit keys of the query's bands.
  ///   - times: documents of other times are passed over; nil takes all.
  ///   - body: takes each document once, in any order that is the same every time.
  /// - Throws: ``SidikError`` where the index is damaged.
  /// - Complexity: as ``bandHits(_:times:)``, and one place in memory a document.
  public func forEachBandHit(
    _ hashes: [UInt64],
    times: ClosedRange<Int64>? = nil,
    _ body: (KeyHit, StoredRecord) -> Void
  ) throws {
    let keys = hashes.map(IndexFormat.key)
    var found = KeyFinds(keys: keys.count, most: Self.mostPerBand)
    try find(keys, inSamples: false, times, &found)
    // Segment by segment.
    let hits = found.hits(least: 1)
    var start = 0
    while start < hits.count {
      let number = hits[start].place.segment
      var end = start + 1
      while end < hits.count, hits[end].place.segment == number { end += 1 }
      if number < segments.count {
        try segments[number].segment.forEachRecord(of: hits[start..<end], body)
      } else {
        for hit in hits[start..<end] { body(hit, try record(hit.place)) }
      }
      start = end
    }
  }

  /// The documents that share samples, in the order of adding.
  ///
  /// - Parameters:
  ///   - samples: those of the query.
  ///   - cap: a sample of more documents than this counts for none.
  ///   - least: documents that share fewer are left out.
  ///   - times: documents of other times are passed over; nil takes all.
  /// - Returns: each document once, with the number of samples it shares; and how many samples were
  ///   found in any document.
  /// - Throws: ``SidikError`` where the index is damaged.
  /// - Complexity: O(samples * segments).
  public func sampleHits(
    _ samples: [UInt64],
    cap: Int,
    least: Int = 1,
    times: ClosedRange<Int64>? = nil
  ) throws -> (hits: [KeyHit], known: Int) {
    let keys = samples.map(IndexFormat.sampleKey)
    var found = KeyFinds(keys: keys.count, most: cap + 1)
    try find(keys, inSamples: true, times, &found)
    found.drop(above: cap)
    let hits = found.hits(least: least).sorted { $0.place < $1.place }
    return (hits, found.keysFound)
  }

  private func find(
    _ keys: [UInt64],
    inSamples: Bool,
    _ times: ClosedRange<Int64>?,
    _ found: inout KeyFinds
  ) throws {
    for (number, live) in segments.enumerated() {
      if let times, !times.overlaps(live.entry.times) { continue }
      guard let table = inSamples ? live.segment.samples : live.segment.bands else { continue }
      let (segment, removals, tag) = (live.segment, live.removals, UInt64(number) << 32)
      // Where all documents of a segment count, a sample of too many need not be gone through.
      let cap = inSamples && removals.count == 0 && times == nil ? found.most - 1 : nil
      for start in stride(from: 0, to: keys.count, by: SegmentKeys.keysPerRound) {
        let round = start..<min(keys.count, start + SegmentKeys.keysPerRound)
        try table.find(
          keys,
          round,
          segment,
          cap: cap,
          exceeded: { found.exceed($0) }
        ) { key, document in
          guard document < removals.documents else {
            throw segment.contradiction("no such document")
          }
          if removals.count > 0, removals.contains(document) { return true }
          if let times, !times.contains(try segment.record(document).time) { return true }
          return found.take(key, tag | UInt64(document))
        }
      }
    }
    guard let pending, pending.count > 0 else { return }
    for (place, key) in keys.enumerated() {
      pending.find(key, inSamples: inSamples) { document in
        if let times, !times.contains(pending.records[document].time) { return true }
        return found.take(place, UInt64(segments.count) << 32 | UInt64(document))
      }
    }
  }
}

extension IndexSnapshot {
  /// The record of a document.
  ///
  /// - Throws: ``SidikError`` where it is damaged.
  public func record(_ place: DocumentPlace) throws -> StoredRecord {
    guard place.segment < segments.count else {
      return (pending?.records ?? [])[place.document]
    }
    return try segments[place.segment].segment.record(place.document)
  }

  /// The id of a document, UTF-8.
  ///
  /// - Throws: ``SidikError`` where it is damaged.
  public func id(_ place: DocumentPlace) throws -> [UInt8] { try id(record(place), place) }

  /// The id of a document whose record is known, UTF-8.
  ///
  /// - Throws: ``SidikError`` where it is damaged.
  public func id(_ record: StoredRecord, _ place: DocumentPlace) throws -> [UInt8] {
    guard place.segment < segments.count else { return pending?.id(place.document) ?? [] }
    return try segments[place.segment].segment.id(place.document, record)
  }

  /// Where a document was published, UTF-8; empty where nothing is known.
  ///
  /// - Throws: ``SidikError`` where it is damaged.
  public func source(_ place: DocumentPlace) throws -> [UInt8] { try source(record(place), place) }

  /// Where a document whose record is known was published, UTF-8; empty where nothing is known.
  ///
  /// - Throws: ``SidikError`` where it is damaged.
  public func source(_ record: StoredRecord, _ place: DocumentPlace) throws -> [UInt8] {
    guard place.segment < segments.count else { return pending?.source(place.document) ?? [] }
    return try segments[place.segment].segment.source(record)
  }

  /// The normalised text of a document; nil where the index keeps none.
  ///
  /// - Throws: ``SidikError`` where it is damaged.
  public func text(_ place: DocumentPlace) throws -> [UInt8]? {
    guard place.segment < segments.count else {
      return try pending?.text(place.document, decompressor)
    }
    return try segments[place.segment].segment.text(place.document, decompressor)
  }

  /// Gives every committed document to `body`, in the order of adding.
  ///
  /// - Parameter body: takes a place and its record.
  /// - Throws: ``SidikError`` where the index is damaged; what `body` throws.
  public func forEach(_ body: (DocumentPlace, StoredRecord) throws -> Void) throws {
    for (number, live) in segments.enumerated() {
      for document in 0..<live.entry.documents where !live.removals.contains(document) {
        try body(
          DocumentPlace(segment: number, document: document),
          try live.segment.record(document)
        )
        if document & 0xFFFFF == 0xFFFFF { live.segment.release(0..<live.entry.fileBytes) }
      }
    }
  }
}
