/// Bytes as text of 64 letters (RFC 4648, with padding).
public enum Base64 {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  /// Encodes bytes.
  ///
  /// - Parameter bytes: what to encode.
  /// - Returns: four letters for every three bytes begun.
  public static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    var place = 0
    while place + 3 <= bytes.count {
      let group =
        UInt32(bytes[place]) << 16 | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2])
      for shift in [18, 12, 6, 0] as [UInt32] { output.append(letters[Int(group >> shift & 63)]) }
      place += 3
    }
    let rest = bytes.count - place
    guard rest > 0 else { return output }
    let second = rest == 2 ? UInt32(bytes[place + 1]) : 0
    let group = UInt32(bytes[place]) << 16 | second << 8
    output.append(letters[Int(group >> 18 & 63)])
    output.append(letters[Int(group >> 12 & 63)])
    output.append(rest == 2 ? letters[Int(group >> 6 & 63)] : UInt8(ascii: "="))
    output.append(UInt8(ascii: "="))
    return output
  }
}
