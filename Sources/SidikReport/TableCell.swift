/// Cells of tables for people.
enum TableCell {
  /// A text at the left of its column, cut where it is too long.
  static func left(_ text: String, _ width: Int) -> String {
    let clean = TerminalText.inLine(text)
    if clean.count > width { return clean.prefix(max(0, width - 1)) + "…" }
    return clean + String(repeating: " ", count: width - clean.count)
  }

  /// A number at the right of its column.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// A text by its beginning and its end, where it is too long.
  static func middle(_ text: String, _ width: Int) -> String {
    let clean = TerminalText.inLine(text)
    if clean.count <= width { return clean }
    let head = (width - 3) * 2 / 3
    return clean.prefix(head) + " … " + clean.suffix(width - 3 - head)
  }

  /// Two decimals.
  static func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
  }
}
