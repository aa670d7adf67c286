import CSidikKernels
/// Writes JSON into bytes: always valid UTF-8, the same on every machine, no locale.
///
/// ```
/// var json = JSONWriter()
/// json.beginObject()
/// json.member("id", "a")
/// json.key("scores")
/// json.beginArray()
/// json.number(0.5, decimals: 2)
/// json.endArray()
/// json.endObject()
/// ```
public struct JSONWriter: Sendable {
  /// What was written so far.
  public var bytes: [UInt8] = []
  private var needsComma = false

  /// An empty writer.
  public init() {}

  /// Empties the writer and keeps its memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  /// Opens an object.
  public mutating func beginObject() {
    separate()
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  /// Closes an object.
  public mutating func endObject() {
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  /// Opens an array.
  public mutating func beginArray() {
    separate()
    bytes.append(UInt8(ascii: "["))
    needsComma = false
  }

  /// Closes an array.
  public mutating func endArray() {
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  /// Ends a line of JSON Lines.
  public mutating func endLine() {
    bytes.append(10)
    needsComma = false
  }

  /// Writes a member's name; its value comes next.
  public mutating func key(_ name: String) {
    separate()
    Self.appendString(name.utf8, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a string.
  public mutating func string(_ text: String) {
    separate()
    Self.appendString(text.utf8, to: &bytes)
  }

  /// Writes bytes as a string; those that are not UTF-8 become U+FFFD.
  public mutating func string(utf8 text: some Collection<UInt8>) {
    separate()
    Self.appendString(text, to: &bytes)
  }

  /// Writes an integer.
  public mutating func number(_ value: Int) {
    separate()
    Self.appendDecimal(value, to: &bytes)
  }

  /// Writes a number with at most that many decimals, rounded half away from zero.
  ///
  /// Trailing zeros are left out; one that is not finite becomes null.
  public mutating func number(_ value: Double, decimals: Int) {
    separate()
    Self.appendDecimal(value, decimals: decimals, to: &bytes)
  }

  /// Writes true or false.
  public mutating func bool(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// Writes null.
  public mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  /// Writes JSON that is already made.
  public mutating func raw(_ json: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  /// Writes a member whose value is a string.
  public mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  /// Writes a member whose value is an integer.
  public mutating func member(_ name: String, _ value: Int) {
    key(name)
    number(value)
  }

  /// Writes a member whose value is a number with at most that many decimals.
  public mutating func member(_ name: String, _ value: Double, decimals: Int) {
    key(name)
    number(value, decimals: decimals)
  }

  /// Writes a member whose value is true or false.
  public mutating func member(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }
}

extension JSONWriter {
  /// Appends bytes as a JSON string with its quotes; those that are not UTF-8 become U+FFFD.
  ///
  /// Control characters and U+2028, U+2029 (line breaks to some readers) are escaped.
  public static func appendString(_ text: some Collection<UInt8>, to bytes: inout [UInt8]) {
    // Names and ids are nearly all that is written: their bytes lie side by side and stand for themselves.
    let isDone = text.withContiguousStorageIfAvailable {
      unsafe appendPlain($0, to: &bytes)
    }
    if isDone == true { return }
    bytes.append(UInt8(ascii: "\""))
    let copy = Array(text)
    let whole = Kernels.utf8Census(copy).broken == 0
    appendEscaped(whole ? copy : Array(String(decoding: copy, as: UTF8.self).utf8), to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends a string of bytes that stand for themselves; false where some do not.
  private static func appendPlain(
    _ text: UnsafeBufferPointer<UInt8>,
    to bytes: inout [UInt8]
  ) -> Bool {
    for place in text.indices where unsafe !isPlain(text[place]) { return false }
    bytes.append(UInt8(ascii: "\""))
    unsafe bytes.append(contentsOf: text)
    bytes.append(UInt8(ascii: "\""))
    return true
  }

  /// Whether a byte stands for itself: those of names and ids, mostly.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte &- 0x20 <= 0x5E && byte != 0x22 && byte != 0x5C
  }

  private static func appendEscaped(_ text: [UInt8], to bytes: inout [UInt8]) {
    var start = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      let separator =
        byte == 0xE2 && index + 2 < text.count && text[index + 1] == 0x80
        && (text[index + 2] == 0xA8 || text[index + 2] == 0xA9)
      guard byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || separator else {
        index += 1
        continue
      }
      bytes.append(contentsOf: text[start..<index])
      bytes.append(0x5C)
      switch byte {
      case 0x22, 0x5C: bytes.append(byte)
      case 8: bytes.append(UInt8(ascii: "b"))
      case 9: bytes.append(UInt8(ascii: "t"))
      case 10: bytes.append(UInt8(ascii: "n"))
      case 12: bytes.append(UInt8(ascii: "f"))
      case 13: bytes.append(UInt8(ascii: "r"))
      default:
        appendUnit(separator ? 0x2000 | UInt32(text[index + 2] - 0x80) : UInt32(byte), to: &bytes)
      }
      index += separator ? 3 : 1
      start = index
    }
    bytes.append(contentsOf: text[start...])
  }

  /// Appends `u` and four hexadecimal digits.
  static func appendUnit(_ unit: UInt32, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "u"))
    for shift in [12, 8, 4, 0] as [UInt32] {
      let digit = UInt8((unit >> shift) & 15)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
    }
  }

  /// Appends an integer in decimal.
  public static func appendDecimal(_ value: Int, to bytes: inout [UInt8]) {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var start = digits.count
      var rest = value.magnitude
      repeat {
        start -= 1
        unsafe digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if value < 0 {
        start -= 1
        unsafe digits[start] = UInt8(ascii: "-")
      }
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  /// Appends a number with at most that many decimals (up to 15), without trailing zeros.
  ///
  /// A number that is not finite becomes `null`, which is all that JSON has for it.
  public static func appendDecimal(_ value: Double, decimals: Int, to bytes: inout [UInt8]) {
    guard value.isFinite else {
      bytes.append(contentsOf: "null".utf8)
      return
    }
    let places = max(0, min(decimals, 15))
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (abs(value) * scale).rounded(.toNearestOrAwayFromZero)
    guard scaled < 9e15 else {
      // Beyond what a double holds exactly: its own shortest form, which is valid JSON.
      bytes.append(contentsOf: value.description.utf8)
      return
    }
    var digits = Int(scaled)
    var left = places
    while left > 0, digits % 10 == 0 {
      digits /= 10
      left -= 1
    }
    if value < 0, digits > 0 { bytes.append(UInt8(ascii: "-")) }
    var power = 1
    for _ in 0..<left { power *= 10 }
    appendDecimal(digits / power, to: &bytes)
    guard left > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var fraction = digits % power
    while power > 1 {
      power /= 10
      bytes.append(UInt8(ascii: "0") + UInt8(fraction / power))
      fraction %= power
    }
  }
}
