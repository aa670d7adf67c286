import SidikCore
import SidikIndex
import SidikTestSupport
import Testing

@testable import SidikCluster

/// What batches compare is what was written, or the run ends.
@Suite struct GatheredTextsTests {
  private static func isChanged(_ error: any Error) -> Bool {
    let error = error as? SidikError
    return error?.code == .file && error?.message.contains("has changed") == true
  }

  @Test func piecesComeBackByTheirBatch() throws {
    var generator = SeededGenerator(seed: 3)
    let sizes = [5000, 0, 70_000, 1, 12_345]
    let expected = sizes.map { size in
      (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
    let pieces = try PieceSpool(sizes: sizes, waiting: 1, folder: nil)
    var given = sizes.map { _ in 0 }
    while let batch = sizes.indices.filter({ given[$0] < sizes[$0] })
      .randomElement(using: &generator)
    {
      let end = min(sizes[batch], given[batch] + Int.random(in: 1...3000, using: &generator))
      try unsafe expected[batch][given[batch]..<end].withUnsafeBytes {
        try unsafe pieces.append($0, to: batch)
      }
      given[batch] = end
    }
    try pieces.finish()
    for batch in sizes.indices {
      let loaded = try pieces.load(batch)
      #expect(unsafe Array(loaded.unsafeBytes) == expected[batch])
    }
  }

  @Test func everyFlippedBitOfAPieceIsFound() throws {
    let bytes = [UInt8](repeating: 7, count: 9000)
    let pieces = try PieceSpool(sizes: [9000, 9000], waiting: 1, folder: nil)
    for batch in 0..<2 {
      try unsafe bytes.withUnsafeBytes { try unsafe pieces.append($0, to: batch) }
    }
    try pieces.finish()
    for place in [0, 4095, 4096, 8999] {
      let flipped: [UInt8] = [7 ^ 1 << UInt8(place % 8)]
      try unsafe flipped.withUnsafeBytes { try unsafe pieces.spool.write($0, at: 9000 + place) }
      #expect(throws: Never.self) { try pieces.load(0) }
      #expect(performing: { try pieces.load(1) }, throws: Self.isChanged)
      try unsafe bytes[..<1].withUnsafeBytes {
        try unsafe pieces.spool.write($0, at: 9000 + place)
      }
    }
    #expect(throws: Never.self) { try pieces.load(1) }
  }

  @Test func recordsComeBackOrAreMissed() throws {
    var generator = SeededGenerator(seed: 14)
    let spool = try RecordSpool<UInt64>(folder: nil)
    var runs: [(range: Range<Int>, records: [UInt64])] = []
    for length in [3, 0, 300_000, 1, 0, 131_072, 7] {
      let records = (0..<length).map { _ in UInt64.random(in: 0...UInt64.max, using: &generator) }
      let first = try spool.append(records)
      runs.append((first..<first + length, records))
    }
    for run in runs { #expect(try spool.read(run.range) == run.records) }
    var all: [UInt64] = []
    try spool.forEachPart { all += $0 }
    #expect(all == runs.flatMap(\.records) && all.count == spool.count)
    let flipped = [all[200_000] ^ 1 << 40]
    try unsafe flipped.withUnsafeBytes { try unsafe spool.spool.write($0, at: 8 * 200_000) }
    #expect(try spool.read(runs[0].range) == runs[0].records)
    #expect(try spool.read(runs[6].range) == runs[6].records)
    #expect(performing: { try spool.read(runs[2].range) }, throws: Self.isChanged)
    #expect(performing: { try spool.forEachPart { _ in } }, throws: Self.isChanged)
  }

  /// Texts and signatures of batches are those of their documents, however they are read.
  @Test(arguments: [GatheredTexts.Use.all, .some])
  func aBatchIsACorpusOfItsOwn(use: GatheredTexts.Use) async throws {
    let made = try await gathered()
    var seen = 0
    for batch in 0..<made.batches.count {
      let members = made.batches.members(batch)
      let part = try made.texts.corpus(batch, members, use)
      #expect(part.nodes.count == members.count)
      for (place, node) in members.enumerated() {
        let (row, document) = (part.nodes.first(place), made.nodes.first(Int(node)))
        let (own, whole) = (TextReader(part.corpus), TextReader(made.corpus))
        #expect(unsafe own.text(row).elementsEqual(whole.text(document)))
        #expect(rows(part.corpus, row) == rows(made.corpus, document))
        seen += 1
      }
    }
    #expect(seen == made.batches.nodeCount && made.batches.count > 3)
  }

  @Test func aTextThatIsNotWhatWasReadIsFound() async throws {
    await #expect {
      // With other keys, no text has the digest that was made of it.
      _ = try await gathered(keys: HashKeys(seed: 5))
    } throws: { Self.isChanged($0) }
  }

  private func rows(_ corpus: Corpus, _ row: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    unsafe SignatureBlocks(corpus.signatures).withRow(row) { unsafe bytes = Array($0) }
    return bytes
  }

  /// Stories of four copies each, their pairs, and what is gathered for small batches.
  private func gathered(
    keys: HashKeys = HashKeys()
  ) async throws -> (corpus: Corpus, nodes: Nodes, batches: NodeBatches, texts: GatheredTexts) {
    var generator = SeededGenerator(seed: 12)
    let documents = (0..<30).flatMap { story in
      let text = randomText(words: 50 + story, &generator)
      return (0..<4).map { copy in
        TestDocument("\(story).\(copy)", edited(text, words: copy, &generator))
      }
    }
    var memory = try MemoryLimit(bytes: MemoryLimit.least)
    (memory.signatures, memory.batch, memory.window) = (0, 20_000, 1 << 20)
    var configuration = PipelineConfiguration(profile: .corpus, threads: 1)
    configuration.memory = memory
    let corpus = try await SketchStage(configuration: configuration)
      .run(RecordSource(documents.shuffled(using: &generator))).corpus
    let nodes = Nodes(corpus)
    let pairs = try RecordSpool<UInt64>(folder: nil)
    let stages = PairStages(configuration: configuration, corpus: corpus, nodes: nodes)
    _ = try await stages.met((0..<nodes.count).map { nodes.first($0) }) {
      try pairs.append($0.pairs)
    }
    let batches = try NodeBatches(nodes, corpus, pairs, memory)
    var other = configuration
    other.keys = keys
    return (corpus, nodes, batches, try GatheredTexts(corpus, nodes, batches, memory, other))
  }
}
