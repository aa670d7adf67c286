/// Objects and arrays that cannot be left open.
extension JSONWriter {
  /// Makes a line of JSON Lines: one object and a line feed.
  ///
  /// - Parameter members: writes the object's members.
  /// - Returns: the line.
  public static func line(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter()
    json.object(members)
    json.endLine()
    return json.bytes
  }

  /// Writes an object.
  public mutating func object(_ members: (inout JSONWriter) -> Void) {
    beginObject()
    members(&self)
    endObject()
  }

  /// Writes a member whose value is an object.
  public mutating func object(_ name: String, _ members: (inout JSONWriter) -> Void) {
    key(name)
    object(members)
  }

  /// Writes an array, an element at a time.
  public mutating func array<Element>(
    _ elements: some Sequence<Element>,
    _ write: (inout JSONWriter, Element) -> Void
  ) {
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  /// Writes a member whose value is an array.
  public mutating func array<Element>(
    _ name: String,
    _ elements: some Sequence<Element>,
    _ write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    array(elements, write)
  }

  /// Writes a member whose value is an array of objects, one an element.
  public mutating func objects<Element>(
    _ name: String,
    _ elements: some Sequence<Element>,
    _ members: (inout JSONWriter, Element) -> Void
  ) {
    array(name, elements) { json, element in json.object { members(&$0, element) } }
  }

  /// Writes a member whose value is an array of numbers with at most that many decimals.
  public mutating func numbers(_ name: String, _ values: [Double], decimals: Int) {
    array(name, values) { $0.number($1, decimals: decimals) }
  }

  /// Writes a member whose value is an array of integers.
  public mutating func integers(_ name: String, _ values: [Int]) {
    array(name, values) { $0.number($1) }
  }

  /// Writes a member whose value is an array of strings.
  public mutating func strings(_ name: String, _ values: [String]) {
    array(name, values) { $0.string($1) }
  }

  /// Writes a member whose value is a number with at most that many decimals, or null.
  public mutating func member(_ name: String, _ value: Double?, decimals: Int) {
    key(name)
    if let value { number(value, decimals: decimals) } else { null() }
  }

  /// Writes a member whose value is an integer, or null.
  public mutating func member(_ name: String, _ value: Int?) {
    key(name)
    if let value { number(value) } else { null() }
  }

  /// Writes a member whose value is a string, or null.
  public mutating func member(_ name: String, _ value: String?) {
    key(name)
    if let value { string(value) } else { null() }
  }
}
