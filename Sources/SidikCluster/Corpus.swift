internal import Glibc
internal import SidikCore
internal import SidikIndex

/// What stage one leaves: every document sketched, its normalised text on disk.
struct Corpus: Sendable {
  var documents: DocumentTable
  let texts: SpoolMap
  let signatures: SignatureMatrix
  /// Texts without their boilerplate: those of offsets behind the end of `texts`.
  var cutTexts: SpoolMap? = nil

  /// A document's normalised text; valid while the corpus lives.
  func text(_ document: Int) -> UnsafeBufferPointer<UInt8> {
    let (map, range) = place(of: document)
    map.willRead(range.count)
    let text = unsafe UnsafeRawBufferPointer(rebasing: map.unsafeBytes[range])
    return unsafe text.assumingMemoryBound(to: UInt8.self)
  }

  /// Where a document's normalised text stands.
  func place(of document: Int) -> (map: SpoolMap, range: Range<Int>) {
    let row = documents.rows[document]
    var (map, start) = (texts, row.textOffset)
    if start >= texts.count, let cutTexts {
      map = cutTexts
      start -= texts.count
    }
    return (map, start..<start + row.textLength)
  }
}

/// The distinct texts of a corpus: documents equal after normalisation are one node.
///
/// Nodes are numbered in the order of their digests, which depends on nothing but their texts:
/// every later stage that breaks a tie by number gives the same answer for any order of the input.
struct Nodes: Sendable {
  /// For each node its documents, ordered by id, then time, then source, then input.
  var documents = TextGroups()

  var count: Int { documents.count }

  /// The document whose text and signature stand for the node.
  func first(_ node: Int) -> Int { documents.first(node) }

  /// Texts that are known.
  init(documents: TextGroups) { self.documents = documents }

  /// The nodes that stand in packed pairs, ascending.
  func members(of pairs: [UInt64]) -> [Int] {
    var isMember = [Bool](repeating: false, count: count)
    for pair in pairs {
      isMember[Int(pair >> 32)] = true
      isMember[Int(pair & 0xFFFF_FFFF)] = true
    }
    return isMember.indices.filter { isMember[$0] }
  }

  /// Groups documents.
  ///
  /// - Parameters:
  ///   - corpus: the sketched documents.
  ///   - subset: which of them take part; all if left out.
  ///   - comparesTexts: whether equal digests are checked on the texts; else they are trusted, for
  ///     a corpus whose texts are elsewhere.
  init(_ corpus: Corpus, documents subset: [Int]? = nil, comparesTexts: Bool = true) {
    let table = corpus.documents
    let order = Self.ordered(subset ?? Array(0..<table.count), table)
    documents.reserve(order.count)
    let readers = (TextReader(corpus), TextReader(corpus))
    var (start, asked) = (0, 0)
    while start < order.count {
      var end = start + 1
      if start >= asked, corpus.texts.isLarge {
        let next = min(order.count, start + Self.lookedAhead)
        readers.0.prefetch(Self.repeated(order[start..<next], table))
        asked = next
      }
      let first = table.rows[order[start]]
      while end < order.count, table.rows[order[end]].digest == first.digest,
        table.rows[order[end]].textLength == first.textLength
      {
        end += 1
      }
      if comparesTexts || first.textLength == 0 {
        addGroup(order[start..<end], corpus, readers)
      } else {
        documents.append(order[start..<end].lazy.map { Int32($0) })
      }
      start = end
    }
  }

  /// So many documents on, texts are asked for that will be compared.
  private static let lookedAhead = 1 << 15

  /// Documents with the digest of a neighbour.
  private static func repeated(_ order: ArraySlice<Int>, _ table: DocumentTable) -> [Int] {
    zip(order, order.dropFirst()).flatMap { a, b in
      table.rows[a].digest == table.rows[b].digest ? [a, b] : []
    }
  }

  /// Documents by digest, length and number.
  ///
  /// Digests are uniform, so their first bits, beside the number of the document, are sorted as
  /// numbers; what they leave open is compared in full.
  private static func ordered(_ documents: [Int], _ table: DocumentTable) -> [Int] {
    guard table.count > 1 else { return documents }
    let mask = UInt64.max >> UInt64((table.count - 1).leadingZeroBitCount)
    var entries = documents.map { table.rows[$0].digest.high & ~mask | UInt64($0) }
    FeatureSorting.sortUnique(&entries)
    var order = entries.map { Int($0 & mask) }
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, (entries[end] ^ entries[start]) & ~mask == 0 { end += 1 }
      if end - start > 1 {
        order[start..<end].sort { a, b in
          let (x, y) = (table.rows[a], table.rows[b])
          if x.digest != y.digest { return x.digest < y.digest }
          if x.textLength != y.textLength { return x.textLength < y.textLength }
          return a < b
        }
      }
      start = end
    }
    return order
  }

  /// Splits documents of one digest by their real text: a collision must not make two texts one.
  private mutating func addGroup(
    _ group: ArraySlice<Int>,
    _ corpus: Corpus,
    _ readers: (TextReader, TextReader)
  ) {
    guard let first = group.first, group.count > 1 else {
      for document in group { documents.append(CollectionOfOne(Int32(document))) }
      return
    }
    if corpus.documents.rows[first].textLength == 0 {
      // Nothing at all: such documents are equal to no other.
      for document in group { documents.append(CollectionOfOne(Int32(document))) }
      return
    }
    let text = unsafe readers.0.text(first)
    let areEqual = group.dropFirst().allSatisfy { document in
      let other = unsafe readers.1.text(document)
      guard other.count == text.count else { return false }
      guard let x = text.baseAddress, let y = other.baseAddress else { return true }
      return unsafe memcmp(x, y, text.count) == 0
    }
    if areEqual {
      documents.append(Self.inOrder(group.map { Int32($0) }, corpus.documents))
      return
    }
    var byText: [[UInt8]: [Int32]] = [:]
    for document in group {
      byText[unsafe Array(corpus.text(document)), default: []].append(Int32(document))
    }
    for text in byText.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      documents.append(Self.inOrder(byText[text] ?? [], corpus.documents))
    }
  }

  /// Documents by id, then time, then source, then input.
  private static func inOrder(_ members: [Int32], _ table: DocumentTable) -> [Int32] {
    let keys = members.map { member in
      let document = Int(member)
      return (table.id(document), table.time(document) ?? "", table.source(document) ?? "", member)
    }
    return keys.sorted { $0 < $1 }.map { $0.3 }
  }
}
