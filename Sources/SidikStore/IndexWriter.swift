internal import SidikCore

/// The one writer of an index.
///
/// What was added is durable, and seen by others, once ``commit()`` has returned; a process that
/// ends at any moment leaves the state of the last commit.
public final class IndexWriter {
  /// When there are so many segments, some of them become one.
  public static let mostSegments = 8
  /// A segment is merged with those behind it where it has at most so many times their documents.
  private static let growth = 2

  /// The index.
  public let folder: String
  /// All that is in the index, with what is not yet committed.
  public private(set) var snapshot: IndexSnapshot
  private let lock: WriterLock
  private let keepsTexts: Bool

  /// Makes an empty index.
  ///
  /// - Parameters:
  ///   - folder: a folder that does not exist, or is empty.
  ///   - parameters: what decides its answers; kept as it is, ends in a line feed.
  /// - Throws: ``SidikError`` where the folder is in use or cannot be made.
  public static func create(_ folder: String, parameters: String) throws {
    try StoreFile.makeFolder(folder)
    let lock = try WriterLock(folder)
    defer { withExtendedLifetime(lock) {} }
    var manifest = Manifest(parameters: parameters)
    manifest.generation = 1
    try manifest.publish(in: folder)
  }

  /// Opens an index to write it, and removes what an interrupted process has left.
  ///
  /// - Parameters:
  ///   - folder: the index.
  ///   - keepsTexts: whether texts and samples are kept, as the parameters have it.
  /// - Throws: ``SidikError``: of code `busy` where another process writes it, `incompatible` where
  ///   it is damaged.
  public init(_ folder: String, keepsTexts: (String) throws -> Bool) throws {
    // A folder that is none is to be called so, and gets no lock file.
    _ = try Manifest(folder: folder)
    lock = try WriterLock(folder)
    let manifest = try Manifest(folder: folder)
    self.folder = folder
    self.keepsTexts = try keepsTexts(manifest.parameters)
    do {
      snapshot = try IndexSnapshot(
        folder: folder,
        manifest,
        reusing: [],
        pending: PendingDocuments(keepsTexts: self.keepsTexts)
      )
    } catch let missing as MissingFile {
      throw missing.error
    }
    try Self.removeLeftovers(folder, manifest)
  }

  private static func removeLeftovers(_ folder: String, _ manifest: Manifest) throws {
    let files = manifest.files
    for name in try StoreFile.names(in: folder) where !files.contains(name) && isOurs(name) {
      StoreFile.remove(StoreFile.join(folder, name))
    }
  }

  /// Whether a name is one that this program gives; others are left alone.
  static func isOurs(_ name: String) -> Bool {
    if name == Manifest.name + ".new" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0].utf8.count == 16
      && parts[0].allSatisfy { $0.isHexDigit } && (parts[1] == "seg" || parts[1] == "del")
  }

  /// How many documents wait for ``commit()``.
  public var pendingCount: Int { snapshot.pending?.count ?? 0 }

  /// Adds a document; it is found at once in ``snapshot``, by others after ``commit()``.
  ///
  /// - Throws: ``SidikError`` where a full segment had to be committed first and the disk is full.
  public func add(_ document: StoredDocument) throws {
    if snapshot.pending?.isFull ?? false { try commit() }
    try snapshot.pending?.append(document)
  }

  /// Makes all that was added durable.
  ///
  /// - Returns: how many documents that were.
  /// - Throws: ``SidikError`` where the disk is full; the last commit holds then.
  /// - Complexity: O(n log n) in the documents, and now and then a merge: of a thousand commits every document
  ///   is written again six times.
  @discardableResult
  public func commit() throws -> Int {
    guard let pending = snapshot.pending, pending.count > 0 else { return 0 }
    var manifest = snapshot.manifest
    let entry = try written(&manifest) { try pending.write($0) }
    manifest.segments.append(entry)
    try publish(manifest)
    try mergeTail()
    return pending.count
  }

  /// Removes documents.
  ///
  /// - Parameter places: of this writer's ``snapshot``, committed.
  /// - Returns: how many were there.
  /// - Throws: ``SidikError`` where the disk is full; nothing is removed then.
  @discardableResult
  public func remove(_ places: [DocumentPlace]) throws -> Int {
    precondition(pendingCount == 0, "commit before removing")
    var manifest = snapshot.manifest
    var removed = 0
    for (segment, own) in Dictionary(grouping: places, by: \.segment).sorted(by: { $0.key < $1.key }
    ) {
      let live = snapshot.segments[segment]
      var removals = live.removals
      for place in own where removals.insert(place.document) { removed += 1 }
      if removals.count == live.removals.count { continue }
      let number = manifest.nextNumber
      manifest.nextNumber += 1
      try StoreFile.write(
        removals.bytes(number: number, segment: live.entry.number),
        to: StoreFile.join(folder, IndexFormat.name(number, "del"))
      )
      manifest.segments[segment].removed = removals.count
      manifest.segments[segment].removals = number
    }
    if removed > 0 {
      // A segment of which nothing is left is no segment.
      manifest.segments.removeAll { $0.live == 0 }
      try publish(manifest)
    }
    return removed
  }

  /// Makes one segment of all, as far as the format allows, without what was removed.
  ///
  /// - Returns: whether anything changed.
  /// - Throws: ``SidikError`` where a segment is damaged or the disk is full.
  @discardableResult
  public func compact() throws -> Bool {
    precondition(pendingCount == 0, "commit before compacting")
    var changed = false
    var first = 0
    while first < snapshot.segments.count {
      var end = first + 1
      while end < snapshot.segments.count, SegmentMerge.fits(Array(snapshot.segments[first...end]))
      {
        end += 1
      }
      if end - first > 1 || snapshot.segments[first].removals.count > 0 {
        try merge(first..<end)
        changed = true
      }
      first += 1
    }
    return changed
  }

  /// Merges small segments at the end of the list until none are too many.
  func mergeTail() throws {
    while let range = Self.mergeable(snapshot.segments) { try merge(range) }
  }

  /// The segments that are to become one; nil where there are few enough.
  ///
  /// The last two, and those before them as long as each has no more than ``growth`` times the documents of those
  /// behind it. A query costs time in every segment, so there are always few, and sizes fall from the
  /// first to the last: of a thousand commits a document is written again six times (binomial
  /// merging: Mathieu and others, "Bigtable Merge Compaction", 2014).
  static func mergeable(_ segments: [LiveSegment]) -> Range<Int>? {
    guard segments.count >= mostSegments else { return nil }
    var start = segments.count - 2
    guard SegmentMerge.fits(Array(segments[start...])) else { return nil }
    var documents = segments[start...].reduce(0) { $0 + $1.entry.live }
    while start > 0, segments[start - 1].entry.live <= growth * documents,
      SegmentMerge.fits(Array(segments[(start - 1)...]))
    {
      start -= 1
      documents += segments[start].entry.live
    }
    return start..<segments.count
  }

  /// Makes one segment of those in a range.
  func merge(_ range: Range<Int>, damage: ((SidikError) -> Void)? = nil) throws {
    let inputs = Array(snapshot.segments[range])
    try replace(range, by: inputs, damage: damage)
  }

  /// Puts the merge of `inputs` in the place of the segments of a range.
  func replace(
    _ range: Range<Int>,
    by inputs: [LiveSegment],
    damage: ((SidikError) -> Void)? = nil
  ) throws {
    var manifest = snapshot.manifest
    let merge = SegmentMerge(inputs, damage: damage)
    let merged = try merge.isEmpty ? [] : [written(&manifest) { try merge.write($0) }]
    manifest.segments.replaceSubrange(range, with: merged)
    try publish(manifest)
  }

  /// Puts copies of segments behind those of the index.
  func append(_ inputs: [LiveSegment]) throws {
    var manifest = snapshot.manifest
    for input in inputs {
      let merge = SegmentMerge([input])
      if merge.isEmpty { continue }
      manifest.segments.append(try written(&manifest) { try merge.write($0) })
    }
    try publish(manifest)
  }

  private func written(
    _ manifest: inout Manifest,
    _ body: (SegmentWriter) throws -> Manifest.Entry
  ) throws -> Manifest.Entry {
    let number = manifest.nextNumber
    manifest.nextNumber += 1
    let path = StoreFile.join(folder, IndexFormat.name(number, "seg"))
    do {
      return try body(
        SegmentWriter(folder: folder, number: number, parameters: manifest.parametersChecksum)
      )
    } catch {
      // Room on a full disk is given back.
      StoreFile.remove(path)
      throw error
    }
  }

  /// Makes a manifest the state of the index and unlinks what it no longer names.
  func publish(_ manifest: Manifest) throws {
    var manifest = manifest
    manifest.generation += 1
    do {
      try manifest.publish(in: folder)
    } catch {
      StoreFile.remove(StoreFile.join(folder, Manifest.name + ".new"))
      throw error
    }
    let before = snapshot
    snapshot = try IndexSnapshot(
      folder: folder,
      manifest,
      reusing: before.segments,
      pending: PendingDocuments(keepsTexts: keepsTexts)
    )
    for name in before.manifest.files.subtracting(manifest.files).sorted() {
      StoreFile.remove(StoreFile.join(folder, name))
    }
  }
}
