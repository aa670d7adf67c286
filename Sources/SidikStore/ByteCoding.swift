/// Little-endian numbers written to bytes and read from them, bounds checked.
extension Array where Element == UInt8 {
  /// Appends a number, lowest byte first.
  mutating func append(little value: some FixedWidthInteger) {
    var rest = value
    for _ in 0..<value.bitWidth / 8 {
      append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  /// Writes a number over bytes that are there.
  mutating func put(little value: some FixedWidthInteger, at place: Int) {
    var rest = value
    for index in place..<place + value.bitWidth / 8 {
      self[index] = UInt8(truncatingIfNeeded: rest)
      rest >>= 8
    }
  }

  /// A number that begins at a place; the caller has checked that it is there.
  func little<Value: FixedWidthInteger>(_ place: Int, as type: Value.Type = Value.self) -> Value {
    var value: Value = 0
    for index in (0..<Value.bitWidth / 8).reversed() {
      value = value << 8 | Value(truncatingIfNeeded: self[place + index])
    }
    return value
  }
}
