internal import SidikFormats

/// Texts of documents on a terminal, which hostile input must not steer.
enum TerminalText {
  /// A text in one line: control characters become blanks, those that steer the direction of text
  /// U+FFFD.
  static func inLine(_ text: String) -> String {
    mapped(text) { $0.properties.generalCategory == .control ? " " : $0 }
  }

  /// A text with its line breaks: tabs become blanks, other control characters and those that steer
  /// the direction of text U+FFFD.
  static func printable(_ text: String) -> String {
    mapped(text) { scalar in
      switch scalar {
      case "\n": scalar
      case "\t": " "
      case "\r": nil
      default: scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar
      }
    }
  }

  private static func mapped(
    _ text: String,
    _ replace: (Unicode.Scalar) -> Unicode.Scalar?
  ) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let steers =
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      if let own = steers ? "\u{FFFD}" : replace(scalar) { scalars.append(own) }
    }
    return String(scalars)
  }
}

extension Double {
  /// A score for people: at most three decimals.
  var brief: String {
    var bytes: [UInt8] = []
    JSONWriter.appendDecimal(self, decimals: 3, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
