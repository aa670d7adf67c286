public import CSidik
internal import Sidik
internal import Synchronization

/// An index that is open to be asked: one question at a time.
final class AskedIndex: Sendable {
  let index: OpenIndex
  let documents: Int
  private let snapshot: Mutex<IndexSnapshot>

  /// Opens the state that holds now.
  init(_ folder: String, secret: HashKeys?) throws {
    index = try OpenIndex(folder, secret: secret)
    snapshot = Mutex(try IndexSnapshot(folder: folder))
    documents = try IndexInfo(folder).documents
  }

  /// The matches of each row of a column.
  func matches(
    _ texts: Column,
    onlyCandidates: Bool,
    _ window: ClosedRange<Int64>?,
    most: Int,
    _ control: Control?
  ) throws -> [(query: Int, match: IndexMatch)] {
    var found: [(Int, IndexMatch)] = []
    for row in 0..<texts.count {
      if control?.isCancelled == true { throw CancellationError() }
      guard let text = unsafe texts[row] else { continue }
      let sketched = index.sketcher.sketch(unsafe Array(text))
      let matcher = index.matcher
      let own = try snapshot.withLock { snapshot in
        onlyCandidates
          ? try matcher.proposals(sketched, in: snapshot, times: window, most: most)
          : try matcher.matches(sketched, in: snapshot, times: window, most: most)
      }
      found += own.map { (row, $0) }
    }
    return found
  }
}

/// What an index answered.
final class Matches: Sendable {
  let matches: [(query: Int, match: IndexMatch)]
  let ids: [[UInt8]]
  let sources: [[UInt8]]

  init(_ matches: [(query: Int, match: IndexMatch)]) {
    self.matches = matches
    ids = matches.map { Array($0.match.id.utf8) }
    sources = matches.map { Array(($0.match.source ?? "").utf8) }
  }

  /// Copies strings end to end.
  static func copy(
    _ strings: [[UInt8]],
    _ offsets: UnsafeMutablePointer<Int64>?,
    _ bytes: UnsafeMutablePointer<UInt8>?
  ) {
    var end = 0
    unsafe offsets?[0] = 0
    for (number, string) in strings.enumerated() {
      for (index, byte) in string.enumerated() { unsafe bytes?[end + index] = byte }
      end += string.count
      unsafe offsets?[number + 1] = Int64(end)
    }
  }
}

/// Opens an index.
@c @implementation
public func sidik_index_open(
  _ folder: UnsafePointer<CChar>?,
  _ options: OpaquePointer?,
  _ index: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Outcome.of {
    let options: Options = try unsafe Handle.object(options, "options")
    let path = try unsafe Text.read(folder, "folder")
    try unsafe Handle.give(index, "index") { try AskedIndex(path, secret: options.secret()) }
  }
}

/// Numbers of an index.
@c @implementation
public func sidik_index_counts(
  _ index: OpaquePointer?,
  _ documents: UnsafeMutablePointer<Int64>?,
  _ keeps_texts: UnsafeMutablePointer<Int32>?
) -> Int32 {
  Outcome.of {
    let index: AskedIndex = try unsafe Handle.object(index, "index")
    unsafe documents?.pointee = Int64(index.documents)
    unsafe keeps_texts?.pointee = index.index.parameters.keepsTexts ? 1 : 0
  }
}

/// Finds what shares wording with each row.
@c @implementation
public func sidik_index_query(
  _ index: OpaquePointer?,
  _ options: OpaquePointer?,
  _ texts: UnsafePointer<sidik_column>?,
  _ find: Int32,
  _ top: Int64,
  _ control: OpaquePointer?,
  _ matches: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Outcome.of {
    let index: AskedIndex = try unsafe Handle.object(index, "index")
    let options: Options = try unsafe Handle.object(options, "options")
    let control: Control? = try unsafe Handle.optional(control, "control")
    let column = try unsafe Column(texts, "texts")
    guard find == SIDIK_FIND_MATCHES || find == SIDIK_FIND_CANDIDATES, top > 0 else {
      throw CallFault.argument("find is \(find) and top is \(top)")
    }
    try unsafe Handle.give(matches, "matches") {
      Matches(
        try index.matches(
          column,
          onlyCandidates: find == SIDIK_FIND_CANDIDATES,
          options.window(),
          most: Int(clamping: top),
          control
        )
      )
    }
  }
}

/// Gives an index back.
@c @implementation
public func sidik_index_free(_ index: OpaquePointer?) {
  unsafe Handle.free(index, AskedIndex.self)
}

/// Numbers of matches.
@c @implementation
public func sidik_matches_counts(
  _ matches: OpaquePointer?,
  _ count: UnsafeMutablePointer<Int64>?,
  _ id_bytes: UnsafeMutablePointer<Int64>?,
  _ source_bytes: UnsafeMutablePointer<Int64>?
) -> Int32 {
  Outcome.of {
    let matches: Matches = try unsafe Handle.object(matches, "matches")
    unsafe count?.pointee = Int64(matches.matches.count)
    unsafe id_bytes?.pointee = Int64(matches.ids.reduce(0) { $0 + $1.count })
    unsafe source_bytes?.pointee = Int64(matches.sources.reduce(0) { $0 + $1.count })
  }
}

/// A row a match.
@c @implementation
public func sidik_matches_copy(
  _ matches: OpaquePointer?,
  _ count: Int64,
  _ queries: UnsafeMutablePointer<Int64>?,
  _ levels: UnsafeMutablePointer<Int8>?,
  _ similarity: UnsafeMutablePointer<Double>?,
  _ containment_of_first: UnsafeMutablePointer<Double>?,
  _ containment_of_second: UnsafeMutablePointer<Double>?,
  _ coverage: UnsafeMutablePointer<Double>?,
  _ same_digest: UnsafeMutablePointer<UInt8>?,
  _ times: UnsafeMutablePointer<Int64>?
) -> Int32 {
  Outcome.of {
    let matches: Matches = try unsafe Handle.object(matches, "matches")
    try Rows.check(count, is: matches.matches.count, "matches")
    for (row, found) in matches.matches.enumerated() {
      let match = found.match
      unsafe queries?[row] = Int64(found.query)
      unsafe levels?[row] = Int8(match.level.code)
      unsafe similarity?[row] = match.similarity
      unsafe containment_of_first?[row] = match.scores?.containmentOfFirst ?? .nan
      unsafe containment_of_second?[row] = match.scores?.containmentOfSecond ?? .nan
      unsafe coverage?[row] = match.scores?.coverage ?? .nan
      unsafe same_digest?[row] = match.hasEqualDigest ? 1 : 0
      unsafe times?[row] = match.time ?? .min
    }
  }
}

/// The ids of matches.
@c @implementation
public func sidik_matches_copy_ids(
  _ matches: OpaquePointer?,
  _ count: Int64,
  _ offsets: UnsafeMutablePointer<Int64>?,
  _ bytes: UnsafeMutablePointer<UInt8>?
) -> Int32 {
  Outcome.of {
    let matches: Matches = try unsafe Handle.object(matches, "matches")
    try Rows.check(count, is: matches.matches.count, "matches")
    unsafe Matches.copy(matches.ids, offsets, bytes)
  }
}

/// The sources of matches.
@c @implementation
public func sidik_matches_copy_sources(
  _ matches: OpaquePointer?,
  _ count: Int64,
  _ offsets: UnsafeMutablePointer<Int64>?,
  _ bytes: UnsafeMutablePointer<UInt8>?
) -> Int32 {
  Outcome.of {
    let matches: Matches = try unsafe Handle.object(matches, "matches")
    try Rows.check(count, is: matches.matches.count, "matches")
    unsafe Matches.copy(matches.sources, offsets, bytes)
  }
}

/// Gives matches back.
@c @implementation
public func sidik_matches_free(_ matches: OpaquePointer?) {
  unsafe Handle.free(matches, Matches.self)
}
