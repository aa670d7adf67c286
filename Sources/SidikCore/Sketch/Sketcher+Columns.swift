/// Where the parts of one text's sketch go; nil: not wanted.
@unsafe
public struct SketchPlace {
  /// Room for 128 slots.
  public var signature: UnsafeMutablePointer<UInt32>?
  /// Room for one number.
  public var simhash: UnsafeMutablePointer<UInt64>?
  /// Room for ``SketchParameters/digestBytes`` bytes.
  public var digest: UnsafeMutablePointer<UInt8>?

  /// Nothing is wanted.
  public init() {}
}

extension SketchParameters {
  /// Bytes of an exact digest.
  public var digestBytes: Int { digest == .sha256 ? 32 : 16 }
}

extension Sketcher {
  /// Sketches a text into the memory of columns: what ``sketch(_:)`` gives, as numbers.
  ///
  /// - Parameters:
  ///   - text: UTF-8 as it stands in the input.
  ///   - place: where the parts go; a signature without features is all
  ///     ``OnePermutationMinHash/emptySlot``.
  /// - Returns: characters of the normalised text; 0 where nothing is left to compare.
  /// - Complexity: O(n) in the text; O(n * 128) for datasketch's schemes.
  public func sketch(_ text: UnsafeBufferPointer<UInt8>, into place: SketchPlace) -> Int {
    unsafe normaliser.normalise(text, trackOffsets: false, into: &normalised)
    if unsafe place.signature != nil || place.simhash != nil { unsafe writeFeatures(place) }
    if let digest = unsafe place.digest { unsafe writeDigest(digest) }
    return normalised.bytes.isEmpty ? 0 : normalised.scalarCount
  }

  private func writeFeatures(_ place: SketchPlace) {
    if shingleDigest == nil, datasketch == nil {
      unsafe normalised.bytes.withUnsafeBufferPointer { text in
        let features = unsafe extractor.sequence(text)
        unsafe place.simhash?.pointee = SimHash.hash(features)
        if let slots = unsafe place.signature { unsafe minHash.sign(features, into: slots) }
      }
      return
    }
    let features = featureValues()
    unsafe features.withUnsafeBufferPointer { unsafe place.simhash?.pointee = SimHash.hash($0) }
    guard let slots = unsafe place.signature else { return }
    let signature = signature(features)
    for slot in 0..<OnePermutationMinHash.slots {
      unsafe slots[slot] = signature?[slot] ?? OnePermutationMinHash.emptySlot
    }
  }

  private func writeDigest(_ place: UnsafeMutablePointer<UInt8>) {
    if let textDigest {
      for (index, byte) in textDigest.digest(normalised.bytes).enumerated() {
        unsafe place[index] = byte
      }
      return
    }
    let digest = unsafe normalised.bytes.withUnsafeBufferPointer {
      unsafe ExactDigest($0, keys: parameters.keys)
    }
    for index in 0..<8 {
      let shift = UInt64(56 - 8 * index)
      unsafe place[index] = UInt8(truncatingIfNeeded: digest.high >> shift)
      unsafe place[index + 8] = UInt8(truncatingIfNeeded: digest.low >> shift)
    }
  }
}
