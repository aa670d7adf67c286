/// The shingles of some texts that may be common.
struct MetShingles: Sendable {
  /// One shingle of a text.
  struct Shingle: Sendable {
    /// Its hash, salted by its scope.
    var key: UInt64
    var node: Int32
    /// Twice its place in its zone, and the number of the zone.
    var zonePlace: Int32
  }

  /// A text with shingles that may be common.
  struct Text: Sendable {
    var node: Int32
    var shingles: Range<Int32>
    var words: Int32
  }

  private(set) var shingles: [Shingle] = []
  private(set) var texts: [Text] = []
  private var node: Int32 = 0
  private var start = 0

  /// Begins a text.
  mutating func begin(_ node: Int32) {
    self.node = node
    start = shingles.count
  }

  /// Adds a shingle of the text that was begun.
  mutating func add(_ key: UInt64, zone: Int, at place: Int) {
    shingles.append(Shingle(key: key, node: node, zonePlace: Int32(2 * place + zone)))
  }

  /// Ends the text; its words are counted only if it has shingles.
  mutating func end(_ words: () -> Int) {
    if shingles.count == start { return }
    let range = Int32(start)..<Int32(shingles.count)
    texts.append(Text(node: node, shingles: range, words: Int32(words())))
  }

  /// Which shingles of a text are common.
  func places(_ text: Text, _ common: CommonShingles) -> CommonPlaces {
    var places = CommonPlaces(words: Int(text.words))
    for index in text.shingles {
      let shingle = shingles[Int(index)]
      let number = common.number(shingle.key)
      guard number >= 0 else { continue }
      places.zones[Int(shingle.zonePlace & 1)].append((Int(shingle.zonePlace >> 1), number))
    }
    return places
  }
}

/// The exact number of distinct texts of each shingle that passed the sieve.
struct CommonShingles: Sendable {
  private var table = KeyTable()
  private var counts: [Int32] = []
  private var lastNodes: [Int32] = []
  private var groups: [Int32] = []
  private var zones: [Int32] = []
  private var commonCount = 0

  /// Whether nothing is common.
  var isEmpty: Bool { commonCount == 0 }
  /// Number of keys, common or not.
  var count: Int { table.count }

  /// Counts shingles; those of one node come together.
  mutating func add(_ shingles: [MetShingles.Shingle], group: Int) {
    for shingle in shingles {
      let number = table.insert(shingle.key)
      if number == counts.count {
        counts.append(1)
        lastNodes.append(shingle.node)
        groups.append(Int32(group))
        zones.append(shingle.zonePlace & 1)
      } else if lastNodes[number] != shingle.node {
        counts[number] += 1
        lastNodes[number] = shingle.node
      }
    }
  }

  /// Keeps what stands in so many texts of its group.
  mutating func finish(_ least: [Int]) {
    lastNodes = []
    for number in counts.indices {
      if Int(counts[number]) < least[Int(groups[number])] {
        counts[number] = 0
      } else {
        commonCount += 1
      }
    }
  }

  /// The number of a common shingle; -1 for any other.
  func number(_ key: UInt64) -> Int {
    let number = table.number(of: key)
    return number >= 0 && counts[number] > 0 ? number : -1
  }

  /// The zone of its group in which a shingle stands.
  func zone(_ number: Int) -> Int { Int(zones[number]) }

  /// In how many texts a common shingle stands.
  func textCount(_ number: Int) -> Int { Int(counts[number]) }

  /// The key of a number.
  func key(_ number: Int) -> UInt64 { table.keys[number] }
}

/// For each shingle the first texts that bear witness to it.
struct WitnessLists: Sendable {
  private(set) var nodes: [[Int32]]
  private(set) var groups: [Int32]

  init(count: Int) {
    nodes = [[Int32]](repeating: [], count: count)
    groups = [Int32](repeating: 0, count: count)
  }

  mutating func add(_ node: Int32, to number: Int, group: Int, most: Int) {
    groups[number] = Int32(group)
    if nodes[number].count < most, nodes[number].last != node { nodes[number].append(node) }
  }
}
