/// Makes sketches of single texts, one thread's tools kept for the next.
public final class Sketcher {
  /// What sketches are made with.
  public let parameters: SketchParameters

  var normaliser: Normaliser
  let extractor: FeatureExtractor
  let minHash: OnePermutationMinHash
  let datasketch: DatasketchMinHash?
  let shingleDigest: MessageDigest?
  let textDigest: MessageDigest?
  var normalised = NormalisedText()

  /// Prepares the tools.
  ///
  /// - Parameter parameters: what sketches are made with.
  /// - Throws: ``SidikError`` where OpenSSL lacks a digest.
  public init(_ parameters: SketchParameters) throws(SidikError) {
    self.parameters = parameters
    normaliser = Normaliser(parameters.normaliser)
    extractor = FeatureExtractor(unit: parameters.unit, keys: parameters.keys)
    minHash = OnePermutationMinHash(permutationSeed: parameters.keys.permutationSeed)
    datasketch =
      switch parameters.scheme {
      case .oph: nil
      case .affine32: DatasketchMinHash(.affine32, seed: parameters.permutationSeed)
      case .legacy: DatasketchMinHash(.legacy, seed: parameters.permutationSeed)
      }
    shingleDigest =
      switch parameters.shingleHash {
      case .fast: nil
      case .sha1: try MessageDigest(.sha1)
      case .sha256: try MessageDigest(.sha256)
      }
    textDigest = parameters.digest == .sha256 ? try MessageDigest(.sha256) : nil
  }

  /// Sketches a text.
  ///
  /// - Parameter text: UTF-8 as it stands in the input.
  /// - Returns: all its fingerprints.
  /// - Complexity: O(n) in the text; O(n * 128) for datasketch's schemes.
  public func sketch(_ text: UnsafeBufferPointer<UInt8>) -> Sketch {
    unsafe normaliser.normalise(text, into: &normalised)
    let features = featureValues()
    let simhash = unsafe features.withUnsafeBufferPointer { unsafe SimHash.hash($0) }
    return Sketch(
      parameters: parameters,
      digest: digest(),
      simhash: simhash,
      signature: signature(features)
    )
  }

  /// The signature of features; nil where there are none.
  func signature(_ features: [UInt64]) -> [UInt32]? {
    if features.isEmpty { return nil }
    return datasketch?.signature(features.map { UInt32(truncatingIfNeeded: $0) })
      ?? minHash.signature(features)
  }

  private func digest() -> String {
    if let textDigest { return Hexadecimal.string(textDigest.digest(normalised.bytes)) }
    return unsafe normalised.bytes.withUnsafeBufferPointer {
      unsafe ExactDigest($0, keys: parameters.keys).hexadecimal
    }
  }

  /// The features by the chosen hash, in order of position.
  func featureValues() -> [UInt64] {
    guard let shingleDigest else {
      return unsafe normalised.bytes.withUnsafeBufferPointer {
        unsafe Array(extractor.sequence($0))
      }
    }
    return ShingleTexts.of(normalised.bytes, unit: parameters.unit).map { shingle in
      shingleDigest.digest(shingle)[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
  }
}
