internal import SidikEvaluation

/// Cells in columns: the first to the left, the others to the right.
enum TextColumns {
  /// The lines of a table without line feeds.
  static func lines(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + blanks : blanks + cell
      }
      return cells.joined(separator: "  ")
    }
  }

  /// Four decimals, as every score is printed.
  static func fixed(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    let units = Int((abs(value) * 10_000).rounded(.toNearestOrEven))
    let fraction = String(units % 10_000)
    let zeros = String(repeating: "0", count: 4 - fraction.count)
    return (value < 0 && units > 0 ? "-" : "") + "\(units / 10_000)." + zeros + fraction
  }

  /// A score and its interval: `0.9123 [0.8700, 0.9401]`.
  static func cell(_ estimate: Estimate) -> String {
    cell(estimate.value, estimate.low, estimate.high)
  }

  /// A score and its interval.
  static func cell(_ value: Double, _ low: Double, _ high: Double) -> String {
    "\(fixed(value)) [\(fixed(low)), \(fixed(high))]"
  }

  /// Lines as the bytes of a page.
  static func page(_ lines: [String]) -> [UInt8] {
    Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
