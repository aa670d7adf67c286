internal import SidikIndex

/// Who shares samples, in blocks of nodes whose lists fit into memory.
final class PostingBlocks {
  /// Nodes, and those that they are paired with.
  private struct Block {
    var rows: Range<Int>
    var partners: Range<Int>
    /// Where lists are read that have been cut for these rows; nil reads all lists.
    var batch: Int?
  }

  /// A place in a list takes 4 bytes, and one of a row 8.
  private static let bytesPerPlace = 4
  /// Places of the rows of a block: fewer are not worth a reading.
  private static let leastUnit = 256

  private let counts: [UInt32]
  private let lists: RecordSpool<UInt32>
  /// Places that a block takes, at most.
  private let most: Int
  /// Every pair of nodes is in one of them, the smaller node in the rows.
  private var blocks: [Block] = []
  private var tails: BatchSpool<UInt32>?

  /// How many there are.
  var count: Int { blocks.count }

  /// Cuts nodes into blocks.
  ///
  /// - Parameters:
  ///   - counts: for each node how many samples it shares with others.
  ///   - lists: who shares them.
  ///   - bytes: what a block takes, about; a node stays whole.
  ///   - folder: where lists are kept by their block.
  /// - Throws: ``SidikError`` where lists cannot be read, are not what was written, or the disk is
  ///   full.
  /// - Complexity: O(n) in nodes and lists.
  init(
    _ counts: [UInt32],
    _ lists: RecordSpool<UInt32>,
    most bytes: Int,
    folder: String?
  ) throws {
    (self.counts, self.lists) = (counts, lists)
    let unit = max(Self.leastUnit, bytes / (4 * Self.bytesPerPlace))
    most = 3 * unit
    let isOne = lists.count <= 2 * unit
    let rows = Self.ranges(0..<counts.count, counts, most: isOne ? .max : unit)
    if rows.count == 1 {
      blocks = [Block(rows: rows[0], partners: rows[0])]
      return
    }
    var sizes = [Int](repeating: 0, count: rows.count)
    try lists.forEachPart { part in
      SampleLists.forEachTail(part, by: rows) { sizes[$0] += $1.count }
    }
    for (row, size) in zip(rows.indices, sizes) where size > 0 {
      let rest = rows[row].lowerBound..<counts.count
      if size <= most {
        blocks.append(Block(rows: rows[row], partners: rest, batch: row))
      } else {
        // Some partners at a time, of those that there are.
        sizes[row] = 0
        blocks += Self.ranges(rest, counts, most: 2 * unit)
          .map { Block(rows: rows[row], partners: $0) }
      }
    }
    let tails = try BatchSpool<UInt32>(counts: sizes, folder: folder)
    try lists.forEachPart { part in
      try SampleLists.forEachTail(part, by: rows) { row, places in
        if sizes[row] > 0 { try tails.append(part[places], to: row) }
      }
    }
    self.tails = tails
  }

  /// Cuts nodes into ranges that share so many samples each, or are one node.
  private static func ranges(
    _ nodes: Range<Int>,
    _ counts: [UInt32],
    most: Int
  ) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var (start, sum) = (nodes.lowerBound, 0)
    for node in nodes {
      if sum > 0, sum + Int(counts[node]) > most {
        ranges.append(start..<node)
        (start, sum) = (node, 0)
      }
      sum += Int(counts[node])
    }
    return ranges + [start..<nodes.upperBound]
  }

  /// The postings of a block.
  ///
  /// - Throws: ``SidikError`` where lists cannot be read, or are not what was written.
  func read(_ number: Int) throws -> SamplePostings {
    let block = blocks[number]
    var own: [UInt32] = []
    if let batch = block.batch, let tails {
      own = try tails.read(batch)
    } else {
      own.reserveCapacity(min(most, lists.count))
      try lists.forEachPart {
        SampleLists.pick(from: $0, rows: block.rows, partners: block.partners, into: &own)
      }
    }
    return SamplePostings(own, counts: counts, rows: block.rows, partners: block.partners)
  }
}
