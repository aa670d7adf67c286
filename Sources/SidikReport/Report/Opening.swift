/// The beginning of a text, in one line.
enum Opening {
  private static let most = 160

  /// Up to 160 characters, cut at a word where that costs few, white space as one blank.
  static func of(_ bytes: [UInt8]) -> String {
    let words = String(decoding: bytes, as: UTF8.self).unicodeScalars
      .split { $0.properties.isWhitespace }
    var line: [Unicode.Scalar] = []
    for word in words {
      let room = most - line.count - (line.isEmpty ? 0 : 1)
      if word.count > room {
        if line.count < most / 2 { line += (line.isEmpty ? [] : [" "]) + word.prefix(room) }
        break
      }
      if !line.isEmpty { line.append(" ") }
      line += word
    }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: line)
    return String(scalars)
  }
}
