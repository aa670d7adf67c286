internal import CSidik

/// A column of the caller's, checked: every row can be read without another look at its offsets.
@safe
struct Column: @unchecked Sendable {
  // Unchecked: the caller's memory, which is only read, and only while his call lasts.
  private let arrays: [sidik_array]
  /// The row at which each array begins, and behind the last the number of rows.
  private let starts: [Int]

  /// A text may have so many bytes.
  static let longestText = 1 << 30

  /// How many rows there are.
  var count: Int { starts[starts.count - 1] }

  /// Checks a column.
  ///
  /// - Parameters:
  ///   - column: as the caller gave it.
  ///   - name: what it is called in messages.
  /// - Throws: `CallFault` where it could not be read safely.
  /// - Complexity: O(n) in the rows; no text is looked at.
  init(_ column: UnsafePointer<sidik_column>?, _ name: String) throws {
    guard let column = unsafe column?.pointee else { throw CallFault.argument("\(name) is null") }
    guard unsafe column.count == 0 || (column.count > 0 && column.arrays != nil) else {
      throw CallFault.argument("\(name) has no arrays, or a negative number of them")
    }
    unsafe arrays = Array(
      UnsafeBufferPointer(start: column.arrays, count: Int(column.count))
    )
    var starts = [0]
    for index in unsafe arrays.indices {
      let array = unsafe arrays[index]
      try unsafe Self.check(array, name, row: starts[starts.count - 1])
      unsafe starts.append(starts[starts.count - 1] + Int(array.length))
    }
    self.starts = starts
    guard count < Int(Int32.max) else {
      throw CallFault.argument("\(name) has \(count) rows; at most 2147483646 fit")
    }
  }

  /// A column that may be left out.
  static func optional(
    _ column: UnsafePointer<sidik_column>?,
    _ name: String,
    count: Int
  ) throws -> Column? {
    guard unsafe column != nil else { return nil }
    let made = try unsafe Column(column, name)
    guard made.count == count else {
      throw CallFault.argument("\(name) has \(made.count) rows, the texts have \(count)")
    }
    return made
  }

  private static func check(_ array: sidik_array, _ name: String, row: Int) throws {
    guard unsafe array.length >= 0, unsafe array.offset >= 0, unsafe array.data_length >= 0,
      unsafe array.offset <= Int64.max / 32 - array.length
    else { throw CallFault.argument("\(name) has a negative length or offset") }
    guard unsafe [32, 64, 128].contains(array.offset_bits) else {
      throw unsafe CallFault.argument(
        "\(name): offset_bits is \(array.offset_bits), not 32, 64 or 128"
      )
    }
    guard unsafe array.data != nil || array.data_length == 0 else {
      throw CallFault.argument("\(name): data is null, but data_length is not 0")
    }
    if unsafe array.length == 0 { return }
    guard unsafe array.offsets != nil else {
      throw CallFault.argument("\(name): offsets is null")
    }
    for index in 0..<(unsafe Int(array.length)) {
      let place = unsafe views(array) ? view(array, index) : range(array, index)
      guard let place = unsafe place else {
        throw CallFault.argument("\(name), row \(row + index): its offsets do not fit its data")
      }
      guard place.count <= longestText else {
        throw CallFault.argument(
          "\(name), row \(row + index) has \(place.count) bytes; at most \(longestText) fit"
        )
      }
    }
  }

  /// Whether an array has views in the place of offsets.
  private static func views(_ array: sidik_array) -> Bool { unsafe array.offset_bits == 128 }

  /// What a pair of offsets says; nil where it does not fit.
  private static func range(
    _ array: sidik_array,
    _ index: Int
  ) -> UnsafeBufferPointer<UInt8>? {
    let (start, end) = unsafe (end(array, index - 1), end(array, index))
    guard start >= 0, end >= start, unsafe end <= Int(array.data_length) else { return nil }
    let data = unsafe end > start ? array.data.map { unsafe $0 + start } : nil
    return unsafe UnsafeBufferPointer(start: data, count: end - start)
  }

  /// What a view says; nil where it does not fit.
  private static func view(
    _ array: sidik_array,
    _ index: Int
  ) -> UnsafeBufferPointer<UInt8>? {
    if unsafe isNull(array, index) { return unsafe UnsafeBufferPointer(start: nil, count: 0) }
    guard let views = unsafe array.offsets else { return nil }
    let view = unsafe views + 16 * (Int(array.offset) + index)
    let length = unsafe Int(view.loadUnaligned(as: Int32.self))
    guard length >= 0 else { return nil }
    if length <= 12 {
      let text = unsafe (view + 4).assumingMemoryBound(to: UInt8.self)
      return unsafe UnsafeBufferPointer(start: text, count: length)
    }
    let number = unsafe Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))
    let start = unsafe Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
    guard number >= 0, start >= 0, unsafe number < Int(array.buffer_count),
      let buffers = unsafe array.buffers, let lengths = unsafe array.buffer_lengths,
      let buffer = unsafe buffers[number], unsafe start + length <= Int(lengths[number])
    else { return nil }
    return unsafe UnsafeBufferPointer(start: buffer + start, count: length)
  }

  /// Whether a row has no value.
  private static func isNull(_ array: sidik_array, _ index: Int) -> Bool {
    guard let validity = unsafe array.validity else { return false }
    let bit = unsafe Int(array.offset) + index
    return unsafe validity[bit >> 3] >> UInt8(bit & 7) & 1 == 0
  }

  /// Where a row ends; that of -1 is where the first begins.
  private static func end(_ array: sidik_array, _ index: Int) -> Int {
    guard let offsets = unsafe array.offsets else { return -1 }
    let place = unsafe Int(array.offset) + index + 1
    if unsafe array.offset_bits == 32 {
      return unsafe Int(offsets.loadUnaligned(fromByteOffset: 4 * place, as: Int32.self))
    }
    return unsafe Int(offsets.loadUnaligned(fromByteOffset: 8 * place, as: Int64.self))
  }

  /// A row's bytes, valid while the caller's call lasts; nil for a null.
  subscript(row: Int) -> UnsafeBufferPointer<UInt8>? {
    var low = 0
    if starts.count > 2 {
      var high = starts.count - 1
      while high - low > 1 {
        let middle = (low + high) / 2
        if starts[middle] <= row { low = middle } else { high = middle }
      }
    }
    let array = unsafe arrays[low]
    let index = row - starts[low]
    if unsafe Self.isNull(array, index) { return nil }
    return unsafe Self.views(array) ? Self.view(array, index) : Self.range(array, index)
  }

  /// Bytes of a row; 0 for a null.
  func length(_ row: Int) -> Int { unsafe self[row]?.count ?? 0 }
}
