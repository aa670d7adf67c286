internal import SidikCore
internal import SidikIndex

/// Texts and signatures of the nodes that stand in pairs, batch after batch.
///
/// Pairs jump over all of a corpus, which is slow where that is larger than what the kernel keeps of
/// it. So the corpus is read once in the order of the disk, and what pairs need is written again in
/// the order in which it will be compared: each batch is then one reading.
///
/// It is read from its end, which was written last and is most likely still in memory. Each text is
/// checked against the digest that was made when it was read from the input.
final class GatheredTexts {
  /// So many bytes of the corpus are asked for at once.
  private static let window = 16 << 20
  /// Less between two texts is read along.
  private static let gap = 256 << 10
  private static let rowBytes = OnePermutationMinHash.slots * 4

  /// Whether nothing else of the corpus will be read, so that the kernel may forget it.
  private let isLast: Bool
  private let corpus: Corpus
  private let nodes: Nodes
  private let memory: MemoryLimit
  private let texts: PieceSpool
  private let signatures: PieceSpool

  /// Gathers what the nodes of all batches need.
  ///
  /// - Parameters:
  ///   - corpus: the sketched documents.
  ///   - nodes: their distinct texts.
  ///   - batches: which nodes are worked on together.
  ///   - memory: the limit of the run.
  ///   - configuration: keys, and where temporary files are kept.
  /// - Throws: ``SidikError`` where the disk is full or a text is not what was written.
  /// - Complexity: O(n log n) in the nodes of all batches, and one reading of the corpus.
  init(
    _ corpus: Corpus,
    _ nodes: Nodes,
    _ batches: NodeBatches,
    _ memory: MemoryLimit,
    _ configuration: PipelineConfiguration
  ) throws {
    self.corpus = corpus
    self.nodes = nodes
    self.memory = memory
    let folder = configuration.temporaryFolder
    isLast = configuration.profile.postingUnit == nil && !configuration.profile.weighted
    let rows = corpus.documents.rows
    var sizes = [Int](repeating: 0, count: batches.count)
    var counts = sizes
    var order: [UInt64] = []
    order.reserveCapacity(batches.nodeCount)
    for batch in 0..<batches.count {
      for node in batches.members(batch) {
        let document = nodes.first(Int(node))
        sizes[batch] += rows[document].textLength
        counts[batch] += Self.rowBytes
        order.append(UInt64(document) << 32 | UInt64(node))
      }
    }
    let waiting = min(64 << 20, memory.bytes / 32)
    texts = try PieceSpool(sizes: sizes, waiting: waiting, folder: folder)
    signatures = try PieceSpool(sizes: counts, waiting: waiting / 4, folder: folder)
    FeatureSorting.sortUnique(&order)
    try gather(order, batches, configuration.keys)
    try texts.finish()
    try signatures.finish()
    try corpus.signatures.check()
  }

  /// Goes through documents from the last to the first.
  private func gather(_ order: [UInt64], _ batches: NodeBatches, _ keys: HashKeys) throws {
    let reader = TextReader(corpus)
    let rows = SignatureBlocks(corpus.signatures)
    let windows = windows(order)
    if let first = windows.last { prefetch(order[first]) }
    for (number, window) in windows.enumerated().reversed() {
      if number > 0 { prefetch(order[windows[number - 1]]) }
      for entry in order[window].reversed() {
        let (document, node) = (Int(entry >> 32), Int(entry & 0xFFFF_FFFF))
        let batch = Int(batches.ofNodes[node])
        let text = unsafe reader.text(document)
        guard unsafe isWhole(document, text, keys) else { throw texts.spool.hasChanged }
        try unsafe texts.append(UnsafeRawBufferPointer(text), to: batch)
        try unsafe rows.withRow(document) { try unsafe signatures.append($0, to: batch) }
      }
      release(order[window])
      try Task.checkCancellation()
    }
  }

  /// Whether a text has the digest of its row; texts without boilerplate have that of the whole.
  private func isWhole(
    _ document: Int,
    _ text: UnsafeBufferPointer<UInt8>,
    _ keys: HashKeys
  ) -> Bool {
    let row = corpus.documents.rows[document]
    guard row.scalars > 0, row.textOffset < corpus.texts.count else { return true }
    return unsafe ExactDigest(text, keys: keys) == row.digest
  }

  /// Runs of documents whose texts lie near each other.
  private func windows(_ order: [UInt64]) -> [Range<Int>] {
    var windows: [Range<Int>] = []
    var (start, base) = (0, 0)
    for index in order.indices {
      let offset = corpus.documents.rows[Int(order[index] >> 32)].textOffset
      if index == start { base = offset }
      if offset < base || offset - base > Self.window {
        windows.append(start..<index)
        (start, base) = (index, offset)
      }
    }
    if start < order.count { windows.append(start..<order.count) }
    return windows
  }

  /// Asks for the texts of documents.
  private func prefetch(_ entries: ArraySlice<UInt64>) {
    forEachRange(entries) { $0.prefetch($1) }
  }

  /// Says that the texts of documents have been read.
  private func release(_ entries: ArraySlice<UInt64>) {
    if isLast { forEachRange(entries) { $0.release($1) } }
  }

  /// Gives the ranges that texts stand in, as few as there are wide gaps between them.
  private func forEachRange(
    _ entries: ArraySlice<UInt64>,
    _ body: (SpoolMap, Range<Int>) -> Void
  ) {
    var wanted: (map: SpoolMap, range: Range<Int>)?
    for entry in entries {
      let place = corpus.place(of: Int(entry >> 32))
      if let known = wanted, known.map === place.map,
        place.range.lowerBound >= known.range.lowerBound,
        place.range.lowerBound - known.range.upperBound < Self.gap
      {
        wanted?.range = known.range.lowerBound..<max(known.range.upperBound, place.range.upperBound)
      } else {
        if let known = wanted { body(known.map, known.range) }
        wanted = place
      }
    }
    if let known = wanted { body(known.map, known.range) }
  }

  /// How the texts of a batch are read.
  enum Use {
    /// Most of them, again and again.
    case all
    /// Some of them, once.
    case some
  }

  /// A batch as a corpus of its own: its nodes have the numbers that they have in the batch.
  ///
  /// Rows hold what comparing needs; ids, sources and times are those of the whole corpus.
  ///
  /// - Parameters:
  ///   - batch: which.
  ///   - members: its nodes, ascending.
  ///   - use: whether texts are to stand in memory; where they are too many they do not.
  /// - Returns: the corpus, and its nodes by their places in the batch.
  /// - Throws: ``SidikError`` where they cannot be read, or are not what was written.
  func corpus(
    _ batch: Int,
    _ members: ArraySlice<UInt32>,
    _ use: Use
  ) throws -> (corpus: Corpus, nodes: Nodes) {
    let order = members.enumerated()
      .map { UInt64(nodes.first(Int($0.element))) << 32 | UInt64($0.offset) }
      .sorted(by: >)
    let isLoaded = use == .all && texts.range(batch).count <= 2 * memory.batch
    var table = DocumentTable()
    table.reserve(order.count)
    var offset = isLoaded ? 0 : texts.range(batch).lowerBound
    var rowOf = [Int32](repeating: 0, count: order.count)
    for entry in order {
      rowOf[Int(entry & 0xFFFF_FFFF)] = Int32(table.count)
      var row = corpus.documents.rows[Int(entry >> 32)]
      row.textOffset = offset
      offset += row.textLength
      table.append(row, id: [], source: nil, author: nil, time: nil)
    }
    var groups = TextGroups()
    groups.reserve(order.count)
    for row in rowOf { groups.append(CollectionOfOne(row)) }
    let map = isLoaded ? try texts.load(batch) : try texts.spool.map(window: memory.window)
    let matrix = try matrix(batch, rows: order.count, isLoaded: isLoaded)
    return (
      Corpus(documents: table, texts: map, signatures: matrix), Nodes(documents: groups)
    )
  }

  private func matrix(_ batch: Int, rows: Int, isLoaded: Bool) throws -> SignatureMatrix {
    let range = signatures.range(batch)
    guard isLoaded else {
      return SignatureMatrix(rows: rows, of: signatures.spool, at: range.lowerBound)
    }
    return SignatureMatrix(loaded: try signatures.load(batch), rows: rows)
  }

  /// Asks for a batch that is worked on next.
  func prefetch(_ batch: Int) {
    texts.spool.prefetch(texts.range(batch))
    signatures.spool.prefetch(signatures.range(batch))
  }
}
