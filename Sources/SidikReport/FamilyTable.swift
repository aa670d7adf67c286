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
    self.width = max(88, width)
  }

  /// The lines of the table: a heading, a line a family, its members indented.
  ///
  /// The first line of a family shows its own level and its representative; the lines below show
  /// what each member is to the representative.
  ///
  /// - Parameters:
  ///   - families: in the order in which they are to stand.
  ///   - members: members shown of each family; the rest is counted.
  ///   - left: families that are not among those, counted at the end.
  /// - Returns: lines without line feeds.
  public func lines(_ families: [Family], members: Int = 6, left: Int = 0) -> [String] {
    var lines = [
      row(["FAMILY", "SIZE", "LEVEL", "MIN", "MEMBER", "SIM", "CONT", "REP", "SOURCE"])
    ]
    for family in families {
      for (place, member) in family.members.prefix(members).enumerated() {
        let isFirst = place == 0
        let repeats = Double(documents.rows[member.document].repeats)
        lines.append(
          row([
            isFirst ? family.identifier : "",
            isFirst ? String(family.members.count) : "",
            isFirst ? family.level.rawValue : member.level.rawValue,
            isFirst ? TableCell.decimal(family.weakest) : "",
            documents.id(member.document),
            member.isMeasured ? TableCell.decimal(member.similarity) : "",
            member.isMeasured ? TableCell.decimal(member.containment) : "",
            repeats > 0 ? TableCell.decimal(repeats) : "",
            documents.source(member.document) ?? "",
          ])
        )
      }
      if family.members.count > members {
        lines.append(
          row(["", "", "", "", "and \(family.members.count - members) more", "", "", "", ""])
        )
      }
    }
    if left > 0 { lines.append("and \(left) more \(left == 1 ? "family" : "families")") }
    return lines
  }

  /// One line of nine cells; the ids take what room the terminal leaves.
  private func row(_ cells: [String]) -> String {
    let line =
      TableCell.left(cells[0], 16) + " " + TableCell.right(cells[1], 5) + "  "
      + TableCell.left(cells[2], 8) + " "
      + TableCell.right(cells[3], 4) + "  " + TableCell.left(cells[4], width - 71) + " "
      + TableCell.right(cells[5], 4) + " " + TableCell.right(cells[6], 4) + " "
      + TableCell.right(cells[7], 4)
      + "  " + TableCell.left(cells[8], 15)
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}
