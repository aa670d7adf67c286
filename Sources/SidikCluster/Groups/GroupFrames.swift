internal import SidikCore
internal import SidikIndex
internal import SidikStore

/// What groups are of: bands, and the distinct texts in their order.
struct GroupBasis: Hashable, Sendable {
  var bands: UInt32
  var rows: UInt32
  /// Pairs with fewer equal slots are not in the file.
  var leastEqualSlots: UInt32
  var documents: UInt64
  var nodes: UInt64
  /// Of digest, length and number of documents of every node, in order.
  var checksum: UInt64

  var shape: BandParameters { BandParameters(bands: Int(bands), rows: Int(rows)) }

  /// Of a corpus.
  ///
  /// - Complexity: O(n).
  init(_ banding: LSHBanding, _ table: DocumentTable, _ nodes: Nodes) {
    bands = UInt32(banding.shape.bands)
    rows = UInt32(banding.shape.rows)
    leastEqualSlots = UInt32(banding.leastEqualSlots)
    documents = UInt64(table.count)
    self.nodes = UInt64(nodes.count)
    checksum = 0
    for part in Parallel.ranges(nodes.count, size: 1 << 14) {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(8 + part.count * 24)
      bytes.add(checksum)
      for node in part {
        let row = table.rows[nodes.first(node)]
        bytes.add(row.digest.high)
        bytes.add(row.digest.low)
        bytes.add(UInt32(row.textLength))
        bytes.add(UInt32(nodes.documents[node].count))
      }
      checksum = ShardFrames.checksum(bytes)
    }
  }

  /// The payload of the frame.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    for number in [bands, rows, leastEqualSlots] { bytes.add(number) }
    for number in [documents, nodes, checksum] { bytes.add(number) }
    return bytes
  }

  /// From a payload; nil where it is none.
  init?(_ payload: [UInt8]) {
    var bytes = ShardBytes(payload)
    guard let bands: UInt32 = bytes.number(), let rows: UInt32 = bytes.number(),
      let least: UInt32 = bytes.number(), let documents: UInt64 = bytes.number(),
      let nodes: UInt64 = bytes.number(), let checksum: UInt64 = bytes.number(),
      bytes.rest == 0, (1...128).contains(bands), (1...128).contains(rows), bands * rows <= 128,
      least <= 128, nodes <= documents
    else { return nil }
    (self.bands, self.rows, leastEqualSlots) = (bands, rows, least)
    (self.documents, self.nodes, self.checksum) = (documents, nodes, checksum)
  }
}

/// The end of a file of groups.
struct GroupEnd {
  var pairs: Int
  var statistics: LSHBanding.Statistics
  /// Nodes that stand in large buckets.
  var crowded: [UInt32]

  init(pairs: Int, _ statistics: LSHBanding.Statistics, crowded: [Bool]) {
    self.pairs = pairs
    self.statistics = statistics
    self.crowded = crowded.indices.filter { crowded[$0] }.map { UInt32($0) }
  }

  /// The payload of the frame.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    let numbers = [
      pairs, statistics.met, statistics.largestBucket, statistics.largeBuckets, crowded.count,
    ]
    for number in numbers { bytes.add(UInt64(number)) }
    bytes.add(numbers: crowded)
    return bytes
  }

  /// From a payload; nil where it is none.
  init?(_ payload: [UInt8], nodes: Int) {
    var bytes = ShardBytes(payload)
    var numbers: [Int] = []
    for _ in 0..<5 {
      guard let number: UInt64 = bytes.number(), number < 1 << 48 else { return nil }
      numbers.append(Int(number))
    }
    guard let crowded = bytes.numbers(numbers[4]), bytes.rest == 0,
      crowded.allSatisfy({ Int($0) < nodes })
    else { return nil }
    (pairs, self.crowded, statistics) = (numbers[0], crowded, LSHBanding.Statistics())
    (statistics.met, statistics.largestBucket, statistics.largeBuckets) = (
      numbers[1], numbers[2], numbers[3]
    )
  }
}

extension MetPairs {
  /// The payload of some of the pairs: their number, and packed the first node of each, the second
  /// of each, the equal slots of each.
  func encoded(_ part: Range<Int>, _ compressor: TextCompressor) throws -> [UInt8] {
    var columns: [UInt8] = []
    columns.add(numbers: pairs[part].map { UInt32($0 >> 32) })
    columns.add(numbers: pairs[part].map { UInt32(truncatingIfNeeded: $0) })
    columns += slots[part]
    var bytes: [UInt8] = []
    bytes.add(UInt32(part.count))
    try compressor.append(columns, to: &bytes)
    return bytes
  }

  /// Pairs from a payload; nil where it is none.
  init?(_ payload: [UInt8], nodes: Int, _ decompressor: TextDecompressor) {
    var bytes = ShardBytes(payload)
    guard let count: UInt32 = bytes.number(), let packed = bytes.run(bytes.rest),
      let columns = try? unsafe packed.withUnsafeBytes({ try unsafe decompressor.text($0) }),
      columns.count == 9 * Int(count)
    else { return nil }
    var numbers = ShardBytes(columns)
    guard let first = numbers.numbers(Int(count)), let second = numbers.numbers(Int(count)),
      let slots = numbers.run(Int(count))
    else { return nil }
    for (a, b) in zip(first, second) {
      guard a < b, Int(b) < nodes else { return nil }
      pairs.append(UInt64(a) << 32 | UInt64(b))
    }
    self.slots = Array(slots)
  }
}
