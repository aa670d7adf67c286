import CSidikKernels

/// The direct members of one JSON object or array, found by one walk over its bytes.
@safe
struct JSONWalker {
  /// The members of the last walk; only the first `result.count` count.
  private(set) var members = [sidik_json_member](repeating: sidik_json_member(), count: 32)
  /// How the last walk went.
  private(set) var result = sidik_json_walk()

  /// Walks one record; see `sidik_json_walk_members`.
  ///
  /// - Parameters:
  ///   - bytes: the record.
  ///   - array: whether an array is wanted rather than an object.
  /// - Returns: whether it is one.
  mutating func walk(_ bytes: UnsafeBufferPointer<UInt8>, array: Bool = false) -> Bool {
    while true {
      let room = members.count
      unsafe members.withUnsafeMutableBufferPointer { list in
        unsafe sidik_json_walk_members(
          bytes.baseAddress,
          bytes.count,
          array ? 1 : 0,
          list.baseAddress,
          room,
          &result
        )
      }
      guard result.count > room else { return result.fault == Int32(SIDIK_JSON_FINE) }
      members = [sidik_json_member](repeating: sidik_json_member(), count: result.count * 2)
    }
  }

  /// What is wrong with the last record, in a few words.
  var reason: String {
    switch Int(result.fault) {
    case SIDIK_JSON_ENDS_EARLY: "not JSON: the record ends early"
    case SIDIK_JSON_NOT_OBJECT: "not a JSON object"
    case SIDIK_JSON_BAD_KEY: "not JSON: a member needs a name in quotes"
    case SIDIK_JSON_NO_COLON: "not JSON: a colon is missing"
    case SIDIK_JSON_BAD_VALUE: "not JSON: a value is missing or unknown"
    case SIDIK_JSON_BAD_NUMBER: "not JSON: a number is malformed"
    case SIDIK_JSON_BAD_ESCAPE: "not JSON: unknown escape in a string"
    case SIDIK_JSON_OPEN_STRING: "not JSON: a string is not closed"
    case SIDIK_JSON_NO_COMMA: "not JSON: a comma is missing"
    case SIDIK_JSON_MISMATCH: "not JSON: brackets do not match"
    case SIDIK_JSON_TOO_DEEP: "nested deeper than \(SIDIK_JSON_MAX_DEPTH) levels"
    default: "not JSON: bytes follow the end of the object"
    }
  }
}

extension sidik_json_member {
  /// Whether the value is a string.
  var isString: Bool { kind == UInt8(SIDIK_JSON_STRING) }
  /// Whether the value is a number.
  var isNumber: Bool { kind == UInt8(SIDIK_JSON_NUMBER) }
  /// Whether the value is an array.
  var isArray: Bool { kind == UInt8(SIDIK_JSON_ARRAY) }
  /// Whether the value is an object.
  var isObject: Bool { kind == UInt8(SIDIK_JSON_OBJECT) }
  /// Whether the value is null.
  var isNull: Bool { kind == UInt8(SIDIK_JSON_NULL) }
  /// What the value is, in a word.
  var kindName: String {
    if isString { return "a string" }
    if isNumber { return "a number" }
    if isArray { return "an array" }
    if isObject { return "an object" }
    return isNull ? "null" : "true or false"
  }
}
