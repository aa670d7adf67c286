public import CSidik
internal import Sidik

/// The shape of sketches.
@c @implementation
public func sidik_sketch_shape(
  _ options: OpaquePointer?,
  _ bands: UnsafeMutablePointer<Int32>?,
  _ rows: UnsafeMutablePointer<Int32>?,
  _ digest_bytes: UnsafeMutablePointer<Int32>?
) -> Int32 {
  Outcome.of {
    let options: Options = try unsafe Handle.object(options, "options")
    let shape = try options.resolvedProfile().bands
    unsafe bands?.pointee = Int32(shape.bands)
    unsafe rows?.pointee = Int32(shape.rows)
    unsafe digest_bytes?.pointee = Int32(try options.sketching().digestBytes)
  }
}

/// Sketches rows of a column.
@c @implementation
public func sidik_sketch(
  _ options: OpaquePointer?,
  _ texts: UnsafePointer<sidik_column>?,
  _ first: Int64,
  _ count: Int64,
  _ signatures: UnsafeMutablePointer<UInt32>?,
  _ band_keys: UnsafeMutablePointer<UInt64>?,
  _ simhashes: UnsafeMutablePointer<UInt64>?,
  _ digests: UnsafeMutablePointer<UInt8>?,
  _ characters: UnsafeMutablePointer<Int64>?
) -> Int32 {
  Outcome.of {
    let options: Options = try unsafe Handle.object(options, "options")
    let column = try unsafe Column(texts, "texts")
    guard first >= 0, count >= 0, first <= Int64(column.count) - count else {
      throw CallFault.argument("rows \(first) and \(count) more are not in the texts")
    }
    let parameters = try options.sketching()
    guard unsafe parameters.scheme == .oph || band_keys == nil else {
      throw SidikError(.usage, "band keys need the scheme oph")
    }
    let columns = unsafe SketchColumns(
      signatures: signatures,
      bandKeys: band_keys,
      simhashes: simhashes,
      digests: digests,
      characters: characters
    )
    try unsafe columns.fill(
      column,
      rows: Int(first)..<Int(first + count),
      Sketcher(parameters),
      bands: options.resolvedProfile().bands
    )
  }
}

/// The share of equal slots of pairs of rows.
@c @implementation
public func sidik_estimate(
  _ first: UnsafePointer<UInt32>?,
  _ second: UnsafePointer<UInt32>?,
  _ count: Int64,
  _ jaccard: UnsafeMutablePointer<Double>?
) -> Int32 {
  Outcome.of {
    if count == 0 { return }
    guard let first = unsafe first, let second = unsafe second, let jaccard = unsafe jaccard,
      count > 0
    else { throw CallFault.argument("a matrix is null, or count is negative") }
    let slots = OnePermutationMinHash.slots
    for row in 0..<Int(count) {
      let a = unsafe UnsafeBufferPointer(start: first + row * slots, count: slots)
      let b = unsafe UnsafeBufferPointer(start: second + row * slots, count: slots)
      unsafe jaccard[row] = Signatures.estimatedJaccard(Array(a), Array(b))
    }
  }
}

/// The caller's memory for sketches; nil columns are not wanted.
@unsafe
private struct SketchColumns {
  let signatures: UnsafeMutablePointer<UInt32>?
  let bandKeys: UnsafeMutablePointer<UInt64>?
  let simhashes: UnsafeMutablePointer<UInt64>?
  let digests: UnsafeMutablePointer<UInt8>?
  let characters: UnsafeMutablePointer<Int64>?

  /// Sketches rows.
  func fill(
    _ column: Column,
    rows: Range<Int>,
    _ sketcher: Sketcher,
    bands: BandParameters
  ) throws {
    let slots = OnePermutationMinHash.slots
    var scratch = [UInt32](repeating: OnePermutationMinHash.emptySlot, count: slots)
    unsafe scratch.withUnsafeMutableBufferPointer { scratch in
      for (number, row) in rows.enumerated() {
        var place = unsafe SketchPlace()
        unsafe place.signature = signatures.map { unsafe $0 + number * slots }
        if unsafe place.signature == nil, unsafe bandKeys != nil {
          unsafe place.signature = scratch.baseAddress
        }
        unsafe place.simhash = simhashes.map { unsafe $0 + number }
        let bytes = sketcher.parameters.digestBytes
        unsafe place.digest = digests.map { unsafe $0 + number * bytes }
        let text = unsafe column[row]
        let length = unsafe sketcher.sketch(
          text ?? UnsafeBufferPointer(start: nil, count: 0),
          into: place
        )
        unsafe characters?[number] = unsafe text == nil ? -1 : Int64(length)
        if let keys = unsafe bandKeys.map({ unsafe $0 + number * bands.bands }) {
          unsafe writeKeys(place.signature, isEmpty: length == 0, bands, keys)
        }
      }
    }
  }

  private func writeKeys(
    _ signature: UnsafeMutablePointer<UInt32>?,
    isEmpty: Bool,
    _ bands: BandParameters,
    _ keys: UnsafeMutablePointer<UInt64>
  ) {
    guard let signature = unsafe signature, !isEmpty else {
      unsafe keys.update(repeating: 0, count: bands.bands)
      return
    }
    unsafe Signatures.bandKeys(signature, bands: bands.bands, rows: bands.rows, into: keys)
  }
}
