internal import SidikCore

/// Finds for every run of words a place where the same run stands.
///
/// All runs of `width` words are hashed by a polynomial that moves along (Karp, Rabin 1987), spread over
/// buckets that fit into the cache, and looked up there in the order in which they stand. That takes
/// time linear in the words whatever they say, and needs 16 bytes a word while it lasts, 4 after.
///
/// The phases are those of ``KeyedSearch``, and ``finish()`` at the end.
@safe
public final class RepeatedWindows: KeyedSearch, @unchecked Sendable {
  // Unchecked: every part of a phase writes places of its own, and phases do not overlap.

  /// Memory of one thread for ``RepeatedWindows/resolve(_:_:)``.
  public final class Table {
    let table = BucketTable()
    let seconds = Scratch<UInt32>()

    /// Makes an empty table.
    public init() {}
  }

  private static let none = UInt32.max

  /// Words of a run.
  public let width: Int
  /// Which places are looked for.
  public let scope: PassageScope

  private let texts: WordTexts
  private var windows: KeyedPlaces<WindowKeys>
  private let keys: WindowKeys
  /// For each place of ``WordTexts/words`` another where the same run begins, or ``none``; the first place
  /// of a run that stands twice leads to itself.
  private let others: Scratch<UInt32>

  /// For the first place of each run in how many places and in how many documents it stands.
  private let times = Scratch<SIMD2<UInt32>>()
  private let counts: Bool

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - texts: the documents.
  ///   - width: words of a run, 1 or more.
  ///   - scope: which places are looked for.
  ///   - counts: whether ``count(of:)`` will be asked; not with ``PassageScope/across``.
  ///   - shorter: where shorter runs stand twice, in the same scope: only runs of which every part does are
  ///     looked at, for no others stand twice.
  ///   - memory: what no other search uses before ``finish()``, and no other windows as long as these are asked.
  public init(
    _ texts: WordTexts,
    width: Int,
    scope: PassageScope,
    counts: Bool = false,
    among shorter: RepeatedPlaces? = nil,
    memory: KeyedMemory = KeyedMemory()
  ) {
    precondition(width > 0 && texts.words.count <= WordTexts.mostWords, "no such windows")
    self.texts = texts
    self.width = width
    self.scope = scope
    self.counts = counts && scope != .across
    keys = WindowKeys(texts, width: width, isSalted: scope == .within, among: shorter)
    windows = KeyedPlaces(keys, expected: texts.words.count, memory)
    others = memory.others
    unsafe others.reserve(texts.words.count).update(repeating: Self.none)
    if self.counts { unsafe times.reserve(texts.words.count).update(repeating: .one) }
  }

  /// Parts of the texts.
  public var parts: Int { windows.source.parts.count }

  /// How often the texts are gone over, once there is room.
  public var rounds: Int { windows.rounds.count }

  /// Another place where the run at a place stands; nil where there is none that is looked for.
  ///
  /// The earliest, but for ``PassageScope/across``: there the earliest of another document.
  @inline(__always)
  public func other(of place: Int) -> Int? {
    let other = unsafe Int(others.memory[place])
    return other == Int(Self.none) || other == place ? nil : other
  }

  /// In how many places, and in how many documents, the run stands that stands first at a place.
  public func count(of place: Int) -> (places: Int, documents: Int) {
    let times = unsafe times.memory[place]
    return (Int(times.x), Int(times.y))
  }

  /// How many runs of a part fall into each bucket.
  public func count(_ part: Int) -> [Int] { windows.count(part) }

  /// Makes room for the runs of all parts.
  ///
  /// - Parameter counts: what ``count(_:)`` gave, a list a part.
  public func makeRoom(_ counts: [[Int]]) { windows.makeRoom(counts) }

  /// Begins a round; gives its buckets.
  public func begin(_ round: Int) -> Range<Int> { windows.begin(round) }

  /// Puts the runs of a part into the buckets of this round.
  public func spread(_ part: Int) { windows.spread(part) }

  /// Makes the memory of a thread.
  public static func makeTable() -> Table { Table() }

  /// Each run of a bucket meets the first that is equal.
  ///
  /// - Parameters:
  ///   - bucket: which bucket.
  ///   - memory: scratch memory of this thread.
  public func resolve(_ bucket: Int, _ memory: Table) {
    let (keys, places) = unsafe windows.bucket(bucket)
    memory.table.reset(keys.count)
    let others = unsafe others.memory
    if scope != .across {
      for entry in keys.indices {
        guard let first = unsafe memory.table.first(keys, entry) else { continue }
        unsafe others[Int(places[entry])] = places[first]
        unsafe others[Int(places[first])] = places[first]
      }
      if counts { unsafe count(keys, places, memory) }
      return
    }
    // The first equal run of another document than that of the first.
    let seconds = unsafe memory.seconds.reserve(keys.count)
    for entry in keys.indices {
      unsafe seconds[entry] = Self.none
      guard let first = unsafe memory.table.first(keys, entry) else { continue }
      if unsafe seconds[first] == Self.none && !isSameDocument(places[entry], places[first]) {
        unsafe seconds[first] = places[entry]
      }
    }
    for entry in keys.indices {
      guard let first = unsafe memory.table.first(keys, entry), unsafe seconds[first] != Self.none
      else { continue }
      unsafe others[Int(places[entry])] =
        isSameDocument(places[entry], places[first]) ? seconds[first] : places[first]
    }
  }

  /// Counts the places of each run of a bucket, in order.
  private func count(
    _ keys: UnsafeBufferPointer<UInt64>,
    _ places: UnsafeBufferPointer<UInt32>,
    _ memory: Table
  ) {
    let last = unsafe memory.seconds.reserve(keys.count)
    for entry in keys.indices {
      unsafe last[entry] = places[entry]
      guard let first = unsafe memory.table.first(keys, entry), first != entry else { continue }
      let place = unsafe Int(places[first])
      unsafe times.memory[place].x += 1
      if unsafe !isSameDocument(last[first], places[entry]) { unsafe times.memory[place].y += 1 }
      unsafe last[first] = places[entry]
    }
  }

  /// Gives back what only the phases need.
  public func finish() { windows = KeyedPlaces(keys, expected: 0, KeyedMemory()) }

  /// Where runs begin that stand twice.
  ///
  /// - Complexity: O(n) in words.
  public func repeatedPlaces() -> RepeatedPlaces {
    RepeatedPlaces(width: width, count: texts.words.count) { place in
      unsafe others.memory[place] != Self.none
    }
  }

  private func isSameDocument(_ a: UInt32, _ b: UInt32) -> Bool {
    texts.range(of: texts.document(at: Int(a))).contains(Int(b))
  }
}

/// The runs of words of texts.
private struct WindowKeys: KeySource {
  let texts: WordTexts
  let width: Int
  /// Whether runs of different documents differ.
  let isSalted: Bool
  let shorter: RepeatedPlaces?
  let parts: [Range<Int>]
  private let empty: WindowHash

  init(_ texts: WordTexts, width: Int, isSalted: Bool, among shorter: RepeatedPlaces?) {
    empty = WindowHash(width: width)
    self.texts = texts
    self.width = width
    self.isSalted = isSalted
    self.shorter = shorter
    parts = texts.parts(ofWords: 1 << 17)
  }

  @inline(__always)
  func forEachKey(_ part: Int, _ body: (Int, UInt64) -> Void) {
    unsafe texts.words.withUnsafeBufferPointer { words in
      for document in parts[part] {
        let range = texts.range(of: document)
        guard range.count >= width else { continue }
        let salt = isSalted ? SplitMix64.mixed(UInt64(document) &+ 1) : 0
        guard let shorter else {
          unsafe forEachRun(range, words) { body($0, SplitMix64.mixed($1 ^ salt)) }
          continue
        }
        // A stretch of places where shorter runs begin, and the words of the last of these.
        shorter.forEachStretch(range, least: width - shorter.width + 1) { stretch in
          let run = stretch.lowerBound..<stretch.upperBound + shorter.width - 1
          unsafe forEachRun(run, words) { body($0, SplitMix64.mixed($1 ^ salt)) }
        }
      }
    }
  }

  /// The hashes of the runs in a range of at least so many words.
  @inline(__always)
  private func forEachRun(
    _ range: Range<Int>,
    _ words: UnsafeBufferPointer<UInt64>,
    _ body: (Int, UInt64) -> Void
  ) {
    var window = empty
    for place in range.lowerBound..<range.lowerBound + width - 1 {
      unsafe window.append(words[place])
    }
    for place in range.lowerBound...range.upperBound - width {
      unsafe window.append(words[place + width - 1])
      body(place, window.value)
      unsafe window.drop(words[place])
    }
  }
}
