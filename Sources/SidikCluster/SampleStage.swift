@_spi(Kernels) internal import SidikCore
internal import SidikIndex

/// Looks for leaders that share sampled features.
///
/// With a limit, samples stand on disk by their part, a part is sorted at a time, and the lists of
/// those that share a sample stand on disk too; they are read as often as there are blocks of nodes
/// whose samples fit (``PostingBlocks``). The pairs are the same.
struct SampleStage {
  /// What threads sample at a time, in bytes of samples.
  private static let partBytes = 1 << 20
  private static let nodesPerPart = 1024
  /// Lists are written so many places at a time, which is less than a piece of a spool.
  private static let placesPerPiece = 1 << 17

  let configuration: PipelineConfiguration
  let corpus: Corpus
  let nodes: Nodes
  private var threads: Int { max(1, configuration.threads) }
  private var memory: MemoryLimit? { configuration.memory }

  /// Looks for pairs.
  ///
  /// - Parameters:
  ///   - leaders: nodes with texts.
  ///   - take: takes packed pairs, each once.
  /// - Returns: what was met.
  /// - Throws: what ends the task, what `take` throws, or where there is no room.
  func run(
    _ leaders: [UInt32],
    _ take: ([UInt64]) throws -> Void
  ) async throws -> SampledHashes.Statistics {
    // Parts that are sorted at a time are small under a limit, else they are few.
    let entries = SampleEntries(nodeCount: nodes.count, partBits: memory == nil ? 5 : 7)
    let store = try SampleStore(entries, memory, folder: configuration.temporaryFolder)
    try await sample(leaders, into: store)
    var lists = SampleLists(entries)
    let spool = try memory.map { _ in
      try RecordSpool<UInt32>(folder: configuration.temporaryFolder)
    }
    try await group(store, into: &lists, spool)
    var statistics = lists.statistics
    guard let memory, let spool else {
      let all = 0..<nodes.count
      let postings = SamplePostings(lists.take(), counts: lists.counts, rows: all, partners: all)
      statistics.proposed = try await propose(postings, take)
      return statistics
    }
    let blocks = try PostingBlocks(
      lists.counts,
      spool,
      most: memory.left(
        documents: corpus.documents.count,
        resident: corpus.signatures.residentBytes
      ),
      folder: configuration.temporaryFolder
    )
    for block in 0..<blocks.count {
      let postings = try blocks.read(block)
      statistics.proposed += try await propose(postings, take)
    }
    return statistics
  }

  /// One in how many features is kept.
  private func rate(_ leaders: [UInt32]) -> UInt64 {
    let characters = leaders.reduce(0) { $0 + scalars($1) }
    var rate: UInt64 = 16
    while characters / Int(rate) > 64 << 20 { rate *= 2 }
    return rate
  }

  private func scalars(_ node: UInt32) -> Int {
    corpus.documents.rows[nodes.first(Int(node))].scalars
  }

  /// Samples the texts of leaders, in the order of the disk.
  private func sample(_ leaders: [UInt32], into store: SampleStore) async throws {
    let rate = rate(leaders)
    let order = inOrderOfDocuments(leaders)
    let parts = parts(order, rate: rate)
    let (corpus, nodes, configuration) = (corpus, nodes, configuration)
    // A few parts at a time: what was sampled stands in the store then, and not here as well.
    for wave in Parallel.ranges(parts.count, size: (memory == nil ? 16 : 4) * threads) {
      let sampled = try await Parallel.map(
        parts: wave.count,
        threads: threads,
        makeWorker: { SampleWorker(configuration, corpus) }
      ) { worker, part in
        worker.samples(order[parts[wave.lowerBound + part]], nodes, rate: rate)
      }
      let first = parts[wave.lowerBound].lowerBound
      for (place, samples) in sampled.joined().enumerated() {
        try store.append(samples, node: order[first + place])
      }
    }
  }

  /// Nodes in the order of their documents, which is that of their texts on disk.
  private func inOrderOfDocuments(_ leaders: [UInt32]) -> [UInt32] {
    var owners = [UInt32](repeating: .max, count: corpus.documents.count)
    for node in leaders { owners[nodes.first(Int(node))] = node }
    owners.removeAll { $0 == .max }
    return owners
  }

  /// Parts of nodes with about as many samples.
  private func parts(_ order: [UInt32], rate: UInt64) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var (start, bytes) = (0, 0)
    for place in order.indices {
      let own = 8 * (SampledHashes.leastSamples + scalars(order[place]) / Int(rate))
      if place - start == Self.nodesPerPart || (bytes > 0 && bytes + own > Self.partBytes) {
        parts.append(start..<place)
        (start, bytes) = (place, 0)
      }
      bytes += own
    }
    if start < order.count { parts.append(start..<order.count) }
    return parts
  }

  /// Sorts the samples part by part and lists who shares them.
  private func group(
    _ store: SampleStore,
    into lists: inout SampleLists,
    _ spool: RecordSpool<UInt32>?
  ) async throws {
    // What is sorted stands in memory three times.
    let most = memory.map { $0.batch / (24 * threads) } ?? 1 << 18
    let runs = Self.runs(store.counts, most: max(1, most))
    for wave in Parallel.ranges(runs.count, size: (memory == nil ? 2 : 1) * threads) {
      let taken = try wave.map { run in try runs[run].map { try store.take($0) } }
      let sorted = try await Parallel.map(parts: wave.count, threads: threads, makeWorker: {}) {
        _,
        run in
        taken[run].map { part in
          var part = part
          FeatureSorting.sortUnique(&part)
          return part
        }
      }
      for (run, parts) in zip(wave, sorted) {
        for (part, entries) in zip(runs[run], parts) { lists.append(entries, part: part) }
      }
      if let spool { try write(lists.take(), to: spool) }
    }
  }

  /// Parts that follow each other, as many as have so many entries together, or one.
  private static func runs(_ counts: [Int], most: Int) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var (start, entries) = (0, 0)
    for part in counts.indices {
      if entries > 0, entries + counts[part] > most {
        runs.append(start..<part)
        (start, entries) = (part, 0)
      }
      entries += counts[part]
    }
    return entries > 0 ? runs + [start..<counts.count] : runs
  }

  /// Writes lists, none of which is cut.
  private func write(_ lists: [UInt32], to spool: RecordSpool<UInt32>) throws {
    var start = 0
    while start < lists.count {
      var end = min(lists.count, start + Self.placesPerPiece)
      while lists[end - 1] & SampleLists.end == 0 { end -= 1 }
      try spool.append(Array(lists[start..<end]))
      start = end
    }
  }

  /// Proposes pairs on all threads, as far as their counters fit.
  ///
  /// - Returns: how many.
  private func propose(
    _ postings: SamplePostings,
    _ take: ([UInt64]) throws -> Void
  ) async throws -> Int {
    let (nodeCount, first) = (nodes.count, postings.rows.lowerBound)
    let counters = max(1, nodeCount * SamplePostings.Counters.bytesPerNode)
    let most = memory.map { max(1, $0.batch / counters) } ?? threads
    let parts = Parallel.ranges(postings.rows.count, size: 1 << 14)
    var count = 0
    // What is found is taken now and then, or it would stand in memory.
    for wave in Parallel.ranges(
      parts.count,
      size: memory == nil ? max(1, parts.count) : 4 * threads
    ) {
      let found = try await Parallel.map(
        parts: wave.count,
        threads: min(threads, most),
        makeWorker: { SamplePostings.Counters(nodeCount: nodeCount) }
      ) { counters, part in
        let part = parts[wave.lowerBound + part]
        return postings.propose(first + part.lowerBound..<first + part.upperBound, counters)
      }
      for pairs in found where !pairs.isEmpty {
        try take(pairs)
        count += pairs.count
      }
    }
    return count
  }
}

/// One thread's tools for sampling texts.
private final class SampleWorker {
  private let extractor: FeatureExtractor?
  private let reader: TextReader

  init(_ configuration: PipelineConfiguration, _ corpus: Corpus) {
    reader = TextReader(corpus)
    extractor = configuration.profile.postingUnit.map {
      FeatureExtractor(unit: $0, keys: configuration.keys)
    }
  }

  func samples(_ group: ArraySlice<UInt32>, _ nodes: Nodes, rate: UInt64) -> [[UInt64]] {
    guard let extractor else { return [] }
    reader.prefetch(group.lazy.map { nodes.first(Int($0)) })
    return group.map { node in
      unsafe SampledHashes.sample(
        extractor.sequence(reader.text(nodes.first(Int(node)))),
        rate: rate
      )
    }
  }
}
