public import SidikCluster

/// Families as a table for a terminal.
public struct FamilyTable {
  private let documents: DocumentTable
  private let width: Int

  /// Makes a table.
  ///
  /// - Parameters:
  ///   - documents: the run's documents.
  ///   - width: columns of the terminal.
  public init(_ documents: DocumentTable, width: Int = 100) {
    self.documents = documents
    self.width = max(60, width)
  }

  /// The lines of the table: a heading, a line a family, its members indented.
  ///
  /// - Parameters:
  ///   - families: in the order in which they are to stand.
  ///   - members: members shown of each family; the rest is counted.
  /// - Returns: lines without line feeds.
  public func lines(_ families: [Family], members: Int = 6) -> [String] {
    var lines = [row("FAMILY", "SIZE", "LEVEL", "MIN", "MEMBER", "SIM", "CONT", "SOURCE")]
    for family in families {
      for (place, member) in family.members.prefix(members).enumerated() {
        let isFirst = place == 0
        lines.append(
          row(
            isFirst ? family.identifier : "",
            isFirst ? String(family.members.count) : "",
            member.level.rawValue,
            isFirst ? Self.decimal(family.weakest) : "",
            documents.id(member.document),
            Self.decimal(member.similarity),
            Self.decimal(member.containment),
            documents.source(member.document) ?? ""
          )
        )
      }
      if family.members.count > members {
        lines.append(
          row("", "", "", "", "and \(family.members.count - members) more", "", "", "")
        )
      }
    }
    return lines
  }

  private func row(
    _ family: String,
    _ size: String,
    _ level: String,
    _ weakest: String,
    _ member: String,
    _ similarity: String,
    _ containment: String,
    _ source: String
  ) -> String {
    let room = width - 66
    let line =
      Self.left(family, 16) + " " + Self.right(size, 5) + "  " + Self.left(level, 8) + " "
      + Self.right(weakest, 4) + "  " + Self.left(member, room) + " " + Self.right(similarity, 4)
      + " " + Self.right(containment, 4) + "  " + Self.left(source, 15)
    return String(line.reversed().drop { $0 == " " }.reversed())
  }

  /// Two decimals.
  static func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
  }

  private static func left(_ text: String, _ width: Int) -> String {
    let clean = printable(text)
    if clean.count > width { return clean.prefix(max(0, width - 1)) + "…" }
    return clean + String(repeating: " ", count: width - clean.count)
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// Without control characters: an id from hostile input must not steer the terminal.
  private static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
      )
    )
  }
}
