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
    guard unsafe array.offset_bits == 32 || array.offset_bits == 64 else {
      throw unsafe CallFault.argument("\(name): offset_bits is \(array.offset_bits), not 32 or 64")
    }
    guard unsafe array.data != nil || array.data_length == 0 else {
      throw CallFault.argument("\(name): data is null, but data_length is not 0")
    }
    if unsafe array.length == 0 { return }
    guard unsafe array.offsets != nil else {
      throw CallFault.argument("\(name): offsets is null")
    }
    var last = unsafe end(array, -1)
    for index in 0..<(unsafe Int(array.length)) {
      let next = unsafe end(array, index)
      guard last >= 0, next >= last, unsafe next <= Int(array.data_length) else {
        throw CallFault.argument("\(name), row \(row + index): its offsets do not fit its data")
      }
      guard next - last <= longestText else {
        throw CallFault.argument(
          "\(name), row \(row + index) has \(next - last) bytes; at most \(longestText) fit"
        )
      }
      last = next
    }
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
    if let validity = unsafe array.validity {
      let bit = unsafe Int(array.offset) + index
      if unsafe validity[bit >> 3] >> UInt8(bit & 7) & 1 == 0 { return nil }
    }
    let start = unsafe Self.end(array, index - 1)
    let length = unsafe Self.end(array, index) - start
    guard length > 0, let data = unsafe array.data else {
      return unsafe UnsafeBufferPointer(start: nil, count: 0)
    }
    return unsafe UnsafeBufferPointer(start: data + start, count: length)
  }

  /// Bytes of a row; 0 for a null.
  func length(_ row: Int) -> Int { unsafe self[row]?.count ?? 0 }
}
