public import SidikCore
internal import SidikIndex
public import SidikStore

/// A document as an index is asked for it, or given it.
public struct SketchedText: Sendable {
  /// The id, UTF-8.
  public var id: [UInt8] = []
  /// Where it was published, UTF-8.
  public var source: [UInt8] = []
  /// When, in seconds since 1970; nil where the document does not say.
  public var time: Int64?
  /// The normalised text, UTF-8; the raw text where nothing is left to compare.
  var text: [UInt8] = []
  /// Characters of the normalised text; 0 where nothing is left.
  var scalars = 0
  var digest = ExactDigest(high: 0, low: 0)
  var signature: [UInt32] = []
  var samples: [UInt64] = []
  var bandKeys: [UInt64] = []

  /// Whether nothing was left to compare.
  public var isEmpty: Bool { scalars == 0 }

  /// The signature as an index keeps it.
  var bits: SignatureBits {
    unsafe signature.withUnsafeBufferPointer { slots in
      guard let base = slots.baseAddress else { return SignatureBits(low: 0, high: 0) }
      return unsafe SignatureBits(base)
    }
  }

  /// What an index keeps.
  ///
  /// - Parameter now: stands for the time of documents that name none.
  /// - Returns: what ``IndexWriter/add(_:)`` takes.
  public func stored(now: Int64) -> StoredDocument {
    StoredDocument(
      id: id,
      source: source,
      time: time ?? now,
      hasOwnTime: time != nil,
      length: scalars,
      isEmpty: isEmpty,
      digest: digest.high,
      signature: bits,
      bandKeys: bandKeys,
      samples: samples,
      text: text
    )
  }
}

/// Sketches documents as an index needs them, on several threads.
public struct IndexSketcher: Sendable {
  private static let documentsPerPart = 32

  private let threads: Int
  private let workers: WorkerPool<Worker>

  /// Makes a sketcher.
  ///
  /// - Parameters:
  ///   - parameters: those of the index.
  ///   - keys: the hash constants.
  ///   - threads: threads at work; never changes an answer.
  public init(_ parameters: IndexParameters, keys: HashKeys, threads: Int) {
    self.threads = threads
    workers = WorkerPool { Worker(parameters, keys) }
  }

  /// Sketches the documents of a batch.
  ///
  /// - Parameter batch: the documents.
  /// - Returns: one sketch a document, in order.
  /// - Throws: what ends the task.
  /// - Complexity: O(n) in the texts.
  public func sketch(_ batch: DocumentBatch) async throws -> [SketchedText] {
    let parts = Parallel.ranges(batch.entries.count, size: Self.documentsPerPart)
    let workers = workers
    let found = try await Parallel.map(
      parts: parts.count,
      threads: threads,
      makeWorker: {}
    ) { _, part in
      workers.use { worker in batch.entries[parts[part]].map { worker.sketch($0, of: batch) } }
    }
    return Array(found.joined())
  }

  /// Sketches one text without id, source and time.
  public func sketch(_ text: [UInt8]) -> SketchedText {
    workers.use { worker in
      var sketched = SketchedText()
      unsafe text.withUnsafeBufferPointer { unsafe worker.sketch($0, into: &sketched) }
      return sketched
    }
  }

  /// Where a signature is made anew from a normalised text, as of a match to be verified.
  func sign(_ text: [UInt8]) -> [UInt32] { workers.use { $0.sign(text) } }

  /// One thread's tools.
  private final class Worker {
    private var normaliser: Normaliser
    private let extractor: FeatureExtractor
    private let posting: FeatureExtractor?
    private let minHash: OnePermutationMinHash
    private let bands: BandParameters
    private let keys: HashKeys
    private var normalised = NormalisedText()

    init(_ parameters: IndexParameters, _ keys: HashKeys) {
      let profile = parameters.profile
      self.keys = keys
      bands = profile.bands
      normaliser = Normaliser(profile.normaliser)
      extractor = FeatureExtractor(unit: profile.unit, keys: keys)
      posting =
        parameters.keepsTexts
        ? profile.postingUnit.map { FeatureExtractor(unit: $0, keys: keys) } : nil
      minHash = OnePermutationMinHash(permutationSeed: keys.permutationSeed)
    }

    func sketch(_ entry: DocumentBatch.Entry, of batch: DocumentBatch) -> SketchedText {
      var output = SketchedText()
      unsafe batch.bytes.withUnsafeBufferPointer { bytes in
        let raw = unsafe UnsafeBufferPointer(rebasing: bytes[entry.text])
        unsafe sketch(raw, into: &output)
      }
      output.id = Array(batch.bytes[entry.id])
      output.source = entry.source.map { Array(batch.bytes[$0]) } ?? []
      let time = entry.time.flatMap { Timestamp(utf8: batch.bytes[$0]) }
      output.time = time.map { Int64($0.seconds) }
      return output
    }

    func sketch(_ raw: UnsafeBufferPointer<UInt8>, into output: inout SketchedText) {
      unsafe normaliser.normalise(raw, trackOffsets: false, into: &normalised)
      output.text = normalised.bytes
      if output.text.isEmpty { return unsafe takeSigns(raw, into: &output) }
      output.scalars = normalised.scalarCount
      unsafe output.text.withUnsafeBufferPointer { text in
        output.digest = unsafe ExactDigest(text, keys: keys)
        if let posting {
          output.samples = unsafe SampledHashes.sample(
            posting.sequence(text),
            rate: IndexParameters.sampleRate
          )
        }
      }
      output.signature = sign(output.text)
      output.bandKeys = [UInt64](repeating: 0, count: bands.bands)
      unsafe output.signature.withUnsafeBufferPointer { slots in
        guard let base = slots.baseAddress else { return }
        unsafe Signatures.bandKeys(
          base,
          bands: bands.bands,
          rows: bands.rows,
          into: &output.bandKeys
        )
      }
    }

    /// Nothing left to compare: signs are equal only to their like, byte for byte, and what shows
    /// nothing is like nothing.
    private func takeSigns(_ raw: UnsafeBufferPointer<UInt8>, into output: inout SketchedText) {
      let text = unsafe String(decoding: raw, as: UTF8.self)
      if text.unicodeScalars.allSatisfy({
        $0.properties.isWhitespace || $0.properties.generalCategory == .control
          || $0.properties.generalCategory == .format
      }) {
        return
      }
      output.text = unsafe Array(raw)
      output.digest = unsafe ExactDigest(raw, keys: HashKeys(seed: 0))
      output.bandKeys = [output.digest.high]
    }

    func sign(_ text: [UInt8]) -> [UInt32] {
      unsafe text.withUnsafeBufferPointer { text in
        let features = unsafe extractor.sequence(text)
        return unsafe [UInt32](unsafeUninitializedCapacity: OnePermutationMinHash.slots) {
          slots,
          count in
          if let base = slots.baseAddress { unsafe minHash.sign(features, into: base) }
          count = OnePermutationMinHash.slots
        }
      }
    }
  }
}
