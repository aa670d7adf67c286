import Sidik

/// From the bytes of an input to one-permutation signatures on one thread.
///
/// The stages of one document are too short to be timed one by one: each chunk is gone over three
/// times, with one stage more each time, and the differences are shown.
struct SketchTimes {
  private let profile: Profile

  init(_ profile: Profile) { self.profile = profile }

  func run(_ files: [String]) throws {
    let reader = try InputReader(InputOptions(paths: files))
    let walk = Walk(profile)
    var (reading, parsing) = (0.0, 0.0)
    var passes = [0.0, 0.0, 0.0]
    var (documents, bytes) = (0, 0)
    var batch = DocumentBatch()
    while let chunk = try Clock.add(to: &reading, { try reader.nextChunk() }) {
      batch.removeAll()
      try Clock.add(to: &parsing) { try chunk.parse(into: &batch) }
      documents += batch.entries.count
      bytes += batch.entries.reduce(0) { $0 + $1.text.count }
      for stages in 1...3 {
        Clock.add(to: &passes[stages - 1]) { walk.run(batch, stages: stages) }
      }
    }
    print(
      "\(documents) documents, \(bytes / 1_000_000) MB of text; profile \(profile.name), "
        + "kernels \(Kernels.activeName), check \(walk.check)"
    )
    for (name, time) in [
      ("read", reading), ("parse", parsing), ("normalise", passes[0]),
      ("features", passes[1] - passes[0]), ("signature", passes[2] - passes[1]),
      ("text to signature", passes[2]), ("all", reading + parsing + passes[2]),
    ] {
      print("\(name)\t\(rounded(Double(bytes) / 1e6 / max(time, 1e-9), 0)) MB/s")
    }
  }
}

/// One worker's tools, as the pipeline has them.
private final class Walk {
  private var normaliser: Normaliser
  private let extractor: FeatureExtractor
  private let minHash: OnePermutationMinHash
  private var folded = NormalisedText()
  private var signature = [UInt32](repeating: 0, count: OnePermutationMinHash.slots)
  /// A sum over what was made, so that no work is left out.
  private(set) var check: UInt64 = 0

  init(_ profile: Profile) {
    let keys = HashKeys()
    normaliser = Normaliser(profile.normaliser)
    extractor = FeatureExtractor(unit: profile.unit, keys: keys)
    minHash = OnePermutationMinHash(permutationSeed: keys.permutationSeed)
  }

  func run(_ batch: DocumentBatch, stages: Int) {
    unsafe batch.bytes.withUnsafeBufferPointer { all in
      for entry in batch.entries {
        unsafe normaliser.normalise(
          UnsafeBufferPointer(rebasing: all[entry.text]),
          into: &folded
        )
        check &+= UInt64(folded.bytes.count)
        if stages > 1 { measure(signs: stages > 2) }
      }
    }
  }

  private func measure(signs: Bool) {
    unsafe folded.bytes.withUnsafeBufferPointer { text in
      let features = unsafe extractor.sequence(text)
      check &+= UInt64(features.count)
      guard signs else { return }
      unsafe signature.withUnsafeMutableBufferPointer { slots in
        guard let base = slots.baseAddress else { return }
        unsafe minHash.sign(features, into: base)
      }
      check &+= UInt64(signature[0])
    }
  }
}
