public import SidikCore
public import SidikStore

/// An index that can be asked, and what asks it.
public struct OpenIndex: Sendable {
  /// The folder, as the user named it.
  public let folder: String
  /// What it was made with.
  public let parameters: IndexParameters
  /// The hash constants.
  public let keys: HashKeys
  /// Sketches texts as the index has them.
  public let sketcher: IndexSketcher
  /// Finds matches.
  public let matcher: IndexMatcher

  /// Looks at an index; a snapshot or a writer is opened by itself.
  ///
  /// - Parameters:
  ///   - folder: the index.
  ///   - secret: the hash constants of the user's secret, where one was given.
  ///   - threads: threads that sketch.
  /// - Throws: ``SidikError``: of code `file` where there is no index, `incompatible` where it is
  ///   damaged, of another version or made with other parameters than this program's.
  public init(_ folder: String, secret: HashKeys? = nil, threads: Int = 1) throws {
    self.folder = folder
    let lines = try IndexSnapshot.parameters(folder: folder)
    do {
      parameters = try IndexParameters(lines: lines)
      keys = try parameters.keys(secret: secret)
    } catch let error as SidikError {
      throw SidikError(error.code, error.message, file: folder)
    }
    sketcher = IndexSketcher(parameters, keys: keys, threads: threads)
    matcher = IndexMatcher(parameters, keys: keys, sketcher: sketcher)
  }

  /// Opens the state that holds now.
  ///
  /// - Throws: as ``IndexSnapshot/init(folder:)``.
  public func snapshot() throws -> IndexSnapshot { try IndexSnapshot(folder: folder) }

  /// Opens the index to write it.
  ///
  /// - Throws: as ``IndexWriter/init(_:keepsTexts:)``.
  public func writer() throws -> IndexWriter {
    try IndexWriter(folder) { try IndexParameters(lines: $0).keepsTexts }
  }
}

extension OpenIndex {
  /// Opens an index to write it without asking it anything, so that no secret is needed.
  ///
  /// - Parameter folder: the index.
  /// - Returns: the writer.
  /// - Throws: as ``IndexWriter/init(_:keepsTexts:)``.
  public static func writer(of folder: String) throws -> IndexWriter {
    try IndexWriter(folder) { lines in
      do {
        return try IndexParameters(lines: lines).keepsTexts
      } catch let error as SidikError {
        throw SidikError(error.code, error.message, file: folder)
      }
    }
  }
}

extension IndexMatcher {
  /// Sketches a batch for several indexes, each with its own parameters.
  ///
  /// - Parameters:
  ///   - batch: the documents.
  ///   - indexes: what will be asked.
  /// - Returns: for each index one sketch a document; indexes of equal parameters share them.
  /// - Throws: what ends the task.
  public static func sketch(
    _ batch: DocumentBatch,
    for indexes: [OpenIndex]
  ) async throws -> [[SketchedText]] {
    var sketches: [[SketchedText]] = []
    for (number, index) in indexes.enumerated() {
      let same = indexes[..<number].firstIndex {
        $0.parameters == index.parameters && $0.keys == index.keys
      }
      if let same {
        sketches.append(sketches[same])
      } else {
        sketches.append(try await index.sketcher.sketch(batch))
      }
    }
    return sketches
  }

  /// The matches of one text in several indexes, the closest first.
  ///
  /// - Parameters:
  ///   - texts: its sketch for each index.
  ///   - indexes: what is asked.
  ///   - snapshots: their states.
  ///   - times: documents of other times are passed over; nil takes all.
  ///   - most: matches wanted, at most.
  /// - Returns: matches by level, then similarity, then index, then the order of adding.
  /// - Throws: ``SidikError`` where an index is damaged.
  public static func matches(
    _ texts: [SketchedText],
    _ indexes: [OpenIndex],
    _ snapshots: [IndexSnapshot],
    _ times: ClosedRange<Int64>?,
    most: Int
  ) throws -> [IndexMatch] {
    var all: [IndexMatch] = []
    for (number, index) in indexes.enumerated() {
      let own = try index.matcher.matches(
        texts[number],
        in: snapshots[number],
        times: times,
        most: most
      )
      all += own.map { match in
        var match = match
        match.index = number
        return match
      }
    }
    if indexes.count == 1 { return all }
    let order = all.indices.sorted { a, b in
      let (x, y) = (all[a].rank, all[b].rank)
      return x != y ? x < y : a < b
    }
    return order.prefix(most).map { all[$0] }
  }
}
